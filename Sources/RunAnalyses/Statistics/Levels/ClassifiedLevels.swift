import Files
import Runs

/// The levels of a run whose images are classified, each with its seeds: what tables of levels are made from.
struct ClassifiedLevels: Sendable {
  let context: RunContext
  let analysis: StatisticsAnalysis
  /// Clean first, if it is one.
  let levels: [NoiseLevel]
  private let classification: ZeroShotClassification

  /// Those of a run; nil where it has no zero-shot accuracy.
  init?(_ analysis: StatisticsAnalysis, _ context: RunContext) {
    guard context.isChosen(ZeroShotAnalysis.self),
      let classification = ZeroShotClassification(context)
    else { return nil }
    self.analysis = analysis
    self.context = context
    self.classification = classification
    levels = NoiseLevel.all(context.conditions)
  }

  var settings: StatisticsSettings { analysis.settings }

  func scores() throws -> ZeroShotScores { try classification.scores() }

  /// The scores of a level's seeds.
  func scores(_ level: NoiseLevel) throws -> [ConditionScores] {
    let scores = try scores()
    return level.conditions.map { scores.conditions[$0] }
  }

  func accuracies() throws -> [ConditionAccuracy] { try classification.accuracies() }

  /// The conditions of some levels.
  func conditions(_ levels: [NoiseLevel]) -> [Condition] {
    levels.flatMap { $0.conditions.map { context.conditions[$0] } }
  }

  /// The result of a unit.
  func value<Value>(_ unit: CachedUnit<Value>) throws -> Value {
    try Interruption.check()
    return try context.store.value(unit)
  }
}
