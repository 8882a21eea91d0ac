import Files
import RunAnalyses
import Runs

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
    let file: RunFile
    let title: String
    let keys: [any ColumnDeclaration]
    /// Nil for every other column that holds numbers.
    var columns: [any ColumnDeclaration]?
    /// The columns that the text shows whether they differ or not; none for the largest differences.
    var headline: [any ColumnDeclaration] = []
  }

  static let layouts = [
    Layout(
      file: AccuracyColumns.file, title: "Accuracy", keys: ConditionColumns.all,
      headline: [
        AccuracyColumns.top1.estimate, AccuracyColumns.top5.estimate,
        AccuracyColumns.meanPerClass.estimate,
      ]),
    Layout(
      file: LevelColumns.file, title: "Accuracy pooled over seeds",
      keys: [ConditionColumns.noise, ConditionColumns.level]),
    Layout(file: GeometryColumns.file, title: "Geometry", keys: ConditionColumns.all),
    Layout(
      file: DistanceColumns.file, title: "Distances of diagrams",
      keys: [DistanceColumns.scope, DistanceColumns.dimension] + ConditionColumns.all
        + [DistanceColumns.metric, DistanceColumns.order, DistanceColumns.scale],
      columns: [DistanceColumns.distance]),
    Layout(
      file: TrackingColumns.file, title: "Topology against accuracy",
      keys: [
        TrackingColumns.group, ConditionColumns.noise, TrackingColumns.scope,
        TrackingColumns.level, TrackingColumns.measure, TrackingColumns.statistic,
      ],
      columns: [TrackingColumns.estimate, TrackingColumns.p, TrackingColumns.adjusted]),
  ]

  /// Numbers of rows that both have, in the order of a's table.
  let entries: [Entry]
  /// How many rows only one of them has.
  let onlyA: Int
  let onlyB: Int

  /// Joins two tables by their keys.
  ///
  /// - Throws: `FileError` for a table without a key's column, or with a row twice.
  init(_ layout: Layout, _ a: Table, _ b: Table) throws {
    let rowsA = try Self.rows(a, layout)
    let rowsB = try Self.rows(b, layout)
    let keys = layout.keys.map(\.name)
    // Of columns that are not declared to be compared, those that one of the runs lacks are passed over: it may be
    // of another version.
    let columns =
      try (layout.columns ?? a.columns.filter { !keys.contains($0.name) && b.has($0) })
      .map { (name: $0.name, a: try a.place($0), b: try b.place($0)) }
    // Once: the property makes its rows anew.
    let (fieldsA, fieldsB) = (a.rows, b.rows)
    var entries: [Entry] = []
    var common = 0
    for (key, i) in rowsA.order {
      guard let j = rowsB.index[key] else { continue }
      common += 1
      for column in columns {
        // Names are compared in no table of this list: a text that is no number is passed over.
        guard let x = Double(fieldsA[i][column.a]), let y = Double(fieldsB[j][column.b]) else {
          continue
        }
        entries.append(
          Entry(file: layout.file.pattern.text, key: key, column: column.name, a: x, b: y))
      }
    }
    self.entries = entries
    onlyA = rowsA.order.count - common
    onlyB = rowsB.order.count - common
  }

  /// The rows by key, and in the order of the table.
  private static func rows(
    _ table: Table, _ layout: Layout
  ) throws -> (order: [(String, Int)], index: [String: Int]) {
    let places = try layout.keys.map { (name: $0.name, place: try table.place($0)) }
    var order: [(String, Int)] = []
    var index: [String: Int] = [:]
    for (row, fields) in table.rows.enumerated() {
      let key = places.filter { !fields[$0.place].isEmpty }
        .map { "\($0.name)=\(fields[$0.place])" }.joined(separator: " ")
      guard index.updateValue(row, forKey: key) == nil else {
        throw FileError(layout.file.pattern.text, "has the row \(key) twice; make the run anew")
      }
      order.append((key, row))
    }
    return (order, index)
  }
}
