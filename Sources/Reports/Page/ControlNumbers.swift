import Pages
import Runs

/// The numbers of the control beside the rows of a run's table: what the same rows say where nothing was learnt.
struct ControlNumbers {
  private let keys: [any ColumnDeclaration]
  private let cells: PageColumn.Cells?
  /// The control's rows by the fields that name them.
  private let rows: [[String]: [String]]

  /// Those of the first column that has an interval.
  ///
  /// - Parameters:
  ///   - table: The control's table.
  ///   - keys: The columns that name a row.
  ///   - columns: The columns that are shown.
  /// - Throws: `FileError` when a column that names rows is not there.
  init(_ table: Table, keys: [any ColumnDeclaration], columns: [PageColumn]) throws {
    self.keys = keys
    cells = columns.first { $0.interval != nil }.map { .init($0, in: table, links: nil) }
    let places = try keys.map { try table.place($0) }
    rows = Dictionary(table.rows.map { row in (places.map { row[$0] }, row) }) { first, _ in first }
  }

  /// The control's number beside a row of the run's table; nothing where it has none.
  ///
  /// - Throws: `FileError` when a column that names rows is not there.
  func html(_ table: Table, _ line: Int) throws -> HTML {
    let fields = table.rows[line]
    let key = try keys.map { fields[try table.place($0)] }
    guard let row = rows[key], let cells else { return "" }
    return cells.html(row, condition: nil)
  }
}
