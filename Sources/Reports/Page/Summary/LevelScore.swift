import RunAnalyses
import Runs

/// The scores at a level of noise.
struct LevelScore: Sendable {
  /// The kind of noise as tables name it.
  let noise: String
  let level: Double
  let top1: Double
  let interval: Interval?
  /// Of clean top-1 accuracy less this one; nil where the table tells no drop.
  var dropInterval: Interval?
  /// Nil where the table tells none.
  var calibration: Calibration?
  /// The number of noise seeds; nil where the table does not pool them.
  var seeds: Int?
  /// What few seeds mean for the intervals; nil where there is nothing to say.
  var seedsNote: String?

  /// The expected calibration error.
  struct Calibration: Sendable {
    let error: Double
    /// After temperature scaling.
    let scaled: Double?
    /// Less what chance alone makes of a calibrated model; nil where the table does not tell.
    let debiased: Double?
    /// Whether it is more than chance makes; nil where the table does not tell.
    let p: Double?

    /// The better estimate of the two.
    var best: Double { debiased ?? error }

    /// `0.012 beyond chance (p = 0.041)`, `0.027`.
    var text: String {
      guard let debiased else { return Quantity.distance.text(error) }
      return "\(Quantity.distance.text(debiased)) beyond chance"
        + (p.map { " (\(Wording.probability($0)))" } ?? "")
    }
  }

  /// As a sentence names it.
  var name: String { Wording.level(noise: noise, level: level) }

  /// Whether it is that of the images as they are.
  var isClean: Bool { noise == ConditionColumns.clean }

  /// Those of a run that has zero-shot accuracy: pooled over seeds where it has `levels.csv`.
  ///
  /// - Throws: `FileError` naming what is damaged.
  static func all(_ run: RunDirectory) throws -> (scores: [LevelScore], arePooled: Bool)? {
    if let table = try run.table(LevelColumns.file) { return (try pooled(table), true) }
    return try run.table(AccuracyColumns.file).map { (try firstSeeds($0), false) }
  }

  /// Those of `levels.csv`.
  private static func pooled(_ table: Table) throws -> [LevelScore] {
    var scores = try accuracies(table)
    let calibrations = try calibrations(table)
    let drops = try intervals(table, LevelColumns.drop)
    let seeds = try table[LevelColumns.seeds]
    let notes = try table.valuesIfKnown(LevelColumns.seedsNote)
    for i in scores.indices {
      scores[i].calibration = calibrations[i]
      scores[i].dropInterval = drops[i]
      scores[i].seeds = seeds[i]
      scores[i].seedsNote = notes[i]
    }
    return scores
  }

  /// Those of `accuracy.csv`; of several seeds the first.
  private static func firstSeeds(_ table: Table) throws -> [LevelScore] {
    let rows = try zip(accuracies(table), calibrations(table))
    return rows.reduce(into: []) { scores, row in
      var score = row.0
      guard !scores.contains(where: { $0.noise == score.noise && $0.level == score.level }) else {
        return
      }
      score.calibration = row.1
      scores.append(score)
    }
  }

  /// Accuracy alone, of any table that has it: a row a level.
  ///
  /// - Throws: `FileError` naming what is damaged.
  static func accuracies(_ table: Table) throws -> [LevelScore] {
    let levels = try zip(table[ConditionColumns.noise], table[ConditionColumns.level])
    let top1 = try zip(
      table[AccuracyColumns.top1.estimate], intervals(table, AccuracyColumns.top1))
    return zip(levels, top1).map {
      LevelScore(noise: $0.0, level: $0.1, top1: $1.0, interval: $1.1)
    }
  }

  private static func calibrations(_ table: Table) throws -> [Calibration?] {
    let error = try table.valuesIfKnown(AccuracyColumns.expectedCalibrationError)
    let scaled = try table[AccuracyColumns.scaledCalibrationError]
    let debiased = try table.valuesIfKnown(AccuracyColumns.debiasedCalibrationError)
    let p = try table.valuesIfKnown(AccuracyColumns.calibrationP)
    return error.indices.map { i in
      error[i].map { Calibration(error: $0, scaled: scaled[i], debiased: debiased[i], p: p[i]) }
    }
  }

  private static func intervals<Value>(
    _ table: Table, _ columns: EstimateColumns<Value>
  ) throws -> [Interval?] {
    try zip(table[columns.low], table[columns.high]).map { Interval($0, $1) }
  }
}
