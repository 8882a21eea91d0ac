import Files
import Foundation
import Images

extension DatasetLayout {
  /// DTD's text files.
  static let labelFiles = DatasetLayout(
    words: "DTD's labels/", hasPartitions: true, recognizes: { try $0.contains("labels") },
    list: { location in
      try ImageListing(
        partition: location.partition, split: location.split, labels: location.url("labels"),
        imageFolder: location.images)
    })
}

extension ImageListing {
  /// One of DTD's partitions: `labels/{train,val,test}N.txt`, a path `class/file` a line.
  ///
  /// The list of a split that is not asked for need not be there.
  fileprivate init(partition: Int, split asked: Split, labels: URL, imageFolder: URL) throws {
    let there = try Split.known.filter {
      try FileStatus(labels.appendingPathComponent("\($0)\(partition).txt").path) != nil
    }
    struct Line {
      let path: String
      let split: String
      let place: String
    }
    var lines: [Line] = []
    for split in Split.known {
      let name = "\(split)\(partition).txt"
      let file = labels.appendingPathComponent(name).path
      if !there.isEmpty, !there.contains(split) {
        if asked != .all, asked.rawValue != split { continue }
        throw FileError(
          file,
          "no such file; of this partition labels/ has "
            + there.map { "\($0)\(partition).txt" }.joined(separator: " and ") + ": with "
            + there.map { "--split \($0)" }.joined(separator: " or ") + " that is enough",
          kind: .missing)
      }
      let text = try FileContents.readText(file)
      // A character's property: "\r\n" is one character, which the pattern \r?\n does not match.
      let raws = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, raw) in raws.enumerated() {
        let line = raw.trimmingCharacters(in: .whitespaces)
        if line.isEmpty { continue }
        let parts = line.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
          throw FileError(
            file, "line \(index + 1): expected CLASS/FILE, found \"\(line.prefix(80))\"")
        }
        lines.append(Line(path: line, split: split, place: "\(name) line \(index + 1)"))
      }
    }
    let names = lines.map { Self.className(ofPath: $0.path) }
    try requireOneSpelling(names, in: labels.path, what: "the class") { lines[$0].place }
    let (classes, entries) = Self.byClassAndPath(
      zip(names, lines).map { ($0, $1.path, $1.split, $1.place) })
    try self.init(
      classes: classes, entries: entries, imageFolder: imageFolder,
      source: "labels, partition \(partition)", file: labels.path)
  }

  private static func className(ofPath path: String) -> String {
    String(path.prefix { $0 != "/" })
  }
}
