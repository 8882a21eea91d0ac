package import Files
import Foundation

/// A table of a run: rows under declared columns, as CSV for pandas and as JSON for pages.
package struct Table: Sendable {
  /// Its file, for messages.
  package let file: String
  /// The columns, in the order of the file.
  package let columns: [any ColumnDeclaration]
  private var records: [CSV.Record]
  private let places: [String: Int]

  private init(file: String, columns: [any ColumnDeclaration], records: [CSV.Record]) {
    self.file = file
    self.columns = columns
    self.records = records
    places = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  // MARK: Writing

  /// An empty table.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - further: The columns that the data decide, behind those declared.
  package init(_ file: RunFile, further: [any ColumnDeclaration] = []) {
    precondition(further.isEmpty || file.furtherColumns != nil)
    self.init(file: file.pattern.text, columns: file.columns + further, records: [])
  }

  /// Appends a row: a cell a column, in the order of the columns.
  package mutating func append(_ cells: [TableCell]) {
    precondition(cells.count == columns.count, "a cell a column")
    for (cell, column) in zip(cells, columns) { precondition(cell.column == column.name) }
    records.append(CSV.Record(line: records.count + 2, fields: cells.map(\.field)))
  }

  /// Appends the rows of a table with the same columns.
  package mutating func append(rowsOf other: Table) {
    precondition(other.columns.map(\.name) == columns.map(\.name))
    records += other.records
  }

  /// A header and a line a row.
  package var csv: String {
    CSV.line(columns.map(\.name)) + records.map { CSV.line($0.fields) }.joined()
  }

  /// The rows as JSON, by columns.
  package var fields: [[String: JSONField]] {
    records.map { record in
      // A column may be called as its user likes, two of them alike.
      Dictionary(zip(columns, record.fields).map { ($0.name, $0.json($1)) }) { first, _ in first }
    }
  }

  /// The rows as objects that `JSONSerialization` writes.
  package var objects: [[String: Any]] {
    records.map { record in
      Dictionary(
        zip(columns, record.fields).map { column, field -> (String, Any) in
          switch column.json(field) {
          case .text(let text): (column.name, text)
          case .number(let number): (column.name, number)
          case .count(let count): (column.name, count)
          case .flag(let flag): (column.name, flag)
          case .null: (column.name, NSNull())
          }
        }
      ) { first, _ in first }
    }
  }

  /// JSON text of an object, its keys in order.
  package static func json(_ object: [String: Any]) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  // MARK: Reading

  /// The table in a CSV.
  ///
  /// Columns that are not declared are kept as texts: they are those that the data decide, or a user's own.
  package init(_ csv: CSV, as declared: RunFile) {
    let known = Dictionary(declared.columns.map { ($0.name, $0) }) { first, _ in first }
    self.init(
      file: csv.file, columns: csv.header.map { known[$0] ?? Column<String>($0, "") },
      records: csv.records)
  }

  /// The line of the file that a row starts on.
  package func line(_ row: Int) -> Int { records[row].line }

  /// The number of rows.
  package var count: Int { records.count }

  /// Whether there is no row.
  package var isEmpty: Bool { records.isEmpty }

  /// The rows' fields, in the order of the columns.
  package var rows: [[String]] { records.map(\.fields) }

  /// Whether there is such a column: for columns that the data decide, or that older versions did not write.
  package func has(_ column: some ColumnDeclaration) -> Bool { places[column.name] != nil }

  /// The values of a column, one a row.
  ///
  /// - Throws: `FileError` that lists the columns there are, when the column is missing; naming the line of a
  ///   field that is no value of the column's type.
  package subscript<Value>(column: Column<Value>) -> [Value] {
    get throws {
      let place = try place(column.name)
      return try records.map { record in
        guard let value = column.value(record.fields[place]) else {
          throw unexpected(column, in: record, place)
        }
        return value
      }
    }
  }

  /// The table itself, once every field of a declared column has been found to be a value that it can hold.
  ///
  /// - Throws: `FileError` naming the line of the first that is none.
  package func checked() throws -> Table {
    for record in records {
      for (place, column) in columns.enumerated() where !column.accepts(record.fields[place]) {
        throw unexpected(column, in: record, place)
      }
    }
    return self
  }

  private func unexpected(
    _ column: some ColumnDeclaration, in record: CSV.Record, _ place: Int
  ) -> FileError {
    FileError(
      file,
      "line \(record.line): \(column.name) is \"\(record.fields[place])\"; expected "
        + column.expected)
  }

  /// The rows that meet all conditions.
  ///
  /// - Throws: `FileError` that lists the columns there are, when one is missing.
  package func rows(where filters: RowFilter...) throws -> Table { try rows(where: filters) }

  /// The rows that meet all conditions.
  package func rows(where filters: [RowFilter]) throws -> Table {
    let asked = try filters.map { (place: try place($0.column), accepts: $0.accepts) }
    return Table(
      file: file, columns: columns,
      records: records.filter { record in asked.allSatisfy { $0.accepts(record.fields[$0.place]) } }
    )
  }

  /// The rows by ascending keys; those with equal keys keep their order.
  ///
  /// - Parameter key: A number of a row's fields, which stand in the order of the columns.
  /// - Returns: The same rows in another order.
  package func sorted(by key: (_ fields: [String]) -> Double) -> Table {
    let order = records.enumerated().map { (key: key($1.fields), place: $0) }
      .sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    return Table(file: file, columns: columns, records: order.map { records[$0.place] })
  }

  /// The place of a column among those of a row's fields.
  ///
  /// - Throws: `FileError` that lists the columns there are.
  package func place(_ column: any ColumnDeclaration) throws -> Int { try place(column.name) }

  private func place(_ column: String) throws -> Int {
    guard let place = places[column] else {
      throw FileError(
        file,
        "has no column \"\(column)\"; its columns are "
          + columns.map(\.name).joined(separator: ", "))
    }
    return place
  }
}
