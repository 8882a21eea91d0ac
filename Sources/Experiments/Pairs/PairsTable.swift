import Files
import Foundation

/// Image–text records from a CSV: `image_path,text,label` by default.
struct PairsTable {
  /// Which columns hold what.
  struct Columns: Sendable, Equatable {
    var image = "image_path"
    var text = "text"
    /// Nil for `label` where there is such a column, and no labels elsewhere.
    var label: String?
    /// The label of records that have none; so has an empty field.
    var unlabelled = "999"
  }

  /// A record.
  struct Record {
    /// The line of the file that it starts on.
    let line: Int
    /// The image as listed.
    let image: String
    let text: String
    /// What it shows or tells of; nil when that is not known.
    var label: String?
  }

  /// The path, for messages.
  let file: String
  /// Where relative image paths start.
  let imageFolder: String
  let header: [String]
  /// The fields of every record, unquoted.
  private(set) var fields: [[String]]
  private(set) var records: [Record]

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The CSV.
  ///   - columns: Which columns hold what.
  ///   - imageFolder: Where relative image paths start; nil for the CSV's folder.
  /// - Throws: `FileError` for a damaged CSV, a column that is not there, a record without an image, or
  ///   no records.
  init(path: String, columns: Columns, imageFolder: String?) throws {
    let table = try CSV(path: path)
    let image = try table.column(columns.image)
    let text = try table.column(columns.text)
    let label =
      try columns.label.map { try table.column($0) } ?? table.header.firstIndex(of: "label")
    file = path
    self.imageFolder = imageFolder ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
    header = table.header
    fields = table.records.map(\.fields)
    records = try table.records.map { record in
      guard !record.fields[image].isEmpty else {
        throw FileError(path, "line \(record.line): the image's path is empty")
      }
      let name = label.map { record.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
      return Record(
        line: record.line, image: record.fields[image], text: record.fields[text],
        label: name.isEmpty || name == columns.unlabelled ? nil : name)
    }
    guard !records.isEmpty else { throw FileError(path, "holds no record below its header") }
  }

  /// The file of a record's image.
  func imageFile(_ record: Record) -> String {
    record.image.hasPrefix("/") ? record.image : imageFolder + "/" + record.image
  }

  /// What the records hold in a column.
  ///
  /// - Throws: `FileError` that lists the columns there are.
  func column(_ name: String) throws -> [String] {
    guard let index = header.firstIndex(of: name) else {
      throw FileError(
        file, "has no column \"\(name)\"; its columns are \(header.joined(separator: ", "))")
    }
    return fields.map { $0[index] }
  }

  /// The labels as numbers, equal for equal labels.
  var labels: [Int?] {
    var numbers: [String: Int] = [:]
    return records.map { record in
      guard let label = record.label else { return nil }
      let number = numbers[label] ?? numbers.count
      numbers[label] = number
      return number
    }
  }

  /// The different labels.
  var labelNames: Set<String> { Set(records.compactMap(\.label)) }

  /// Gives every record a label, or none.
  mutating func relabel(_ labels: [String?]) {
    precondition(labels.count == records.count)
    for index in labels.indices { records[index].label = labels[index] }
  }

  /// The records at some places, in that order.
  func selecting(_ places: [Int]) -> PairsTable {
    var selected = self
    selected.fields = places.map { fields[$0] }
    selected.records = places.map { records[$0] }
    return selected
  }

  /// The records as they were read.
  var csv: String { CSV.line(header) + fields.map { CSV.line($0) }.joined() }
}
