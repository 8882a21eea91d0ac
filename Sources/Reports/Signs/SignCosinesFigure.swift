import Runs

/// The cosines of all pairs of signs, a panel a model.
enum SignCosinesFigure {
  static let kind = NamedFigure<RunDirectory>(
    text: "distributions of the cosines of signs", name: "cosines"
  ) { folder in
    let table = try folder.requiredTable(SimilarityColumns.file)
    let summary = try folder.requiredTable(SimilaritySummaryColumns.file)
    let names = try summary[SimilaritySummaryColumns.input]
    let means = try summary[SimilaritySummaryColumns.mean]
    let deviations = try summary[SimilaritySummaryColumns.deviation]
    let counts = try summary[SimilaritySummaryColumns.rows]
    let curves = try names.map { name in
      try outline(table.rows(where: SimilarityColumns.input == name))
    }
    let points = curves.flatMap { $0 }
    guard !points.isEmpty else { throw FigureLeftOut("no pair of signs was compared") }
    let range = Scale.range(of: points.map { $0[0] }, margin: 0.03)
    let panels = names.indices.map { place in
      let heights = Scale.range(of: curves[place].map { $0[1] }, from: 0, margin: 0.1)
      var panel = Panel(title: names[place])
      panel.subtitle =
        "µ = \(Quantity.distance.text(means[place]))"
        + (deviations[place].map { ", σ = \(Quantity.distance.text($0))" } ?? "")
      panel.subtitleColor = FigureStyle.grey
      panel.x = Axis(label: "Cosine", range: range, ticks: Scale.linear(range, count: 4))
      panel.y = Axis(
        label: place == 0 ? "Density" : "", range: heights, ticks: Scale.linear(heights, count: 4))
      let color = FigureStyle.color(ofClass: place)
      let mean = [[means[place], 0], [means[place], heights.upperBound]]
      panel.plots = [
        Plot(
          curves[place],
          "with filledcurves y=0 fs transparent solid 0.25 noborder fc rgb '\(color)'"),
        .line(curves[place], color: color),
        .line(mean, color: FigureStyle.grey, width: 0.7, dash: 3),
      ]
      return panel
    }
    return Figure(
      name: "cosines", title: "Cosines of all pairs of signs",
      caption:
        "How the cosines of all pairs of \(counts.max() ?? 0) distinct drawn signs are distributed, by each "
        + "model; dotted the mean µ, σ the standard deviation.",
      section: .signs, width: panels.count > 1 ? .twoColumns : .oneColumn,
      layout: PanelLayout(
        columns: min(panels.count, 3), panelHeight: 130, leastPanelWidth: 110, top: 22,
        columnGap: 34, rowGap: 52),
      panels: panels)
  }

  /// Rows of a bin's ends and its share of the pairs per unit of cosine, without empty bins at the ends.
  private static func outline(_ table: Table) throws -> [[Double]] {
    let (lows, highs) = (try table[SimilarityColumns.low], try table[SimilarityColumns.high])
    let counts = try table[SimilarityColumns.count].map(Double.init)
    let total = counts.reduce(0, +)
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 }), total > 0
    else { return [] }
    let bins = (first...last).filter { highs[$0] > lows[$0] }
    return [[lows[first], 0]]
      + bins.flatMap { bin in
        let height = counts[bin] / total / (highs[bin] - lows[bin])
        return [[lows[bin], height], [highs[bin], height]]
      } + [[highs[last], 0]]
  }
}
