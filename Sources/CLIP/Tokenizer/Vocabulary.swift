import Files
import Foundation

/// The ids of a tokenizer's symbols by name, and the errors that say which file they came from.
struct Vocabulary {
  let file: String
  /// The ids by the names' UTF-8: `String` would take names for equal that are only equivalent.
  private var ids: [[UInt8]: Int32] = [:]

  /// Reads an object of names and ids.
  init(_ scanner: inout JSONScanner, file: String) throws {
    self.file = file
    ids.reserveCapacity(49_408)
    try scanner.object { name, scanner in
      let id = try scanner.integer()
      guard let id = Int32(exactly: id), id >= 0, id < Int32.max else {
        throw scanner.fault("the id \(id) of \(Self.quoted(name[...])) is not in 0...2147483646")
      }
      guard ids.updateValue(id, forKey: name) == nil else {
        throw scanner.fault("the token \(Self.quoted(name[...])) occurs twice")
      }
    }
    var names: [Int32: [UInt8]] = [:]
    guard Set(ids.values).count < ids.count else { return }
    for (name, id) in ids {
      guard let other = names.updateValue(name, forKey: id) else { continue }
      let both = [name, other].map { Self.quoted($0[...]) }.sorted()
      throw FileError(
        file, "\(both[0]) and \(both[1]) have the same id \(id): ids must differ")
    }
  }

  var largestID: Int { Int(ids.values.max() ?? -1) }

  /// The id of a token, nil if it is not in the vocabulary.
  subscript(_ name: some Sequence<UInt8>) -> Int32? { ids[[UInt8](name)] }

  /// The id of a special token, without which there is no tokenizer.
  func required(_ name: String) throws -> Int {
    guard let id = self[name.utf8] else {
      throw FileError(
        file, "the special token \(name) is missing: this is not CLIP's vocabulary")
    }
    return Int(id)
  }

  /// The ids of the 256 bytes, with a suffix to their names.
  func byteSymbols(suffix: String) throws -> [Int32] {
    let names = ByteAlphabet.names.map { $0 + suffix.utf8 }
    let missing = names.filter { self[$0] == nil }
    if let first = missing.first {
      let kind = suffix.isEmpty ? "" : " with the suffix \(suffix)"
      throw FileError(
        file,
        "\(missing.count) of the 256 byte symbols\(kind) are missing, the first is "
          + "\(Self.quoted(first[...])): this is not a byte-level vocabulary of CLIP, or it is cut short"
      )
    }
    return names.compactMap { self[$0] }
  }

  /// Adds a merge; `place` says where in `mergesFile` it stands.
  func append(
    left: ArraySlice<UInt8>, right: ArraySlice<UInt8>, to merges: inout BytePairMerges,
    mergesFile: String, place: @autoclosure () -> String
  ) throws {
    func fault(_ problem: String) -> FileError {
      FileError(
        mergesFile,
        "\(place()): the merge of \(Self.quoted(left)) and \(Self.quoted(right)) "
          + problem)
    }
    func id(_ name: ArraySlice<UInt8>, _ role: String) throws -> Int32 {
      guard let id = self[name] else {
        throw fault("has the \(role) \(Self.quoted(name)), which is not in \(file)")
      }
      return id
    }
    let result = try id(left + right, "result")
    guard try merges.append(left: id(left, "part"), right: id(right, "part"), result: result)
    else { throw fault("occurs a second time") }
  }

  /// Checks that every token can come out of a text.
  ///
  /// A token that cannot is the only trace that a list of merges leaves which ends too early.
  ///
  /// - Parameters:
  ///   - given: The ids of the tokens that no merge need give.
  ///   - merges: All merges.
  ///   - mergesFile: The name of their file, for the error.
  /// - Throws: `FileError` if there are tokens that no merge gives.
  func requireReachable(
    given: [Int32], merges: BytePairMerges, mergesFile: String
  ) throws {
    var unreached = Set(ids.values)
    unreached.subtract(given)
    unreached.subtract(merges.results)
    guard let id = unreached.min() else { return }
    let name = ids.first { $0.value == id }?.key ?? []
    throw FileError(
      mergesFile,
      "no merge gives \(unreached.count) tokens of \(file), the first is "
        + "\(Self.quoted(name[...])) with the id \(id): the list of merges is cut short, or belongs "
        + "to another vocabulary")
  }

  /// A name for a message, shortened if it is long.
  static func quoted(_ name: ArraySlice<UInt8>) -> String {
    let text = String(decoding: name.prefix(60), as: UTF8.self)
    return name.count > 60 ? "\"\(text)…\"" : "\"\(text)\""
  }
}
