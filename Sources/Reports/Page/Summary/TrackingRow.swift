import Analyses
import Files
import RunAnalyses
import Runs

/// A row of `link.csv`: a rank correlation of a change with the drop of accuracy.
struct TrackingRow: Sendable {
  typealias Scope = TrackedMeasure.Scope

  /// The group of classes; nil for all classes.
  let group: String?
  let noise: String
  let scope: Scope
  /// The level where the scope is one.
  let level: Double?
  let measure: ChangeMeasure
  let statistic: RankCorrelation
  let estimate: Double
  let interval: Interval?
  let p: Double
  /// p corrected for the number of tests; nil where nothing is tested.
  let correctedP: Double?
  /// The mean of the estimate when classes are shuffled within levels.
  let permutedMean: Double
  /// The number of classes that were ranked.
  let classCount: Int
  /// Whether it is among the measures that were named beforehand, or among those that were not; nil for a
  /// reference, and where the file does not tell.
  var isPrimary: Bool?
  /// p corrected over kinds of noise too; nil where it was not.
  var jointP: Double?
  /// The smallest size of a correlation that is found with a probability of 80 %; nil where that is not known.
  var detectable: Double?
  /// What else is to be made of it.
  var note = ""

  /// All rows.
  ///
  /// - Throws: `FileError` naming what is damaged, and the line of a measure, scope or statistic that is none.
  static func all(_ table: Table) throws -> [TrackingRow] {
    typealias Columns = TrackingColumns
    let (groups, noises) = (try table[Columns.group], try table[ConditionColumns.noise])
    let scopes = try named(table, Columns.scope) { Scope(rawValue: $0) }
    let measures = try named(table, Columns.measure) { measuresByName[$0] }
    let statistics = try named(table, Columns.statistic) { RankCorrelation(rawValue: $0) }
    let (levels, estimates) = (try table[Columns.level], try table[Columns.estimate])
    let intervals = try zip(table[Columns.low], table[Columns.high]).map { Interval($0, $1) }
    let ps = try table[Columns.p]
    let (means, classCounts) = (try table[Columns.permutedMean], try table[Columns.classes])
    // Files of older versions have p by Holm's correction alone, and no families.
    let corrected = try table.valuesIfKnown(
      table.has(Columns.adjusted) ? Columns.adjusted : Columns.holm)
    let families = try table.valuesIfKnown(TrackingColumns.family)
    let joint = try table.valuesIfKnown(TrackingColumns.joint)
    let detectable = try table.valuesIfKnown(TrackingColumns.detectable)
    let notes = try table.valuesIfKnown(TrackingColumns.note)
    return estimates.indices.map { i in
      TrackingRow(
        group: groups[i], noise: noises[i], scope: scopes[i], level: levels[i],
        measure: measures[i], statistic: statistics[i], estimate: estimates[i],
        interval: intervals[i], p: ps[i], correctedP: corrected[i],
        permutedMean: means[i], classCount: classCounts[i],
        isPrimary: families[i].flatMap {
          ["primary": true, "further": false][$0]
        }, jointP: joint[i], detectable: detectable[i], note: notes[i] ?? "")
    }
  }

  /// What sentences call a measure of changes; nil for none of ours.
  static func words(ofMeasure name: String) -> String? { measuresByName[name]?.words }

  private static let measuresByName = Dictionary(
    uniqueKeysWithValues: AnalysisRegistry.measures.map { ($0.name, $0) })

  /// What the names in a column stand for.
  private static func named<Value>(
    _ table: Table, _ column: Column<String>, _ value: (String) -> Value?
  ) throws -> [Value] {
    try table[column].enumerated().map { row, name in
      guard let value = value(name) else {
        throw FileError(
          table.file,
          "line \(table.line(row)): \(column.name) \"\(name)\" is none that this version knows; "
            + "make the table again with topoclip sweep")
      }
      return value
    }
  }

  /// Whether p is corrected for the number of tests, where there are classes enough for it to survive that.
  var isUnderTest: Bool { !isReference && (scope == .within || scope == .level) }

  /// Whether the interval, if there is one, excludes 0 and p, corrected if the row is under test, is below 0.05.
  var isFound: Bool {
    guard let p = isUnderTest ? correctedP : p else { return false }
    return p < 0.05 && excludesZero != false
  }

  /// Whether the interval excludes 0; nil without one.
  var excludesZero: Bool? { interval.map { !$0.contains(0) } }

  /// The interval of the estimate's size, whatever its sign; nil without one.
  var sizeInterval: Interval? {
    interval.flatMap {
      let ends = [abs($0.low), abs($0.high)].sorted()
      return Interval($0.contains(0) ? 0 : ends[0], ends[1])
    }
  }

  /// Whether the measure is of persistence diagrams.
  var isTopological: Bool { measure.family == .topology }

  /// Whether it is no measure under test but one that they have to beat.
  var isReference: Bool { measure.family == .reference }

  /// `ρ = 0.42, 95 % 0.12 to 0.65, corrected p = 0.012`: inside brackets.
  var numbers: String {
    var parts = ["\(symbol) = \(Quantity.coefficient.text(estimate))"]
    if let interval { parts.append("95 % \(Quantity.coefficient.range(interval))") }
    if let correctedP {
      parts.append(Wording.probability(correctedP, name: "corrected p"))
    } else {
      parts.append(isUnderTest ? "could not be tested" : Wording.probability(p))
    }
    return parts.joined(separator: ", ")
  }

  /// `bottleneck distance in H1 (ρ = 0.42, p = 0.012)`: where a table has the rest.
  var brief: String {
    let value =
      "\(symbol.split(separator: " ").last ?? "") = \(Quantity.coefficient.text(estimate))"
    let p = correctedP.map { Wording.probability($0, name: "corrected p") }
    return "\(measure.words) (\(value), \(p ?? Wording.probability(self.p)))"
  }

  /// `bottleneck distance in H1 (Spearman's ρ = 0.42, …)`.
  var told: String { "\(measure.words) (\(numbers))" }

  /// `−0.23 (−0.42 to −0.05)`.
  var shortNumbers: String {
    Quantity.coefficient.text(estimate)
      + (interval.map { " (\(Quantity.coefficient.range($0)))" } ?? "")
  }

  private var symbol: String {
    switch statistic {
    case .spearman: "Spearman's ρ"
    case .kendall: "Kendall's τ"
    }
  }
}
