import Files
import RunAnalyses
import Runs

/// A number of a table of levels with its interval, against the level.
struct LevelCurve: Sendable {
  /// Rows of level, number, lower and upper end; the ends are the number where there is no interval.
  let rows: [[Double]]
  let hasIntervals: Bool

  /// A number that every row of the table has.
  ///
  /// - Returns: nil when the table has none of the conditions.
  init?(
    _ columns: EstimateColumns<Double>, _ series: NoiseSeries, _ source: LevelSource
  ) throws {
    try self.init(series, source, ends: (columns.low, columns.high)) {
      try $0.first(columns.estimate)
    }
  }

  /// A number that rows may lack.
  ///
  /// - Returns: nil when the table has no such number.
  init?(
    _ columns: EstimateColumns<Double?>, _ series: NoiseSeries, _ source: LevelSource
  ) throws {
    try self.init(series, source, ends: (columns.low, columns.high)) {
      try $0.first(columns.estimate)
    }
  }

  /// A number without an interval.
  ///
  /// - Returns: nil when the table has no such number.
  init?(_ column: Column<Double?>, _ series: NoiseSeries, _ source: LevelSource) throws {
    try self.init(series, source, ends: nil) { try $0.first(column) }
  }

  private init?(
    _ series: NoiseSeries, _ source: LevelSource,
    ends: (low: Column<Double?>, high: Column<Double?>)?, number: (Table) throws -> Double?
  ) throws {
    var rows: [[Double]] = []
    var hasIntervals = false
    for condition in series.conditions {
      let row = try source.rows(condition)
      guard let value = try number(row) else { continue }
      // Runs of older versions have no intervals.
      let low = try ends.flatMap { try row.firstIfKnown($0.low) }
      let high = try ends.flatMap { try row.firstIfKnown($0.high) }
      if low != nil, high != nil { hasIntervals = true }
      rows.append([condition.level, value, low ?? value, high ?? value])
    }
    guard !rows.isEmpty else { return nil }
    self.rows = rows
    self.hasIntervals = hasIntervals
  }

  /// The curve as plots.
  func plots(color: String, marker: Int, dash: Int = 1) -> [Plot] {
    let points = rows.map { [$0[0], $0[1]] }
    return (hasIntervals ? [.intervals(rows, color: color)] : []) + [
      .line(points, color: color, dash: dash),
      .points(points, color: color, marker: marker, size: 0.45),
    ]
  }
}

/// `levels.csv`, or `accuracy.csv` when the run has none.
struct LevelSource: Sendable {
  private let table: Table
  /// Whether seeds are pooled.
  let isPooled: Bool

  init(_ source: FigureSource) throws {
    if let known = try LevelSource(ofRun: source.run.directory) {
      self = known
    } else {
      (table, isPooled) = (try source.required(AccuracyColumns.file), false)
    }
  }

  /// The tables of a run directory; nil where it has neither, or none with rows.
  init?(ofRun directory: RunDirectory) throws {
    if let levels = try directory.table(LevelColumns.file), !levels.isEmpty {
      (table, isPooled) = (levels, true)
    } else if let rows = try directory.table(AccuracyColumns.file), !rows.isEmpty {
      (table, isPooled) = (rows, false)
    } else {
      return nil
    }
  }

  /// The rows of another table, which has one a condition.
  init(_ rows: Table) { (table, isPooled) = (rows, false) }

  /// Whether the table has that column, which older versions did not write.
  func has(_ column: Column<Double?>) -> Bool { table.has(column) }

  func rows(_ condition: Condition) throws -> Table {
    try isPooled ? table.rows(ofLevel: condition) : table.rows(of: condition)
  }

  /// How seeds are treated, for captions.
  func seedSentence(_ series: [NoiseSeries]) -> String {
    guard let most = series.map(\.seedCount).max(), most > 1 else { return "" }
    return isPooled ? " All noise seeds together." : " The first of \(most) noise seeds."
  }
}

/// Accuracy against the level.
enum AccuracyFigures {
  static let kind = FigureKind(text: "accuracy against the level", stems: ["accuracy"]) { source in
    let levels = try LevelSource(source)
    // Of five classes, all are among the first five.
    let hasTop5 = source.run.classes.count > 5
    let control = try AccuracyCurves.control(source)
    let curves = AccuracyCurves(
      curves: [
        AccuracyCurves.Curve(
          text: "top-1", columns: AccuracyColumns.top1, source: levels, color: "#0072B2", marker: 7)
      ]
        + (hasTop5
          ? [
            AccuracyCurves.Curve(
              text: "top-5", columns: AccuracyColumns.top5, source: levels, color: "#D55E00",
              marker: 9)
          ] : []) + (control.map { [$0] } ?? []),
      chance: 100 / Double(max(source.run.classes.count, 1)))
    let figure = try curves.figure(
      source.series, name: "accuracy", title: "Zero-shot accuracy against the noise level",
      section: .accuracy
    ) { hasIntervals in
      "The share of images whose class is the first guess"
        + (hasTop5 ? ", or among the first five." : ".")
        + (hasIntervals ? " Bars are 95 % intervals." : "")
        + (control == nil ? "" : " Dashed: top-1 accuracy of the control with random weights.")
        + " Dotted: top-1 accuracy of guessing." + levels.seedSentence(source.series)
    }
    return figure.map { [$0] } ?? []
  }
}

extension LevelCurve {
  /// The numbers times a factor.
  func scaled(by factor: Double) -> LevelCurve {
    LevelCurve(
      rows: rows.map { [$0[0]] + $0.dropFirst().map { factor * $0 } }, hasIntervals: hasIntervals)
  }

  private init(rows: [[Double]], hasIntervals: Bool) {
    self.rows = rows
    self.hasIntervals = hasIntervals
  }
}
