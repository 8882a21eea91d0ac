import Analyses
import LinearAlgebra
import Runs

/// How a measure of change and the drop of accuracy go together under a kind of noise beyond the
/// references: a line of `partial.csv`.
struct PartialCorrelation: Sendable, Codable {
  let noise: String
  /// The measure's name.
  let measure: String
  /// The names of what is taken out of both first.
  let covariates: [String]
  /// The correlation; nil where it is not defined.
  let numbers: PartialRankCorrelation?
  /// p adjusted for all measures of the noise.
  let adjusted: Double?
  let classCount: Int
  let conditionCount: Int

  /// The correlations of all measures that are no references, under a kind of noise.
  ///
  /// Measures that are defined for the same classes share the permutations and are adjusted by them
  /// together. Where there are several such sets, as where diagrams of classes with one image are missing,
  /// each has the share of the error that its measures are of all.
  ///
  /// - Throws: `CancellationError`.
  static func all(
    _ changes: ClassChanges, noise: String, resampling: Resampling, control: ComputationControl
  ) throws -> [PartialCorrelation] {
    let classes = LinkedClasses(changes, noises: [noise])
    let measures = changes.measures.filter { $0.measure.family != .reference }
    let places = measures.map { classes.places($0) }
    // A measure that the run does not have is no line.
    let had = measures.indices.filter { !places[$0].isEmpty }
    var lines = [PartialCorrelation?](repeating: nil, count: measures.count)
    let sets = had.map { places[$0] }.uniqued
    var results: [(members: [Int], covariates: [String], found: [PartialRankCorrelation?])] = []
    for set in sets {
      let members = had.filter { places[$0] == set }
      let covariates = classes.references(set)
      let found = try PartialRankCorrelation.of(
        members.map { classes.values(measures[$0], set) },
        outcome: set.map { classes.drops[$0] }, covariates: covariates.map(\.values),
        levels: classes.strata, permutations: resampling, control: control)
      results.append((members, covariates.map(\.name), found))
    }
    let tested = results.reduce(0) { $0 + $1.found.count { $0 != nil } }
    for result in results {
      let own = result.found.count { $0 != nil }
      for (member, numbers) in zip(result.members, result.found) {
        lines[member] = PartialCorrelation(
          noise: noise, measure: measures[member].measure.name, covariates: result.covariates,
          numbers: numbers,
          adjusted: numbers?.adjusted.map { min(1, $0 * Double(tested) / Double(own)) },
          classCount: places[member].count, conditionCount: classes.conditionCount)
      }
    }
    return lines.compactMap(\.self)
  }

  /// What there is to know of the number.
  var note: String {
    let count = covariates.count
    guard let numbers else {
      let fewest = PartialRankCorrelation.fewestClasses(covariates: count)
      return classCount < fewest
        ? "too few classes: \(fewest) are needed"
        : "the covariates leave nothing of the measure or of the drop"
    }
    var notes: [String] = []
    if numbers.adjusted == nil { notes.append("could not be tested") }
    switch numbers.intervalLack {
    case .fewClasses:
      let fewest = PartialRankCorrelation.fewestForInterval(covariates: count)
      notes.append("no interval of fewer than \(fewest) classes")
    case .extreme: notes.append("no interval of a correlation of 1 or −1")
    case nil: break
    }
    return notes.joined(separator: "; ")
  }

  /// The line.
  var cells: [TableCell] {
    [
      ConditionColumns.noise(noise), PartialColumns.measure(measure),
      PartialColumns.covariates(covariates.joined(separator: ",")),
      PartialColumns.estimate(numbers?.estimate), PartialColumns.low(numbers?.interval?.low),
      PartialColumns.high(numbers?.interval?.high), PartialColumns.p(numbers?.pValue),
      PartialColumns.adjusted(adjusted), PartialColumns.permutations(numbers?.permutations ?? 0),
      PartialColumns.classes(classCount), PartialColumns.conditions(conditionCount),
      PartialColumns.note(note),
    ]
  }
}
