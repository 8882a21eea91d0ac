import Runs

/// The scores of pairs, of images with captions of others, and of the pairs that were kept.
enum ScoreDistributionFigure {
  static let kind = NamedFigure<ReportedScores>(
    text: "distribution of scores", name: "scores"
  ) { scores in
    let bins = try Bins(scores.required(ScoreDistributionColumns.file))
    let (matched, shuffled) = (bins.outline(bins.matched), bins.outline(bins.shuffled))
    guard !matched.isEmpty else { throw FigureLeftOut("no pair has a score") }
    let kept = bins.kept.map { bins.outline($0, share: bins.matched.reduce(0, +)) } ?? []
    var panel = Panel()
    let range = Scale.range(of: (matched + shuffled).map { $0[0] }, margin: 0.03)
    let heights = Scale.range(of: (matched + shuffled).map { $0[1] }, from: 0)
    panel.x = Axis(label: "Score", range: range, ticks: Scale.linear(range))
    panel.y = Axis(label: "Density", range: heights, ticks: Scale.linear(heights, count: 4))
    var legend = [LegendEntry(text: "pairs", color: matchedColor, mark: .line(dash: 1))]
    if !shuffled.isEmpty {
      legend.append(LegendEntry(text: "shuffled", color: shuffledColor, mark: .line(dash: 2)))
    }
    if !kept.isEmpty {
      panel.plots.append(
        Plot(
          kept, "with filledcurves y=0 fs solid noborder fc rgb '\(keptColor)'"))
      legend.append(LegendEntry(text: "kept", color: keptColor, mark: .area))
    }
    if !shuffled.isEmpty { panel.plots.append(.line(shuffled, color: shuffledColor, dash: 2)) }
    panel.plots.append(.line(matched, color: matchedColor))
    return Figure(
      name: "scores", title: "Scores of the pairs",
      caption: caption(scores, hasShuffled: !shuffled.isEmpty, hasKept: !kept.isEmpty),
      section: .pairScores, width: .oneColumn,
      layout: PanelLayout(columns: 1, panelHeight: 130), panels: [panel], legend: legend)
  }

  private static let matchedColor = "#0072B2"
  private static let shuffledColor = "#D55E00"
  private static let keptColor = "#A9CDE6"

  private static func caption(
    _ scores: ReportedScores, hasShuffled: Bool, hasKept: Bool
  ) -> String {
    var text = "The distribution of 100 times the cosine of an image and its caption"
    text += hasShuffled ? ", and of images with captions of others (dashed)." : "."
    if let area = scores.summary[ScoreSummary.areaUnderCurve] {
      let interval = area.interval.map { " (95 % interval \(area.quantity.range($0)))" } ?? ""
      text += " The area under the curve is \(area.quantity.text(area.estimate))\(interval)."
    }
    return text + (hasKept ? " Filled: the pairs that were kept." : "")
  }

  /// The most bins that a figure of a column's width can show.
  private static let mostBins = 5_000

  /// The histogram.
  private struct Bins {
    let low: [Double]
    let high: [Double]
    let matched: [Int]
    let shuffled: [Int]
    /// Nil where no pairs were kept apart.
    let kept: [Int]?

    init(_ table: Table) throws {
      guard table.count <= mostBins else {
        throw FigureLeftOut(
          "\(ScoreDistributionColumns.file.pattern.text) has more than \(mostBins) bins")
      }
      // Bins are drawn from the left, whatever the order of the lines.
      let lows = try table[ScoreDistributionColumns.low]
      let order = lows.indices.sorted { (lows[$0], $0) < (lows[$1], $1) }
      func sorted<Value>(_ values: [Value]) -> [Value] { order.map { values[$0] } }
      low = sorted(lows)
      high = sorted(try table[ScoreDistributionColumns.high])
      matched = sorted(try table[ScoreDistributionColumns.matched])
      shuffled = sorted(try table[ScoreDistributionColumns.shuffled])
      let kept = sorted(try table.valuesIfKnown(ScoreDistributionColumns.kept))
      self.kept = kept.contains { $0 != nil } ? kept.map { $0 ?? 0 } : nil
    }

    /// The outline of a histogram, as the share of `share` per unit of score; empty without counts.
    func outline(_ counts: [Int], share: Int? = nil) -> [[Double]] {
      let total = Double(share ?? counts.reduce(0, +))
      guard let first = counts.firstIndex(where: { $0 > 0 }),
        let last = counts.lastIndex(where: { $0 > 0 }), total > 0
      else { return [] }
      var rows = [[low[first], 0]]
      for bin in first...last where high[bin] > low[bin] {
        let height = Double(counts[bin]) / total / (high[bin] - low[bin])
        rows += [[low[bin], height], [high[bin], height]]
      }
      return rows + [[high[last], 0]]
    }
  }
}
