import Runs
import Files
import Images

/// A kind of noise with the conditions that show it: the images as they are, then a condition a level, of the
/// first seed.
struct NoiseSeries: Sendable {
  /// The kind; nil when the run has no noise.
  let kind: NoiseKind?
  /// Ascending by level.
  let conditions: [Condition]
  /// How many seeds the run has of this kind.
  let seedCount: Int

  /// The series of a run, a kind each.
  static func all(_ conditions: [Condition]) -> [NoiseSeries] {
    let clean = conditions.filter { $0.noise == nil }
    let series = NoiseKind.allCases.compactMap { kind -> NoiseSeries? in
      let own = conditions.filter { $0.kind == kind }.sorted()
      guard let first = own.first else { return nil }
      return NoiseSeries(
        kind: kind, conditions: clean + own.filter { $0.seed == first.seed },
        seedCount: Set(own.map(\.seed)).count)
    }
    return series.isEmpty && !clean.isEmpty
      ? [NoiseSeries(kind: nil, conditions: clean, seedCount: 1)] : series
  }

  /// The end of its figures' names.
  var name: String { kind?.rawValue ?? "clean" }

  /// Every `name` that there can be.
  static let names = Set(NoiseKind.allCases.map(\.rawValue) + ["clean"])

  /// The word in the tables' column `noise`.
  var tableName: String { kind?.rawValue ?? "none" }

  /// The kind in words.
  var text: String {
    switch kind {
    case nil: "no noise"
    case .gaussian: "Gaussian noise"
    case .shot: "shot noise"
    case .impulse: "impulse noise"
    case .speckle: "speckle noise"
    case .blur: "Gaussian blur"
    case .jpeg: "JPEG compression"
    case .contrast: "lowered contrast"
    }
  }

  /// The kind above a panel, which begins with a capital.
  var heading: String { text.prefix(1).uppercased() + text.dropFirst() }

  /// The label of an axis of levels.
  var axisLabel: String {
    switch kind {
    case nil: "Noise"
    case .gaussian: "Noise level σ"
    default: "Severity of " + text
    }
  }

  /// A condition in a legend or above a panel: `clean`, `σ = 0.5`, `severity 3`.
  static func text(_ condition: Condition) -> String {
    switch condition.kind {
    case nil: "clean"
    case .gaussian: "σ = \(condition.level.shortestText)"
    default: "severity \(condition.level.shortestText)"
    }
  }

  /// A sentence for captions when the run has several seeds.
  var seedSentence: String {
    guard seedCount > 1, let seed = conditions.last?.seed else { return "" }
    return " Noise seed \(seed), the first of \(seedCount)."
  }

  /// The levels as ticks; labels that would touch the one before are left out.
  func ticks(_ range: ClosedRange<Double>) -> [Tick] {
    var last = -Double.infinity
    return conditions.map(\.level).map { level in
      let isApart = level - last > 0.09 * (range.upperBound - range.lowerBound)
      if isApart { last = level }
      return Tick(value: level, label: isApart ? level.shortestText : "")
    }
  }

  /// An axis of its levels.
  var levelAxis: Axis {
    let range = Scale.range(of: conditions.map(\.level), margin: 0.06)
    return Axis(label: axisLabel, range: range, ticks: ticks(range))
  }

  /// A legend of its conditions, in the colours of ordered levels.
  func legend(_ mark: LegendEntry.Mark) -> [LegendEntry] {
    zip(conditions, FigureStyle.levels(conditions.count)).map {
      LegendEntry(text: Self.text($0), color: $1, mark: mark)
    }
  }
}
