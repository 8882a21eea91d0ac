import Foundation

// Unicode has several spellings of many letters: é is one scalar, or e with an accent. Swift's texts are
// equal across them, file systems and other programs tell them apart. So that no name means one thing
// here and two elsewhere, a name that is spelled in two ways is refused wherever names are read.

/// Checks that names which are equal as text are equal in their bytes.
///
/// - Parameters:
///   - names: The names, each as often as it occurs.
///   - file: The file or folder that has them.
///   - what: What they name: "the class".
///   - place: Where a name stands, by its index: "line 3"; empty where the name says it all.
/// - Throws: `FileError` with both spellings, their bytes and their places.
/// - Complexity: O(bytes of the names).
package func requireOneSpelling(
  _ names: some Collection<String>, in file: String, what: String,
  place: (_ index: Int) -> String = { _ in "" }
) throws {
  // Nothing to compare, as nearly always.
  if names.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) { return }
  var known: [String: (spelling: String, index: Int)] = [:]
  for (index, name) in names.enumerated() {
    guard let earlier = known[name] else {
      known[name] = (name, index)
      continue
    }
    guard !earlier.spelling.utf8.elementsEqual(name.utf8) else { continue }
    func at(_ index: Int) -> String {
      let text = place(index)
      return text.isEmpty ? "" : " at \(text)"
    }
    throw FileError(
      file,
      "\(what) \(name.spelled)\(at(index)) is spelled otherwise\(at(earlier.index)): "
        + "\(earlier.spelling.spelled); \(oneSpellingRemedy)")
  }
}

/// What to do about two spellings.
package let oneSpellingRemedy =
  "the two look alike and are different names: spell them in one way (files by convmv -f utf8 -t utf8 "
  + "--nfc --notest, texts by uconv -x nfc), or rename one"

extension Sequence<String> {
  /// The element that is equal to a name as text while its bytes differ; nil when an element has the
  /// name's bytes, or none is equal.
  ///
  /// - Complexity: O(bytes of all elements).
  package func otherSpelling(of name: String) -> String? {
    var other: String?
    for element in self where element == name {
      if element.utf8.elementsEqual(name.utf8) { return nil }
      other = element
    }
    return other
  }
}

extension String {
  /// The text in quotes with its bytes, for messages.
  package var spelled: String { "\"\(self)\" (bytes \(hexadecimalBytes))" }
}

/// Finds what a path should have been called by other spellings of its parts.
package struct SpellingsOnDisk {
  private var names: [String: [String]] = [:]

  package init() {}

  /// What is to be said of a path at which there is nothing, while its folder holds the same name in
  /// another spelling; nil when it does not.
  ///
  /// - Complexity: O(names in the folder), once a folder.
  package mutating func problem(ofMissing path: String) -> String? {
    guard path.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    var folder = path.isAbsolutePath ? "/" : "."
    for part in path.pathParts {
      let next = folder == "/" ? "/\(part)" : "\(folder)/\(part)"
      if (try? FileStatus(next) == nil) == true {
        if names[folder] == nil {
          names[folder] = (try? FolderContents.textNames(of: folder)) ?? []
        }
        return names[folder]?.otherSpelling(of: String(part)).map {
          "\(String(part).spelled) is spelled otherwise in \(folder): \($0.spelled); "
            + oneSpellingRemedy
        }
      }
      folder = next
    }
    return nil
  }
}
