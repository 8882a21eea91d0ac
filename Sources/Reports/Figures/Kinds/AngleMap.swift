import RunAnalyses
import Runs

/// The mean principal angles of a condition, in degrees, and what random planes would have.
struct AngleMap: Sendable {
  /// Two classes and their angle.
  struct Pair: Sendable, Equatable {
    let classes: [String]
    let mean: Double
  }

  let condition: Condition
  /// Classes by classes; NaN where there is no angle.
  let matrix: [[Double]]
  /// The angles of the pairs, each pair once.
  let pairs: [Pair]
  /// The means for random planes of the pairs' dimensions; none in a table without them.
  let nulls: [Double]

  /// The angles.
  var means: [Double] { pairs.map(\.mean) }

  /// The pair whose subspaces lie most alike.
  var closest: Pair? { pairs.min { $0.mean < $1.mean } }

  /// The maps of a series, as far as the run has their tables.
  ///
  /// - Throws: `FileError` for a table that is damaged.
  static func all(_ run: ReportedRun, _ series: NoiseSeries) throws -> [AngleMap] {
    try series.conditions.compactMap { condition in
      try run.table(
        AngleHeatMapColumns.file, at: AngleHeatMapColumns.file.pattern.path(condition)
      ).map { try AngleMap($0, condition, run.classes) }
    }
  }

  init(_ table: Table, _ condition: Condition, _ classes: [String]) throws {
    let index = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    var matrix = [[Double]](
      repeating: [Double](repeating: .nan, count: classes.count), count: classes.count)
    var pairs: [Pair] = []
    var nulls: [Double] = []
    let names = zip(try table[AngleColumns.firstClass], try table[AngleColumns.secondClass])
    let means = try table[AngleHeatMapColumns.mean]
    let random =
      table.has(AngleHeatMapColumns.nullMean)
      ? try table[AngleHeatMapColumns.nullMean].map(Optional.some)
      : [Double?](repeating: nil, count: means.count)
    for ((first, second), (mean, null)) in zip(names, zip(means, random)) {
      guard let a = index[first], let b = index[second] else { continue }
      matrix[a][b] = mean * 180 / .pi
      // The table has every pair both ways.
      if a < b {
        pairs.append(Pair(classes: [first, second], mean: matrix[a][b]))
        if let null { nulls.append(null * 180 / .pi) }
      }
    }
    self.condition = condition
    self.matrix = matrix
    self.pairs = pairs
    self.nulls = nulls
  }
}
