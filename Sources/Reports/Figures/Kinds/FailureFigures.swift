import Files
import Images
import RunAnalyses
import Runs

/// Which signals tell that an image will fail: the area under the ROC curve of each, a panel an event.
enum FailureFigures {
  static let kind = FigureKind(text: "signals of failure", stems: ["failures"]) { source in
    let table = try source.required(FailureScoreColumns.file)
    let figures = try source.series.filter { $0.kind != nil }.compactMap {
      try figure(table.rows(where: FailureScoreColumns.noise == $0.tableName), $0)
    }
    guard !figures.isEmpty else { throw FigureLeftOut("failure_scores.csv has no area") }
    return figures
  }

  private static let events = [
    (name: "wrong", text: "A wrong answer"), (name: "flip", text: "Another answer than clean"),
  ]
  /// The signal that the others are compared with.
  private static let plain = "confidence"
  private static let alone = (color: "#0072B2", marker: 7, text: "needs the image alone")
  private static let paired = (color: "#D55E00", marker: 9, text: "needs its clean twin")

  private struct Score {
    let signal: String
    let level: Double?
    let needsClean: Bool
    let area: Double
    let interval: ClosedRange<Double>?
  }

  private static func scores(_ table: Table) throws -> [Score] {
    let signals = try table[FailureScoreColumns.signal]
    let (levels, areas) = (
      try table[FailureScoreColumns.level], try table[FailureScoreColumns.auroc]
    )
    let needs = try table[FailureScoreColumns.needsClean]
    let (lows, highs) = (
      try table.valuesIfKnown(FailureScoreColumns.aurocLow),
      try table.valuesIfKnown(FailureScoreColumns.aurocHigh)
    )
    return signals.indices.compactMap { row in
      guard let area = areas[row] else { return nil }
      var interval: ClosedRange<Double>?
      if let low = lows[row], let high = highs[row], low <= high { interval = low...high }
      return Score(
        signal: signals[row], level: levels[row],
        needsClean: ["yes", "true"].contains(needs[row]), area: area, interval: interval)
    }
  }

  private static func figure(_ table: Table, _ series: NoiseSeries) throws -> Figure? {
    let byEvent = try events.map { event in
      (event: event, scores: try scores(table.rows(where: FailureScoreColumns.event == event.name)))
    }.filter { !$0.scores.isEmpty }
    guard let first = byEvent.first else { return nil }
    // Best first by the first event, the same order in all panels.
    let means = first.scores.filter { $0.level == nil }
    let ranked = (means.isEmpty ? first.scores : means).sorted {
      ($1.area, $0.signal) < ($0.area, $1.signal)
    }
    let order = (ranked + byEvent.flatMap(\.scores)).map(\.signal).uniqued
    let areas = byEvent.flatMap {
      $0.scores.flatMap { [$0.area] + ($0.interval.map { [$0.lowerBound, $0.upperBound] } ?? []) }
    }
    let range = Scale.range(of: areas + [0.5, 1], margin: 0.03)
    let levels = first.scores.compactMap(\.level).uniqued.sorted()
    let colors = FigureStyle.levels(levels.count)
    let panels = byEvent.map { entry in
      var panel = panel(entry.scores, order, range)
      panel.title = entry.event.text
      for (level, color) in zip(levels, colors) {
        panel.plots.insert(
          .points(
            entry.scores.filter { $0.level == level }.compactMap { score in
              order.firstIndex(of: score.signal).map { [score.area, Double($0) + 0.28] }
            }, color: color, marker: 5, size: 0.2), at: 2)
      }
      return panel
    }
    let longest =
      order.map { TextWidth.points(text($0), size: FigureStyle.tickFontSize) }.max() ?? 0
    return Figure(
      name: "failures-\(series.name)", title: "What tells that an image will fail, \(series.text)",
      caption: caption(byEvent.flatMap(\.scores)),
      section: .failures, width: .twoColumns,
      layout: PanelLayout(
        columns: panels.count, panelHeight: 15 * Double(order.count) + 8, isHeightFixed: true,
        sharesVertical: true, leastPanelWidth: 110, left: 12 + longest, columnGap: 14, rowGap: 46),
      panels: panels,
      legend: [alone, paired].map {
        LegendEntry(text: $0.text, color: $0.color, mark: .point(marker: $0.marker))
      }
        + zip(levels, colors).map {
          LegendEntry(
            text: series.words?.level($0.shortestText) ?? $0.shortestText, color: $1,
            mark: .point(marker: 5))
        })
  }

  private static func caption(_ scores: [Score]) -> String {
    "The share of pairs of an image that fails and one that does not in which the signal is stronger at the one that "
      + "fails (area under the ROC curve), within levels"
      + (scores.contains { $0.interval != nil } ? ", with 95 % intervals" : "")
      + "; small squares are single levels. Dotted: guessing. Dashed: plain confidence, which the others have to be "
      + "better than."
  }

  private static func panel(
    _ scores: [Score], _ order: [String], _ range: ClosedRange<Double>
  ) -> Panel {
    var panel = Panel()
    let bottom = Double(order.count) - 0.3
    panel.x = Axis(
      label: "Area under the ROC curve", range: range, ticks: Scale.linear(range, count: 4))
    panel.y = Axis(
      range: -0.7...bottom,
      ticks: order.enumerated().map { Tick(value: Double($0), label: text($1)) },
      isReversed: true)
    panel.plots = [
      .line([[0.5, -0.7], [0.5, bottom]], color: FigureStyle.grey, width: 0.7, dash: 3)
    ]
    let means = scores.filter { $0.level == nil }
    let reference = means.first { $0.signal == plain }?.area
    panel.plots.append(
      .line(
        reference.map { [[$0, -0.7], [$0, bottom]] } ?? [], color: "#000000", width: 0.7, dash: 2))
    for (style, needsClean) in [(alone, false), (paired, true)] {
      let own = means.filter { $0.needsClean == needsClean }.compactMap { score in
        order.firstIndex(of: score.signal).map { (place: Double($0), score: score) }
      }
      panel.plots += [
        .line(
          own.flatMap { place, score -> [[Double]] in
            score.interval.map { [[$0.lowerBound, place], [$0.upperBound, place], []] } ?? []
          }, color: style.color, width: 0.8),
        .points(
          own.map { [$0.score.area, $0.place] }, color: style.color, marker: style.marker,
          size: 0.5),
      ]
    }
    return panel
  }

  private static func text(_ signal: String) -> String {
    let known = [
      "displacement": "displacement", "neighbor_loss": "lost neighbours",
      "margin_clean": "margin, clean", "margin": "margin",
      "confidence_clean": "confidence, clean", "confidence": "confidence",
      "dimension_clean": "local dimension, clean", "dimension": "local dimension",
      "predicted_distance": "distance to predicted class",
    ]
    return known[signal] ?? signal.replacing("_", with: " ")
  }
}
