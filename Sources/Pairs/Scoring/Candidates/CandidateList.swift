import Files
import Foundation
import Images
package import Runs

/// What pairs are compared with beside their own: texts for the images, or images for the captions.
package struct CandidateList: Sendable, Equatable {
  /// What the candidates are.
  package enum Kind: Sendable, Equatable {
    /// Texts, among which every image has its likeliest.
    case texts
    /// Files of images, among which every caption has.
    case images
  }

  package let kind: Kind
  /// The file or folder they come from.
  package let path: String
  /// The texts, or the names of the files in the folder, each once.
  package let names: [String]
  /// What was passed over, a sentence each.
  package let messages: [String]

  /// The most candidates.
  package static let most = 1_000_000
  /// The most cosines of pairs with candidates.
  package static let mostCosines = 100_000_000

  /// Reads candidates: a text file with a text a line, or a folder of images.
  ///
  /// - Parameter path: The file or the folder.
  /// - Throws: `FileError` when there is none or no candidate in it, naming the lines of a text that is there twice.
  package init(_ path: String) throws {
    self.path = path
    guard let status = try FileStatus(path) else {
      throw FileError(
        path, "no such file or folder; expected candidates: a text a line, or a folder of images",
        kind: .missing)
    }
    if status.kind == .folder {
      (kind, messages) = (.images, [])
      names = try Self.images(in: path)
    } else {
      kind = .texts
      (names, messages) = try Self.texts(FileContents.readText(path), file: path)
    }
    guard names.count <= Self.most else {
      throw FileError(path, "has \(names.count) candidates; expected at most \(Self.most)")
    }
  }

  /// The texts of a file, without blanks at their ends.
  static func texts(_ text: String, file: String) throws -> (names: [String], messages: [String]) {
    var lines: [String: Int] = [:]
    var names: [String] = []
    var empty: [Int] = []
    // By bytes: CR LF is one character of a string, and other line ends are none here.
    var bytes = Array(text.utf8)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    for (index, part) in bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      let name = String(decoding: part, as: UTF8.self).trimmingCharacters(
        in: .whitespacesAndNewlines)
      guard !name.isEmpty else {
        empty.append(index + 1)
        continue
      }
      if let earlier = lines.updateValue(index + 1, forKey: name) {
        throw FileError(
          file,
          "line \(index + 1): \"\(name.prefix(80))\" is also on line \(earlier); expected every candidate once"
        )
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw FileError(file, "has no text; expected candidates, a text a line")
    }
    guard !empty.isEmpty else { return (names, []) }
    let places = empty.map { "\($0)" }.listed
    return (
      names,
      [
        "\(file): \(empty.count == 1 ? "line \(places) is empty and is" : "lines \(places) are empty and are") "
          + "no candidate"
      ]
    )
  }

  /// The names of the images in a folder, sorted; those that begin with a point are hidden.
  private static func images(in folder: String) throws -> [String] {
    let names = try (FolderContents.names(of: folder) ?? []).filter { name in
      guard !name.hasPrefix(".") else { return false }
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      return ["png", "jpg", "jpeg"].contains(ending)
    }
    guard !names.isEmpty else {
      throw FileError(
        folder, "has no JPEG or PNG image; expected candidates, a text file or a folder of images")
    }
    return names
  }

  /// Refuses more cosines than can be written.
  ///
  /// - Parameter pairs: How many pairs there are, at most.
  /// - Throws: `OptionError` with the size.
  package func require(pairs: Int) throws(OptionError) {
    let (count, isBeyond) = pairs.multipliedReportingOverflow(by: names.count)
    try Runs.require(
      !isBeyond && count <= Self.mostCosines,
      "--candidates \(path): \(pairs) pairs with \(names.count) candidates are "
        + "\(isBeyond ? "more than 2^63" : "\(count)") rows of candidates.csv; expected at most "
        + "\(Self.mostCosines): give fewer candidates or fewer pairs")
  }
}
