/// Class labels, one for each row of a matrix.
public struct LabelsFile: Sendable, Equatable {
  /// The class of every row.
  public let classes: [String]
  /// The path of every row's image, when the file has that column.
  public let paths: [String]?

  /// The names of the classes that occur, sorted, and the index among them of every row's.
  public var indexed: (names: [String], indices: [Int]) {
    let names = Set(classes).sorted()
    let index = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    return (names, classes.compactMap { index[$0] })
  }

  /// Reads a CSV with the column `class`, a line a row of the matrix, in order.
  ///
  /// A column `row` must count 0, 1, 2, …, and a column `path` names the images.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rowCount: How many rows the matrix has; nil when it is not known.
  /// - Throws: `FileError` when the count or the order of the rows does not fit, or a class is
  ///   empty; the line is named.
  /// - Complexity: O(bytes of the file).
  public init(path: String, rowCount: Int?) throws {
    let table = try CSV(path: path)
    let classColumn = try table.column("class")
    if let rowColumn = table.header.firstIndex(of: "row") {
      for (index, record) in table.records.enumerated()
      where Int(record.fields[rowColumn]) != index {
        throw FileError(
          path,
          "line \(record.line): row is \"\(record.fields[rowColumn])\"; expected \(index), "
            + "rows stand in order from 0")
      }
    }
    if let bad = table.records.first(where: { $0.fields[classColumn].isEmpty }) {
      throw FileError(path, "line \(bad.line): the class is empty")
    }
    if let rowCount, table.records.count != rowCount {
      throw FileError(
        path, "labels \(table.records.count) rows; the matrix has \(rowCount)")
    }
    classes = table.records.map { $0.fields[classColumn] }
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
