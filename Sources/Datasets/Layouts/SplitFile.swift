import Files
import Foundation
import Images

extension DatasetLayout {
  /// A file of lists that the user names.
  static let splitFile = DatasetLayout(
    words: "CoOp's split JSON (--split-file)", recognizes: { $0.splitFile != nil },
    list: { location in
      try ImageListing(
        splitJSON: location.splitFile ?? "", split: location.split, imageFolder: location.images)
    })
}

extension ImageListing {
  /// CoOp's split file: `{"train": [[path, label, class], …], "val": …, "test": …}`.
  ///
  /// The list of a split that is not asked for need not be there.
  fileprivate init(splitJSON file: String, split asked: Split, imageFolder: URL) throws {
    let words = "a JSON object of the lists train, val and test"
    let lists = try JSONValue(FileContents.read(file), file: file, expecting: words)
    guard lists.members != nil else { throw FileError(file, "is not \(words)") }
    var names: [Int: String] = [:]
    var listed: [String] = []
    var entries: [Entry] = []
    for split in Split.known {
      if lists[split] == nil, asked != .all, asked.rawValue != split { continue }
      guard let list = lists[split]?.elements else {
        let others = Split.known.filter { lists[$0]?.elements != nil }
        throw FileError(
          file,
          "has no list \"\(split)\""
            + (others.isEmpty
              ? ""
              : "; it has \(others.joined(separator: " and ")): with "
                + others.map { "--split \($0)" }.joined(separator: " or ") + " that is enough"))
      }
      for (index, item) in list.enumerated() {
        let place = "\(split)[\(index)]"
        guard let triple = item.elements, triple.count == 3, let path = triple[0].text,
          let label = triple[1].integer, label >= 0, let name = triple[2].text,
          !path.isEmpty, !name.isEmpty
        else {
          throw FileError(file, "\(place): expected [path, label from 0, class]")
        }
        if let known = names[label], known != name {
          throw FileError(
            file, "\(place): label \(label) is \"\(name)\" here and \"\(known)\" elsewhere")
        }
        names[label] = name
        listed.append(name)
        entries.append(Entry(path: path, classIndex: label, split: split, place: place))
      }
    }
    try requireOneSpelling(listed, in: file, what: "the class") { entries[$0].place }
    let order = names.keys.sorted()
    guard order == Array(order.indices), Set(names.values).count == names.count else {
      throw FileError(file, "labels must be 0, 1, 2, … with a class name of its own for each")
    }
    try self.init(
      classes: order.compactMap { names[$0] },
      entries: entries.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) },
      imageFolder: imageFolder, source: "split file", file: file)
  }
}
