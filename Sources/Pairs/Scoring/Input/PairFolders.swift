import Files
import Foundation
import Images
import Runs

/// Pairs in two folders: an image and a text of the same name but for the ending, in the order of the names' bytes.
package struct PairFolders: PairSource {
  package let name: String
  package let header = ["image", "text", "caption"]
  package let remarks: [String] = []
  private let images: String
  private let texts: String
  private let entries: [Entry]

  /// One or both files of a name.
  private struct Entry: Sendable {
    /// The path in the folder without the ending.
    let stem: String
    /// The image's ending with its point; nil where there is no image.
    let ending: String?
    let hasText: Bool
  }

  private static let textEnding = ".txt"

  /// Lists both folders, with the folders in them; links to folders are not followed.
  ///
  /// - Parameters:
  ///   - images: The folder of images, `.jpg`, `.jpeg` and `.png`.
  ///   - texts: The folder of texts, `.txt` in UTF-8.
  /// - Throws: `FileError` for a folder that cannot be listed, and when neither holds anything.
  /// - Complexity: O(n log n) for n files.
  package init(images: String, texts: String) throws {
    var endings: [(stem: String, ending: String)] = []
    for path in try Self.files(in: images) where ImageFormat.isNamed(path) {
      let ending = "." + (path as NSString).pathExtension
      endings.append((String(path.dropLast(ending.count)), ending))
    }
    let stems = try Self.files(in: texts).filter { $0.hasSuffix(Self.textEnding) }
      .map { String($0.dropLast(Self.textEnding.count)) }
    let captioned = Set(stems.map { Array($0.utf8) })
    let pictured = Set(endings.map { Array($0.stem.utf8) })
    let paired = endings.map {
      Entry(stem: $0.stem, ending: $0.ending, hasText: captioned.contains(Array($0.stem.utf8)))
    }
    let alone = stems.filter { !pictured.contains(Array($0.utf8)) }
      .map { Entry(stem: $0, ending: nil, hasText: true) }
    entries = (paired + alone).sorted {
      ($0.stem + ($0.ending ?? "")).utf8.lexicographicallyPrecedes(
        ($1.stem + ($1.ending ?? "")).utf8)
    }
    guard !entries.isEmpty else {
      throw FileError(images, "holds no image (.jpg, .jpeg, .png), and \(texts) no text (.txt)")
    }
    name = images
    self.images = images
    self.texts = texts
  }

  package var choices: String { "folders \(images) \(texts)" }

  package func rows() throws -> any PairRows { Rows(folders: self) }

  package func imageFile(_ image: String) throws -> String { images + "/" + image }

  /// The files below a folder by their paths in it, hidden ones left out.
  private static func files(in root: String) throws -> [String] {
    guard try FileStatus(root)?.kind == .folder else {
      throw FileError(root, "is no folder; expected one of paired files", kind: .missing)
    }
    var found: [String] = []
    var waiting = [""]
    while let folder = waiting.popLast() {
      try Interruption.check()
      for name in try FolderContents.names(of: root + "/" + folder) ?? [] where !name.hasPrefix(".")
      {
        let path = folder + name
        if FileStatus(ofLink: root + "/" + path)?.kind == .folder {
          waiting.append(path + "/")
        } else {
          found.append(path)
        }
      }
    }
    return found
  }

  private struct Rows: PairRows {
    let folders: PairFolders
    private var place = 0
    private var running = RunningDigest()

    init(folders: PairFolders) { self.folders = folders }

    mutating func next() throws -> PairRow? {
      guard place < folders.entries.count else { return nil }
      let entry = folders.entries[place]
      place += 1
      let image = entry.ending.map { entry.stem + $0 } ?? ""
      let text = entry.hasText ? entry.stem + PairFolders.textEnding : ""
      var caption = ""
      var problem: String?
      if image.isEmpty { problem = "no image of this name in \(folders.images)" }
      if text.isEmpty { problem = "no text of this name in \(folders.texts)" }
      if entry.hasText {
        do {
          caption = try FileContents.readText(folders.texts + "/" + text)
          // An editor's line end is none of the caption's.
          while let last = caption.unicodeScalars.last, last == "\n" || last == "\r" {
            caption.unicodeScalars.removeLast()
          }
        } catch let error as FileError where !error.isSystemFault {
          problem = "\(text): \(error.problem)"
        }
      }
      running.update(Data((image + "\0" + text + "\0" + caption + "\0").utf8))
      return PairRow(
        place: "the pair \(entry.stem)", fields: [image, text, caption], image: image,
        caption: caption, problem: problem)
    }

    var digest: Digest? { place < folders.entries.count ? nil : running.digest }
  }
}
