import Analyses
import Files

/// A correlation of a measure of change with the drop of accuracy, and what is made of it together with others.
struct TrackedCorrelation: Sendable, Codable, Equatable {
  /// The measure's name.
  let measure: String
  /// 0 for all classes, from 1 for a group.
  let group: Int
  let statistic: RankCorrelation
  let scope: TrackedMeasure.Scope
  /// The level where the scope is one.
  let level: Double?
  let family: LinkFamily
  let numbers: LeveledCorrelation
  let conditionCount: Int
  /// Spearman's correlation of the measure with the number of images of a class; nil where classes are of one size.
  let sizeCorrelation: Double?
  /// Whether that is large, and class sizes are unequal.
  let goesWithSize: Bool
  /// Of clean accuracy: whether it is told from other images than the drop; nil of other measures.
  let isFromOtherImages: Bool?
  /// The p-value adjusted for those of its family under its kind of noise; nil where nothing is or can be tested.
  var adjusted: Double?
  /// The same by Holm's method.
  var holm: Double?
  /// The p-value adjusted for the primary measures under all kinds of noise.
  var joint: Double?
  /// The smallest correlation that this design finds with a probability of 80 %.
  var detectable: Double?

  /// Whether no p-value of such numbers could stand the correction.
  var isUntestable: Bool { family.isTested && adjusted == nil }

  /// Correlations below this are too small to matter: what an interval has to lie inside for "smaller than".
  static let negligible = 0.3

  /// A measure goes with class size from this correlation on, where the largest class has so many times the images of
  /// the smallest.
  static let sizeWarning = (correlation: 0.3, ratio: 1.5)

  /// Whether the interval leaves only correlations that are too small to matter.
  var isNegligible: Bool {
    scope != .pooled
      && (numbers.interval.map { max(abs($0.low), abs($0.high)) < Self.negligible } ?? false)
  }

  /// What else to make of the number.
  var note: String {
    var notes: [String] = []
    if scope == .pooled { notes.append("confounded by level") }
    if scope == .relative { notes.append("sensitivity: relative drop") }
    if isUntestable { notes.append(Self.untestable) }
    switch isFromOtherImages {
    case true?: notes.append("clean accuracy and drop from different halves of the images")
    case false?: notes.append("shares the clean estimate with the drop")
    case nil: break
    }
    switch numbers.intervalLack {
    case .fewClasses?:
      notes.append("no interval of fewer than \(LeveledCorrelation.fewestForInterval) classes")
    case .perfect?: notes.append("no interval: 1 in size, with or without a class")
    case .undefined?: notes.append("no interval: not defined without a class")
    case nil: break
    }
    if isNegligible { notes.append("smaller than \(Self.negligible.shortestText)") }
    if goesWithSize { notes.append("goes with class size") }
    return notes.joined(separator: "; ")
  }

  /// The note of what could not be tested.
  static let untestable = "could not be tested"
}
