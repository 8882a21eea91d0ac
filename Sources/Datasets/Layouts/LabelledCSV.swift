import Files
import Foundation
import Images

extension DatasetLayout {
  /// A table beside its images.
  static let labelledCSV = DatasetLayout(
    words: "a CSV with path and label", recognizes: { !$0.isFolder },
    list: { try ImageListing(csv: $0.path) })
}

extension ImageListing {
  /// A CSV with the columns `path` (or `image_path`) and `label` or `class`, and optionally `split`; paths
  /// are relative to the CSV's folder.
  fileprivate init(csv file: String) throws {
    let table = try CSV(path: file)
    func column(_ names: [String]) throws -> Int {
      for name in names {
        if let index = table.header.firstIndex(of: name) { return index }
      }
      return try table.column(names[0])
    }
    let pathColumn = try column(["path", "image_path"])
    let labelColumn = try table.classColumn()
    let splitColumn = table.header.firstIndex(of: "split")
    let named = NumberedNames(table.records.map { $0.fields[labelColumn] })
    for (record, name) in zip(table.records, named.names) {
      let label = record.fields[labelColumn]
      guard !record.fields[pathColumn].isEmpty, !label.isEmpty else {
        throw FileError(file, "line \(record.line): the path or the label is empty")
      }
      guard !name.isEmpty else {
        throw FileError(file, "line \(record.line): the label is \(label.wordsForMissingName)")
      }
      if let splitColumn, !(Split.known + [""]).contains(record.fields[splitColumn]) {
        throw FileError(
          file,
          "line \(record.line): split is \"\(record.fields[splitColumn])\"; expected "
            + Split.known.joined(separator: ", "))
      }
    }
    try requireOneSpelling(named.names, in: file, what: "the class") {
      "line \(table.records[$0].line)"
    }
    let classes = named.names.inClassOrder
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    try self.init(
      classes: classes,
      entries: zip(table.records, named.names).map { record, name in
        Entry(
          path: record.fields[pathColumn], classIndex: indices[name] ?? 0,
          split: splitColumn.map { record.fields[$0] } ?? "", place: "line \(record.line)")
      }, imageFolder: URL(fileURLWithPath: file).deletingLastPathComponent(), source: "CSV",
      file: file)
    remarks = named.remarks(file, "classes")
  }
}
