import Files
import Images
import Runs

/// A kind of noise with the conditions that show it: the images as they are, then a condition a level, of the
/// first seed.
struct NoiseSeries: Sendable {
  /// The kind's name; nil when the run has no noise.
  let kind: String?
  /// Ascending by level.
  let conditions: [Condition]
  /// How many seeds the run has of this kind.
  let seedCount: Int

  /// The series of a run, a kind each, in the order of tables.
  static func all(_ conditions: [Condition]) -> [NoiseSeries] {
    let clean = conditions.filter { $0.noise == nil }
    let series = conditions.sorted().compactMap(\.noise).uniqued.map { kind in
      let own = conditions.filter { $0.noise == kind }.sorted()
      return NoiseSeries(
        kind: kind, conditions: clean + own.filter { $0.seed == own[0].seed },
        seedCount: Set(own.map(\.seed)).count)
    }
    return series.isEmpty && !clean.isEmpty
      ? [NoiseSeries(kind: nil, conditions: clean, seedCount: 1)] : series
  }

  /// The end of its figures' names.
  var name: String { kind ?? Self.cleanName }

  /// The end of the names where the run has no noise.
  static let cleanName = "clean"

  /// The word in the tables' column `noise`.
  var tableName: String { kind ?? "none" }

  /// What the kind is called; nil when the run has no noise.
  var words: NoiseWords? { kind.map(NoiseWords.init(of:)) }

  /// The kind in words.
  var text: String { words?.title ?? "no noise" }

  /// The kind above a panel, which begins with a capital.
  var heading: String { text.prefix(1).uppercased() + text.dropFirst() }

  /// The label of an axis of levels.
  var axisLabel: String { words?.axisLabel ?? "Noise" }

  /// A condition in a legend or above a panel: `clean`, `σ = 0.5`, `severity 3`.
  static func text(_ condition: Condition) -> String {
    condition.noise.map { NoiseWords(of: $0).level(condition.level.shortestText) } ?? "clean"
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
