/// Class labels, one for each row of a matrix.
public struct LabelsFile: Sendable, Equatable {
  /// The class of every row.
  public let classes: [String]
  /// The path of every row's image, when the file has that column.
  public let paths: [String]?
  /// What is to be said of how numbers in it are taken, a sentence each.
  package let remarks: [String]

  /// The names of the classes that occur, by number where all are whole numbers, else sorted as text, and the
  /// index among them of every row's.
  public var indexed: (names: [String], indices: [Int]) {
    let names = classes.inClassOrder
    let index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    return (names, classes.compactMap { index[$0] })
  }

  /// Reads a CSV with the column `class` or `label`, a line a row of the matrix, in order.
  ///
  /// A column `row` must count 0, 1, 2, …, and a column `path` names the images. Whole numbers may be written with
  /// a point, `3.0`: they are taken as `3`, also as names of classes where all names are such. `NaN` and other words
  /// for a missing class are as empty.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rowCount: How many rows the matrix has; nil when it is not known.
  /// - Throws: `FileError` when the count or the order of the rows does not fit, a class is empty, or
  ///   `class` and `label` are both there and differ; the line is named.
  /// - Complexity: O(bytes of the file).
  public init(path: String, rowCount: Int?) throws {
    try self.init(path: path, rowCount: rowCount, known: nil)
  }

  /// The same where the names of classes are known: those that are the same number are the same class.
  package init(path: String, rowCount: Int?, known: [String]?) throws {
    let table = try CSV(path: path)
    let classColumn = try table.classColumn()
    if let rowColumn = table.header.firstIndex(of: "row") {
      for (index, record) in table.records.enumerated()
      where Int(wholeNumber: record.fields[rowColumn]) != index {
        throw FileError(
          path,
          "line \(record.line): row is \"\(record.fields[rowColumn])\"; expected \(index), "
            + "rows stand in order from 0")
      }
    }
    let column = table.records.map { $0.fields[classColumn] }
    let named = known.map { NumberedNames(column, among: $0) } ?? NumberedNames(column)
    let listed = Set(known ?? [])
    let bad = named.names.firstIndex {
      $0.isEmpty || $0.isWordForMissing && !listed.contains($0)
    }
    if let bad {
      throw FileError(
        path, "line \(table.records[bad].line): the class is \(column[bad].wordsForMissingName)")
    }
    if let rowCount, table.records.count != rowCount {
      throw FileError(
        path, "labels \(table.records.count) rows; the matrix has \(rowCount)")
    }
    classes = named.names
    remarks = named.remarks(path, "classes")
    try requireOneSpelling(classes, in: path, what: "the class") {
      "line \(table.records[$0].line)"
    }
    paths = table.header.firstIndex(of: "path").map { column in
      table.records.map { $0.fields[column] }
    }
    if let paths {
      try requireOneSpelling(paths, in: path, what: "the path") {
        "line \(table.records[$0].line)"
      }
    }
  }
}

extension CSV {
  /// The names that a column of classes may have.
  public static let classColumnNames = ["class", "label"]

  /// The index of the column of classes, which is named `class` or `label`.
  ///
  /// - Throws: `FileError` when there is none, listing the columns there are, and when there are both and they do
  ///   not say the same, naming the first line where they differ.
  /// - Complexity: O(records) where there are both.
  public func classColumn() throws -> Int {
    let found = Self.classColumnNames.compactMap { header.firstIndex(of: $0) }
    guard let first = found.first else {
      throw FileError(
        file,
        "has no column \"class\" or \"label\"; its columns are \(header.joined(separator: ", "))")
    }
    for other in found.dropFirst() {
      func name(_ field: String) -> String {
        field.isWordForMissing ? "" : field.wholeNumberText ?? field
      }
      if let record = records.first(where: { name($0.fields[first]) != name($0.fields[other]) }) {
        throw FileError(
          file,
          "line \(record.line): \(header[first]) is \"\(record.fields[first])\" and \(header[other]) is "
            + "\"\(record.fields[other])\", and either names the class; rename or remove the column that does not"
        )
      }
    }
    return first
  }
}
