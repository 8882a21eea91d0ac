import Files
import Foundation

/// The images that a data set's own lists name, before any choice among them.
struct ImageListing {
  /// One listed image.
  struct Entry: Equatable {
    /// The path relative to the image folder, as listed.
    let path: String
    /// The index of its class in `classes`.
    let classIndex: Int
    /// `train`, `val`, `test`, or empty when the lists know no splits.
    let split: String
    /// Where the list names it: a file and a line, for messages.
    let place: String
  }

  /// Class names, in the data set's order.
  let classes: [String]
  /// Images in the data set's order.
  let entries: [Entry]
  /// The folder that paths are relative to.
  let imageFolder: URL
  /// What kind of list it was, for the manifest.
  let source: String

  /// Finds and reads the lists of the data set at `path`.
  ///
  /// Which hold when there are several: `splitFile` if named, else `labels/`, else `imdb/imdb.mat`,
  /// else the folders; a CSV file lists itself.
  init(path: String, splitFile: String?, partition: Int) throws {
    let root = URL(fileURLWithPath: path)
    var isDirectory: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      let word = path.nearest(of: [DatasetSource.texturesWord], within: 2)
      throw FileError(
        path,
        "no such folder or file; "
          + (word.map { "did you mean \($0)?" } ?? "expected a data set, or the word textures"))
    }
    func contains(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: root.appendingPathComponent(name).path)
    }
    // DTD keeps its images one folder down.
    let images = contains("images") ? root.appendingPathComponent("images") : root
    guard partition == 1 || splitFile == nil && contains("labels") else {
      throw FileError(path, "has no partition \(partition); only lists in labels/ have several")
    }
    if let splitFile {
      try self.init(splitJSON: splitFile, imageFolder: images)
    } else if !isDirectory.boolValue {
      try self.init(csv: path)
    } else if contains("labels") {
      try self.init(
        partition: partition, labels: root.appendingPathComponent("labels"), imageFolder: images)
    } else if contains("imdb/imdb.mat") {
      try self.init(
        imdb: root.appendingPathComponent("imdb/imdb.mat").path, imageFolder: images)
    } else {
      try self.init(classFolders: images)
    }
  }

  /// Checks what every kind of list must satisfy.
  init(classes: [String], entries: [Entry], imageFolder: URL, source: String, file: String) throws {
    var places: [String: String] = [:]
    for entry in entries {
      if let earlier = places.updateValue(entry.place, forKey: entry.path) {
        throw FileError(
          file, "\(entry.path) is listed twice, at \(earlier) and at \(entry.place)")
      }
    }
    guard !entries.isEmpty else { throw FileError(file, "lists no image") }
    self.classes = classes
    self.entries = entries
    self.imageFolder = imageFolder
    self.source = source
  }

  /// One of DTD's partitions: `labels/{train,val,test}N.txt`, a path `class/file` a line.
  private init(partition: Int, labels: URL, imageFolder: URL) throws {
    struct Line {
      let path: String
      let split: String
      let place: String
    }
    var lines: [Line] = []
    for split in Split.known {
      let name = "\(split)\(partition).txt"
      let file = labels.appendingPathComponent(name).path
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
    let classes = Set(lines.map { Self.className(ofPath: $0.path) }).sorted()
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    try self.init(
      classes: classes,
      entries: lines.map { line in
        Entry(
          path: line.path, classIndex: indices[Self.className(ofPath: line.path)] ?? 0,
          split: line.split, place: line.place)
      }.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) }, imageFolder: imageFolder,
      source: "labels, partition \(partition)", file: labels.path)
  }

  private static func className(ofPath path: String) -> String {
    String(path.prefix { $0 != "/" })
  }

  /// CoOp's split file: `{"train": [[path, label, class], …], "val": …, "test": …}`.
  private init(splitJSON file: String, imageFolder: URL) throws {
    let data = try FileContents.read(file)
    guard let lists = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw FileError(file, "is not a JSON object of the lists train, val and test")
    }
    if let key = JSONKeys.firstRepeated(in: data) {
      throw FileError(file, "has the key \"\(key)\" twice")
    }
    var names: [Int: String] = [:]
    var entries: [Entry] = []
    for split in Split.known {
      guard let list = lists[split] as? [Any] else {
        throw FileError(file, "has no list \"\(split)\"")
      }
      for (index, item) in list.enumerated() {
        let place = "\(split)[\(index)]"
        guard let triple = item as? [Any], triple.count == 3, let path = triple[0] as? String,
          let label = triple[1] as? Int, label >= 0, let name = triple[2] as? String,
          !path.isEmpty, !name.isEmpty
        else {
          throw FileError(file, "\(place): expected [path, label from 0, class]")
        }
        if let known = names[label], known != name {
          throw FileError(
            file, "\(place): label \(label) is \"\(name)\" here and \"\(known)\" elsewhere")
        }
        names[label] = name
        entries.append(Entry(path: path, classIndex: label, split: split, place: place))
      }
    }
    let order = names.keys.sorted()
    guard order == Array(order.indices), Set(names.values).count == names.count else {
      throw FileError(file, "labels must be 0, 1, 2, … with a class name of its own for each")
    }
    try self.init(
      classes: order.compactMap { names[$0] },
      entries: entries.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) },
      imageFolder: imageFolder, source: "split file", file: file)
  }

  /// A folder a class: every JPEG and PNG in it, by name of class and file.
  private init(classFolders root: URL) throws {
    let manager = FileManager.default
    func names(_ folder: URL) throws -> [String] {
      do {
        return try manager.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
          .sorted()
      } catch {
        throw FileError(folder.path, "cannot be listed: \(error.localizedDescription)")
      }
    }
    var classes: [String] = []
    var entries: [Entry] = []
    for name in try names(root) {
      let folder = root.appendingPathComponent(name)
      var isDirectory: ObjCBool = false
      guard unsafe manager.fileExists(atPath: folder.path, isDirectory: &isDirectory),
        isDirectory.boolValue
      else { continue }
      let files = try names(folder).filter {
        ["jpg", "jpeg", "png"].contains(($0 as NSString).pathExtension.lowercased())
      }
      if files.isEmpty { continue }
      for file in files {
        entries.append(
          Entry(
            path: "\(name)/\(file)", classIndex: classes.count, split: "", place: folder.path))
      }
      classes.append(name)
    }
    guard !entries.isEmpty else {
      throw FileError(
        root.path,
        "holds no image; expected a folder a class with .jpg, .jpeg or .png files, or "
          + "DTD's labels/ or imdb/imdb.mat")
    }
    try self.init(
      classes: classes, entries: entries, imageFolder: root, source: "folders", file: root.path)
  }

  /// A CSV with the columns `path` (or `image_path`) and `label` (or `class`), and optionally
  /// `split`; paths are relative to the CSV's folder.
  private init(csv file: String) throws {
    let table = try CSV(path: file)
    func column(_ names: [String]) throws -> Int {
      for name in names {
        if let index = table.header.firstIndex(of: name) { return index }
      }
      return try table.column(names[0])
    }
    let pathColumn = try column(["path", "image_path"])
    let labelColumn = try column(["label", "class"])
    let splitColumn = table.header.firstIndex(of: "split")
    for record in table.records {
      guard !record.fields[pathColumn].isEmpty, !record.fields[labelColumn].isEmpty else {
        throw FileError(file, "line \(record.line): the path or the label is empty")
      }
      if let splitColumn, !(Split.known + [""]).contains(record.fields[splitColumn]) {
        throw FileError(
          file,
          "line \(record.line): split is \"\(record.fields[splitColumn])\"; expected "
            + Split.known.joined(separator: ", "))
      }
    }
    let classes = Set(table.records.map { $0.fields[labelColumn] }).sorted()
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    try self.init(
      classes: classes,
      entries: table.records.map { record in
        Entry(
          path: record.fields[pathColumn], classIndex: indices[record.fields[labelColumn]] ?? 0,
          split: splitColumn.map { record.fields[$0] } ?? "", place: "line \(record.line)")
      }, imageFolder: URL(fileURLWithPath: file).deletingLastPathComponent(), source: "CSV",
      file: file)
  }
}
