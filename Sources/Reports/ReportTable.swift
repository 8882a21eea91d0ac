public import Files

/// A table of a run directory, its columns by name.
public struct ReportTable: Sendable {
  private let csv: CSV

  /// A table of a file.
  public init(_ csv: CSV) { self.csv = csv }

  /// The names of the columns.
  public var columns: [String] { csv.header }

  /// The rows' fields, in the order of the columns.
  public var rows: [[String]] { csv.records.map(\.fields) }

  /// Whether there is a column of that name.
  public func has(_ column: String) -> Bool { csv.header.contains(column) }

  /// The fields of a column.
  ///
  /// - Parameter column: Its name.
  /// - Returns: A text a row.
  /// - Throws: `FileError` that lists the columns there are.
  public func texts(_ column: String) throws -> [String] {
    let index = try csv.column(column)
    return csv.records.map { $0.fields[index] }
  }

  /// The numbers of a column; `inf` is infinity, and an empty field, which says that the number does not
  /// apply or was not computed, is nil.
  ///
  /// - Parameter column: Its name.
  /// - Returns: A number a row.
  /// - Throws: `FileError` naming the line of what is no number.
  public func numbers(_ column: String) throws -> [Double?] {
    let index = try csv.column(column)
    return try csv.records.map { record in
      let text = record.fields[index]
      if text.isEmpty { return nil }
      guard let number = Double(text), !number.isNaN else {
        throw FileError(
          csv.file, "line \(record.line): \(column) is \"\(text)\"; expected a number")
      }
      return number
    }
  }

  /// The rows for which the texts of some columns are as given.
  ///
  /// - Parameter values: The text asked of each column.
  /// - Returns: A table with the same columns.
  /// - Throws: `FileError` that lists the columns there are.
  public func rows(where values: [String: String]) throws -> ReportTable {
    let wanted = try values.map { (index: try csv.column($0.key), text: $0.value) }
    return ReportTable(
      csv.keeping { record in wanted.allSatisfy { record.fields[$0.index] == $0.text } })
  }
}
