import Analyses
import Files
import Runs

/// What is correlated of a measure of change under one kind of noise: its values, and what every class lost.
///
/// Change and loss both grow with the level of noise, so that over all levels they correlate whatever the one has
/// to do with the other. The primary result is that within levels: ranks of the classes within each level, the
/// mean over levels; classes are permuted, and left out, as wholes.
package struct TrackedMeasure: Sendable {
  let noise: String
  let measure: ChangeMeasure
  /// The level of each condition.
  let levels: [Double]
  /// A row a class, a number a condition.
  let values: [[Double?]]
  private let drops: [[Double?]]
  private let relativeDrops: [[Double?]]
  /// Of clean accuracy: that of one half of the images with the drop of the other; nil of other measures, and where
  /// there are no halves.
  let halves: [AccuracyHalves.Half]?

  /// Which classes and conditions are ranked.
  package enum Scope: String, Sendable, Codable {
    /// Ranks of classes within each level, the mean over levels: the primary result.
    case within
    /// Those of one level.
    case level
    /// As `within`, of the drop as a share of the clean accuracy.
    case relative
    /// Of all levels in one order.
    case pooled

    /// Whether its correlations are tested, corrected for their number.
    var isTested: Bool { self == .within || self == .level }
  }

  /// The fewest classes that ranks say anything about.
  static let fewestClasses = 4

  /// The measure's values under the conditions of a kind of noise.
  init(_ change: MeasuredChange, _ noise: String, _ changes: ClassChanges) {
    self.noise = noise
    measure = change.measure
    let columns = changes.conditions.indices.filter { changes.conditions[$0].noise == noise }
    let labels = changes.classes.indices
    levels = columns.map { changes.conditions[$0].level }
    values = labels.map { label in columns.map { change.values[label][$0] } }
    drops = labels.map { label in columns.map { changes.drop(label, $0) } }
    relativeDrops = labels.map { label in columns.map { changes.relativeDrop(label, $0) } }
    halves =
      measure == StatisticsAnalysis.cleanAccuracy ? changes.halves?.selecting(columns) : nil
  }

  /// Whether the correlation with the drop shares the error of the clean accuracy.
  var sharesCleanAccuracy: Bool { measure == StatisticsAnalysis.cleanAccuracy && halves == nil }

  /// SHA-256 over all numbers, to the bit.
  var digest: Digest {
    var text = "\(measure.name)\n"
    func add(_ name: String, _ rows: [[Double?]]) {
      for row in rows {
        text += name + row.map { $0.map { " \($0.bitPattern)" } ?? " none" }.joined() + "\n"
      }
    }
    add("levels", [levels])
    add("values", values)
    add("drops", drops)
    add("relative", relativeDrops)
    for half in halves ?? [] {
      add("half", [half.clean])
      add("other half", half.drops)
    }
    return Digest(of: text)
  }

  /// The numbers of the classes that have all of them.
  struct Numbers: Sendable {
    /// The places of the classes in the group.
    let places: [Int]
    /// A row a class, a number a condition.
    let x: [[Double]]
    let y: [[Double]]
  }

  /// The measure and what is lost of some classes; a class that lacks one of the numbers is left out as a whole.
  ///
  /// - Parameters:
  ///   - classes: The classes of a group.
  ///   - isRelative: Whether the drop is told as a share of the clean accuracy.
  /// - Returns: The numbers; nil of fewer classes than ranks say anything about.
  func numbers(_ classes: [Int], isRelative: Bool) -> Numbers? {
    let outcomes = isRelative ? relativeDrops : drops
    let complete = classes.indices.filter { place in
      !values[classes[place]].contains(nil) && !outcomes[classes[place]].contains(nil)
    }
    guard complete.count >= Self.fewestClasses else { return nil }
    func rows(_ rows: [[Double?]]) -> [[Double]] {
      complete.map { rows[classes[$0]].compactMap(\.self) }
    }
    return Numbers(places: complete, x: rows(values), y: rows(outcomes))
  }

  /// The place of the level of each condition among those there are.
  var levelPlaces: [Int] {
    let distinct = distinctLevels
    return levels.map { distinct.firstIndex(of: $0) ?? 0 }
  }

  /// The levels, ascending.
  var distinctLevels: [Double] { Set(levels).sorted() }
}
