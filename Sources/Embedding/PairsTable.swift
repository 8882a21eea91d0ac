package import Files
import Foundation
import Images
import LinearAlgebra
package import Runs

/// Image–text records from a CSV: `image_path,text,label` or `image_path,caption` by default; `class` may stand for
/// `label`.
package struct PairsTable {
  /// Which columns hold what.
  package struct Columns: Sendable, Equatable {
    package var image = "image_path"
    /// Nil for `text` or, where there is none, `caption`.
    package var text: String?
    /// Nil for `label` or, where there is none, `class`, and no labels where there is neither.
    package var label: String?
    /// The label of records that have none; so has an empty field, and one with a word for nothing, `NaN`.
    package var unlabelled = "999"

    package init(
      image: String = "image_path", text: String? = nil, label: String? = nil,
      unlabelled: String = "999"
    ) {
      self.image = image
      self.text = text
      self.label = label
      self.unlabelled = unlabelled
    }
  }

  /// A record.
  package struct Record {
    /// The line of the file that it starts on.
    package let line: Int
    /// The image as listed.
    package let image: String
    package let text: String
    /// What it shows or tells of; nil when that is not known.
    package var label: String?
  }

  /// The path, for messages.
  package let file: String
  /// Where relative image paths start.
  package let imageFolder: String
  package let header: [String]
  /// The fields of every record, unquoted.
  package private(set) var fields: [[String]]
  package private(set) var records: [Record]
  /// What is to be said of how the file was read, a sentence each.
  package let remarks: [String]

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The CSV.
  ///   - columns: Which columns hold what.
  ///   - imageFolder: Where relative image paths start; nil for the CSV's folder.
  /// - Throws: `FileError` for a damaged CSV, a column that is not there, a record without an image, or
  ///   no records.
  package init(path: String, columns: Columns, imageFolder: String?) throws {
    let table = try CSV(path: path)
    func place(of name: String, _ option: String) throws -> Int {
      guard let place = table.header.firstIndex(of: name) else {
        throw FileError(
          path,
          "has no column \"\(name)\"; its columns are \(table.header.listed): choose "
            + "one by --\(option)-column")
      }
      return place
    }
    let image = try place(of: columns.image, "image")
    let textName = columns.text ?? ["text", "caption"].first(where: table.header.contains)
    let text = try place(of: textName ?? "text", "text")
    let labelName = columns.label ?? ["label", "class"].first(where: table.header.contains)
    let label = try labelName.map { try place(of: $0, "label") }
    file = path
    self.imageFolder = imageFolder ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
    header = table.header
    fields = table.records.map(\.fields)
    let fields = table.records.map { record in
      label.map { record.fields[$0].trimmingCharacters(in: .whitespaces) } ?? ""
    }
    // What stands for no label is none, whatever the others are.
    let unlabelled = NumberedNames(fields, among: [columns.unlabelled])
    let labels = NumberedNames(unlabelled.names.map { $0 == columns.unlabelled ? "" : $0 })
    remarks =
      labels.remarks(path, "labels")
      + (labels.rewritten == nil ? unlabelled.remarks(path, "labels") : [])
    records = try zip(table.records, labels.names).map { record, name in
      guard !record.fields[image].isEmpty else {
        throw FileError(path, "line \(record.line): the image's path is empty")
      }
      return Record(
        line: record.line, image: record.fields[image], text: record.fields[text],
        label: name.isEmpty ? nil : name)
    }
    guard !records.isEmpty else { throw FileError(path, "holds no record below its header") }
    func line(_ index: Int) -> String { "line \(table.records[index].line)" }
    try requireOneSpelling(records.map(\.image), in: path, what: "the image", place: line)
    try requireOneSpelling(
      records.map { $0.label ?? "" }, in: path, what: "the label", place: line)
  }

  /// The file of a record's image.
  package func imageFile(_ record: Record) -> String {
    record.image.isAbsolutePath ? record.image : imageFolder + "/" + record.image
  }

  /// Looks at every image, each file once, on all workers.
  ///
  /// - Returns: For every record its image's digest, or what is wrong with it.
  /// - Throws: `RunError.interrupted`; `FileError` when the system fails, which says nothing about an image.
  package func inspectImages() throws -> [Result<Digest, RunError.UnusableImage>] {
    let (unique, places) = Self.unique(records.map(\.image))
    let found = try Parallel.tryMap(count: unique.count) { index -> Result<Digest, FileError> in
      try Interruption.check()
      return try digest(of: records[unique[index]])
    }
    return zip(records, places).map { record, place in
      found[place].mapError {
        RunError.UnusableImage(
          path: "\(file) line \(record.line), \(record.image)", problem: $0.problem)
      }
    }
  }

  /// - Throws: What stops the run: that the system fails says nothing about an image.
  private func digest(of record: Record) throws -> Result<Digest, FileError> {
    let file = imageFile(record)
    do {
      if record.image.contains("://") {
        throw FileError(file, "is an address; download it and name the file")
      }
      let data = try FileContents.read(file)
      _ = try RGBImage(decoding: data, file: file)
      return .success(Digest(of: data))
    } catch let error as FileError where !error.isSystemFault {
      return .failure(error)
    }
  }

  /// Where each different value stands first, and for every value its place among those.
  static func unique(_ values: [String]) -> (first: [Int], places: [Int]) {
    var known: [String: Int] = [:]
    var first: [Int] = []
    let places = values.enumerated().map { index, value -> Int in
      if let place = known[value] { return place }
      known[value] = first.count
      first.append(index)
      return first.count - 1
    }
    return (first, places)
  }

  /// What the records hold in a column.
  ///
  /// - Throws: `FileError` that lists the columns there are.
  package func column(_ name: String) throws -> [String] {
    guard let index = header.firstIndex(of: name) else {
      throw FileError(
        file, "has no column \"\(name)\"; its columns are \(header.listed)")
    }
    return fields.map { $0[index] }
  }

  /// The labels as numbers, equal for equal labels.
  package var labels: [Int?] {
    var numbers: [String: Int] = [:]
    return records.map { record in
      guard let label = record.label else { return nil }
      let number = numbers[label] ?? numbers.count
      numbers[label] = number
      return number
    }
  }

  /// What to say of a column that names parts, which no command for pairs reads; nil where there is none, or
  /// where it names one part only.
  package var unreadSplit: String? {
    guard let column = header.firstIndex(of: "split") else { return nil }
    let parts = Set(fields.map { $0[column] }).sorted()
    guard parts.count > 1 else { return nil }
    return
      "\(file): its column split (\(parts.listed)) is not read, and the \(records.count) records of all "
      + "parts are used; give a file a part where they are to stay apart"
  }

  /// The different labels.
  package var labelNames: Set<String> { Set(records.compactMap(\.label)) }

  /// Gives every record a label, or none.
  package mutating func relabel(_ labels: [String?]) {
    precondition(labels.count == records.count)
    for index in labels.indices { records[index].label = labels[index] }
  }

  /// The records at some places, in that order.
  package func selecting(_ places: [Int]) -> PairsTable {
    var selected = self
    selected.fields = places.map { fields[$0] }
    selected.records = places.map { records[$0] }
    return selected
  }

  /// The records as they were read.
  package var csv: String { CSV.line(header) + fields.map { CSV.line($0) }.joined() }
}
