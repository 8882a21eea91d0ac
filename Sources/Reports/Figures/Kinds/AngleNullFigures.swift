import Analyses
import Files
import RunAnalyses
import Runs

/// The angles of all pairs of classes level by level, beside those of random planes, the closest pair named.
enum AngleNullFigures {
  /// The most levels that have room for names.
  private static let nameLimit = 10

  static let kind = FigureKind(
    text: "subspace angles against random planes", stems: ["angles-null"]
  ) { source in
    let figures = try source.series.compactMap { series -> Figure? in
      let maps = try AngleMap.all(source.run, series).filter { !$0.pairs.isEmpty }
      return maps.isEmpty || maps.allSatisfy(\.nulls.isEmpty) ? nil : figure(series, maps)
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("\(AngleHeatMapColumns.file.pattern.text) names no random planes")
    }
    return figures
  }

  private static func figure(_ series: NoiseSeries, _ maps: [AngleMap]) -> Figure {
    let all = maps.flatMap { $0.means + $0.nulls }
    let range = rounded(Scale.range(of: all, margin: 0.02))
    // Room below for names.
    let low = range.lowerBound - 0.14 * (range.upperBound - range.lowerBound)
    var panel = Panel()
    panel.x = Axis(
      label: series.axisLabel, range: -0.6...Double(maps.count) - 0.4,
      ticks: maps.enumerated().map {
        Tick(
          value: Double($0),
          label: $1.condition.noise == nil ? "clean" : $1.condition.level.shortestText)
      })
    panel.y = Axis(
      label: "Mean principal angle (°)", range: low...range.upperBound,
      ticks: Scale.linear(range, count: 5))
    let colors = FigureStyle.levels(maps.count)
    for (place, (map, color)) in zip(maps, colors).enumerated() {
      let middle = Double(place)
      if let least = map.nulls.min(), let most = map.nulls.max(), let median = map.nulls.median {
        panel.plots += [
          .band(
            from: middle - 0.46, to: middle + 0.46, low: least, high: most, color: "#C8C8C8"),
          .line(
            [[middle - 0.46, median], [middle + 0.46, median]], color: FigureStyle.grey, width: 0.8,
            dash: 2),
        ]
      }
      // Spread by the golden ratio: even, and the same at every drawing.
      let points = map.means.enumerated().map { number, mean in
        let spread = (Double(number) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
        return [middle + 0.6 * (spread - 0.5), mean]
      }
      panel.plots.append(
        .points(
          Scale.thinned(points, x: panel.x.range, y: panel.y.range), color: color, size: 0.16))
      if let median = map.means.median {
        panel.plots.append(
          .line(
            [[middle - 0.36, median], [middle + 0.36, median]], color: "#000000", width: 1.4))
      }
      if maps.count <= nameLimit, let closest = map.closest {
        for (line, name) in closest.classes.enumerated() {
          let below = 0.035 + 0.05 * Double(line)
          panel.labels.append(
            PanelLabel(
              text: GnuplotText.shortened(name, to: 11), x: middle,
              y: closest.mean - below * (panel.y.range.upperBound - low), isOnAxes: true,
              alignment: .center, size: FigureStyle.leastFontSize))
        }
      }
    }
    return Figure(
      name: "angles-null-\(series.name)",
      title: "Angles between the classes' subspaces beside random planes, \(series.text)",
      caption:
        "A point is a pair of classes: the mean principal angle of their subspaces; the black bar is the "
        + "median."
        + (maps.count <= nameLimit ? " The closest two classes of each level are named." : "")
        + " Grey: what random planes of the pairs' dimensions have, dashed its median. At an angle of random "
        + "planes, two classes share no direction.\(series.seedSentence)",
      section: .geometry, width: maps.count > 4 ? .twoColumns : .oneColumn,
      layout: PanelLayout(columns: 1, panelHeight: 150), panels: [panel],
      legend: [
        LegendEntry(text: "pairs of classes", color: colors[0], mark: .point(marker: 7)),
        LegendEntry(text: "random planes", color: "#C8C8C8", mark: .area),
      ])
  }

  /// A range that rounding alone makes is none.
  private static func rounded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    range.upperBound - range.lowerBound > 0.01
      ? range : range.lowerBound - 0.5...range.lowerBound + 0.5
  }
}
