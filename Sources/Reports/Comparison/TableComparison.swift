import Files
import RunAnalyses

/// Two tables of the same file of two runs, row by row.
struct TableComparison: Sendable {
  /// A number that both runs have.
  struct Entry: Sendable, Equatable {
    let file: String
    /// `noise=gaussian level=0.5 seed=0`.
    let key: String
    let column: String
    let a: Double
    let b: Double

    /// b − a; 0 for two equal infinities.
    var difference: Double { a == b ? 0 : b - a }
  }

  /// A file that is compared: what names a row, and the columns that are compared.
  struct Layout: Sendable {
    let file: String
    let title: String
    let keys: [String]
    /// Nil for every other column that holds numbers.
    let columns: [String]?
  }

  static let layouts = [
    Layout(
      file: "accuracy.csv", title: "Accuracy", keys: ["noise", "level", "seed"], columns: nil),
    Layout(
      file: "levels.csv", title: "Accuracy pooled over seeds", keys: ["noise", "level"],
      columns: nil),
    Layout(
      file: "geometry.csv", title: "Geometry", keys: ["noise", "level", "seed"], columns: nil),
    Layout(
      file: "distances.csv", title: "Distances of diagrams",
      keys: ["scope", "dimension", "noise", "level", "seed", "metric", "order", "scale"],
      columns: ["distance"]),
    Layout(
      file: "link.csv", title: "Topology against accuracy",
      keys: ["group", "noise", "scope", "level", "measure", "statistic"],
      columns: ["estimate", "p", "p_holm"]),
  ]

  /// Numbers of rows that both have, in the order of a's table.
  let entries: [Entry]
  /// How many rows only one of them has.
  let onlyA: Int
  let onlyB: Int

  /// Joins two tables by their keys.
  ///
  /// - Throws: `FileError` for a table without a key's column, or with a row twice.
  init(_ layout: Layout, _ a: ReportTable, _ b: ReportTable) throws {
    let rowsA = try Self.rows(a, layout)
    let rowsB = try Self.rows(b, layout)
    let columns =
      layout.columns
      ?? a.columns.filter { column in !layout.keys.contains(column) && b.has(column) }
    // Once: the property makes its rows anew.
    let (fieldsA, fieldsB) = (a.rows, b.rows)
    var entries: [Entry] = []
    var common = 0
    for (key, i) in rowsA.order {
      guard let j = rowsB.index[key] else { continue }
      common += 1
      for column in columns {
        // Names are compared in no table of this list: a text that is no number is passed over.
        guard let place = a.columns.firstIndex(of: column),
          let other = b.columns.firstIndex(of: column), let x = Double(fieldsA[i][place]),
          let y = Double(fieldsB[j][other])
        else { continue }
        entries.append(Entry(file: layout.file, key: key, column: column, a: x, b: y))
      }
    }
    self.entries = entries
    onlyA = rowsA.order.count - common
    onlyB = rowsB.order.count - common
  }

  /// The rows by key, and in the order of the table.
  private static func rows(
    _ table: ReportTable, _ layout: Layout
  ) throws -> (order: [(String, Int)], index: [String: Int]) {
    let fields = try layout.keys.map { try table.texts($0) }
    var order: [(String, Int)] = []
    var index: [String: Int] = [:]
    for row in table.rows.indices {
      let key = zip(layout.keys, fields).filter { !$1[row].isEmpty }.map { "\($0)=\($1[row])" }
        .joined(separator: " ")
      guard index.updateValue(row, forKey: key) == nil else {
        throw FileError(layout.file, "has the row \(key) twice; make the run anew")
      }
      order.append((key, row))
    }
    return (order, index)
  }
}
