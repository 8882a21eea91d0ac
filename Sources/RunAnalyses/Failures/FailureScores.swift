import Analyses
import Files
import LinearAlgebra
import Runs

/// How well every signal predicts failures under one kind of noise.
struct FailureScores: Sendable {
  /// The signals that are predicted by.
  private static let signals = FailureSignal.allCases

  private let groups: ClassGroups
  private let levels: [Level]
  private let settings: StatisticsSettings
  private let noise: String
  private let control: ComputationControl

  /// The images of a level, a seed after the other.
  private struct Level: Sendable {
    let level: Double
    /// The signals, in the order of `signals`.
    let risks: [[Double?]]
    /// The events, in the order of all of them.
    let happens: [[Bool]]
  }

  /// Those of a kind of noise.
  ///
  /// - Parameters:
  ///   - noise: The kind.
  ///   - clean: The clean images.
  ///   - levels: Every level with what the images are under each of its seeds.
  ///   - labels: The class of every image.
  ///   - settings: How often p-values are drawn, and the seed.
  ///   - control: How to stop.
  init(
    noise: String, clean: ImageSignals, levels: [(level: Double, seeds: [ImageSignals])],
    labels: [Int], settings: StatisticsSettings, control: ComputationControl
  ) {
    self.noise = noise
    self.settings = settings
    self.control = control
    groups = ClassGroups(labels: labels)
    self.levels = levels.map { level in
      Level(
        level: level.level,
        risks: Self.signals.map { signal in level.seeds.flatMap { signal.risks(clean, $0) } },
        happens: FailureEvent.allCases.map { event in
          level.seeds.flatMap { event.happens(clean, $0, labels: labels) }
        })
    }
  }

  /// The scores, by event: the means over levels, then a level after the other, the signals in their order.
  ///
  /// - Throws: `CancellationError`.
  func all() throws -> [FailureScore] {
    try FailureEvent.allCases.enumerated().flatMap { index, event -> [FailureScore] in
      let ranked = try levels.map { try rank($0, event: index) }
      var rows = Self.signals.indices.map { signal in
        mean(ranked.map { $0[signal] }, event, Self.signals[signal])
      }
      adjust(&rows, "means", event)
      var byLevel = zip(levels, ranked).flatMap { level, ranked in
        zip(Self.signals, ranked).map { one($1, level.level, event, $0) }
      }
      adjust(&byLevel, "levels", event)
      return (rows + byLevel).map(\.score)
    }
  }

  /// A row with what its adjustment is made of.
  private struct Row {
    var score: FailureScore
    let influences: [Double]?
  }

  /// The signals of a level ranked.
  private func rank(_ level: Level, event: Int) throws -> [RankedSignal] {
    let happens = level.happens[event]
    let place = Self.signals.firstIndex(of: .baseline) ?? 0
    let confidence = level.risks[place]
    let baseline = try RankedSignal(
      confidence, baseline: confidence, happens: happens, groups: groups, whole: nil,
      control: control)
    return try Self.signals.indices.map { signal in
      if signal == place { return baseline }
      return try RankedSignal(
        level.risks[signal], baseline: confidence, happens: happens, groups: groups,
        whole: baseline.areas, control: control)
    }
  }

  /// A signal at a level.
  private func one(
    _ ranked: RankedSignal, _ level: Double, _ event: FailureEvent, _ signal: FailureSignal
  ) -> Row {
    row(
      [ranked], level: level, event, signal, makesIntervals: ranked.scarcity == nil,
      notes: [ranked.scarcity].compactMap(\.self))
  }

  /// A signal in the mean over levels: over those with enough images of both kinds for an interval, where
  /// there are any.
  private func mean(
    _ ranked: [RankedSignal], _ event: FailureEvent, _ signal: FailureSignal
  ) -> Row {
    let enough = ranked.indices.filter { ranked[$0].scarcity == nil }
    let used = enough.isEmpty ? ranked.indices.filter { ranked[$0].areas != nil } : enough
    var notes: [String] = []
    if enough.isEmpty {
      notes.append(
        "no interval: no level has \(RankedSignal.fewestImages) images with the event and as many without"
      )
    }
    if used.count < ranked.count, !used.isEmpty {
      let left = ranked.indices.filter { !used.contains($0) }.map { levels[$0].level.shortestText }
      notes.append(
        "levels left out for too few images with or without the event: "
          + left.joined(separator: ", "))
    }
    return row(
      used.map { ranked[$0] }, level: nil, event, signal, makesIntervals: !enough.isEmpty,
      notes: notes)
  }

  private func row(
    _ ranked: [RankedSignal], level: Double?, _ event: FailureEvent, _ signal: FailureSignal,
    makesIntervals: Bool, notes: [String]
  ) -> Row {
    let areas = ranked.compactMap(\.areas)
    let others = ranked.compactMap(\.baseline)
    let comparison =
      areas.isEmpty
      ? nil
      : AreaComparison(
        areas, other: signal == .baseline ? nil : others, makesIntervals: makesIntervals)
    let missing = ranked.reduce(0) { $0 + $1.missing }
    let score = FailureScore(
      level: level, event: event, signal: signal, images: ranked.reduce(0) { $0 + $1.images },
      events: ranked.reduce(0) { $0 + $1.events }, comparison,
      notes: notes + (missing > 0 ? ["\(missing) images without a value left out"] : []))
    return Row(score: score, influences: comparison?.differenceInfluences)
  }

  /// The most draws for adjusted p-values: their least is then 0.0001.
  private static let mostDraws = 9_999

  /// Corrects the p-values of a family.
  private func adjust(_ rows: inout [Row], _ family: String, _ event: FailureEvent) {
    let tested = rows.indices.filter { rows[$0].score.p != nil && rows[$0].influences != nil }
    guard !tested.isEmpty else { return }
    let resampling = settings.permutation(
      "failures/\(noise)/\(event.rawValue)/\(family)", limit: Self.mostDraws)
    let adjusted = resampling.jointlyAdjusted(
      pValues: tested.compactMap { rows[$0].score.p },
      influences: tested.compactMap { rows[$0].influences })
    for (index, p) in zip(tested, adjusted) { rows[index].score.adjusted = p }
  }
}
