/// A row of `link.csv`: a rank correlation of a change with the drop of accuracy.
struct LinkRow: Sendable {
  let group: String
  let noise: String
  let scope: String
  let level: String
  let measure: String
  let statistic: String
  let estimate: Double
  let interval: Interval?
  let p: Double?
  /// p corrected for the number of tests.
  let correctedP: Double?
  /// The mean of the estimate when classes are shuffled within levels.
  let permutedMean: Double?
  /// The number of classes that were ranked.
  let classCount: Int?
  /// Whether it is no measure under test but one that they have to beat.
  let isReference: Bool

  /// The rows that have an estimate.
  ///
  /// - Throws: `FileError` naming what is damaged.
  static func all(_ table: ReportTable) throws -> [LinkRow] {
    func texts(_ column: String) throws -> [String] { try table.texts(column) }
    func numbers(_ column: String) throws -> [Double?] { try table.numbers(column) }
    let (groups, noises, scopes) = (try texts("group"), try texts("noise"), try texts("scope"))
    let (levels, measures) = (try texts("level"), try texts("measure"))
    let (statistics, estimates) = (try texts("statistic"), try numbers("estimate"))
    let (lows, highs) = (try numbers("low"), try numbers("high"))
    let (ps, corrected) = (try numbers("p"), try numbers("p_holm"))
    let (means, notes) = (try numbers("permuted_mean"), try texts("note"))
    let classCounts = try numbers("classes")
    return estimates.enumerated().compactMap { i, estimate in
      estimate.map {
        LinkRow(
          group: groups[i], noise: noises[i], scope: scopes[i], level: levels[i],
          measure: measures[i], statistic: statistics[i], estimate: $0,
          interval: Interval(lows[i], highs[i]), p: ps[i], correctedP: corrected[i],
          permutedMean: means[i], classCount: classCounts[i].flatMap { Int(exactly: $0) },
          isReference: notes[i] == "reference")
      }
    }
  }

  /// Whether p is corrected for the number of tests, where there are classes enough for it to survive that.
  var isUnderTest: Bool { !isReference && (scope == "within" || scope == "level") }

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
  var isTopological: Bool { measure.contains(/_h[0-9]+(_|$)/) }

  /// The measure in words.
  var measureName: String { Self.name(ofMeasure: measure) }

  /// `Spearman ρ = 0.42, 95 % 0.12 to 0.65, Holm p = 0.012`.
  var numbers: String {
    var parts = ["\(symbol) = \(Wording.number(estimate, digits: 2))"]
    if let interval { parts.append("95 % \(Wording.range(interval))") }
    if let correctedP {
      parts.append(Wording.probability(correctedP, name: "Holm p"))
    } else if isUnderTest, p != nil {
      parts.append("too few classes to test")
    } else if let p {
      parts.append(Wording.probability(p))
    }
    return parts.joined(separator: ", ")
  }

  private var symbol: String {
    switch statistic {
    case "spearman": "Spearman ρ"
    case "kendall": "Kendall τ"
    default: statistic
    }
  }

  /// A column of `changes.csv` in words.
  static func name(ofMeasure measure: String) -> String {
    let isScaled = measure.hasSuffix("_scaled")
    let stem = isScaled ? String(measure.dropLast("_scaled".count)) : measure
    var name = stem
    if let match = stem.wholeMatch(of: /(.+)_h([0-9]+)/) {
      let kind =
        switch match.1 {
        case "bottleneck": "bottleneck distance"
        case "wasserstein1": "1-Wasserstein distance"
        case "wasserstein2": "2-Wasserstein distance"
        case "total_persistence": "change of total persistence"
        case "entropy": "change of persistent entropy"
        default: String(match.1).replacing("_", with: " ")
        }
      name = "\(kind) in H\(match.2)"
    } else {
      switch stem {
      case "cka_loss": name = "change by CKA"
      case "neighbor_loss": name = "loss of shared neighbours"
      case "angle": name = "subspace angle"
      case "accuracy_clean": name = "clean accuracy"
      case "size_clean": name = "size of the clean cloud"
      case "paired_distance": name = "distance of the embeddings"
      default: name = stem.replacing("_", with: " ")
      }
    }
    return isScaled ? name + " (scale removed)" : name
  }
}
