import Files
import RunAnalyses
import Runs
import Topology

/// Distances between the clean and the noisy diagrams against the level.
enum DistanceFigures {
  static let kind = FigureKind(text: "distances against the level", stems: ["distances"]) {
    source in
    let table = try source.required(DistanceColumns.file)
      .rows(where: DistanceColumns.scale == DiagramScale.none.rawValue)
    let figures = try source.series.filter { $0.kind != nil }.compactMap { try figure(table, $0) }
    guard !figures.isEmpty else { throw FigureLeftOut("distances.csv has no distance of a noise") }
    return figures
  }

  private static let metrics = [
    (metric: DiagramMetric.bottleneck, text: "Bottleneck"),
    (metric: .firstWasserstein, text: "Wasserstein, order 1"),
    (metric: .secondWasserstein, text: "Wasserstein, order 2"),
  ]

  private static func figure(_ table: Table, _ series: NoiseSeries) throws -> Figure? {
    let own = try table.rows(where: ConditionColumns.noise == series.tableName)
    let dimensions = try Set(own[DistanceColumns.dimension]).sorted()
    guard !dimensions.isEmpty else { return nil }
    let ofAll = try own.rows(where: DistanceColumns.scope == Scope.allName)
    let noisy = series.conditions.filter { $0.noise != nil }
    var hasReference = false
    var panels: [Panel] = []
    for (metric, text) in metrics {
      var panel = Panel(title: text)
      var highest = 0.0
      for dimension in dimensions {
        let rows = try rows(ofAll, metric, dimension)
        var points = [[0.0, 0.0]]
        for condition in noisy {
          if let distance = try rows.rows(of: condition).first(DistanceColumns.distance),
            distance.isFinite
          {
            points.append([condition.level, distance])
          }
        }
        highest = max(highest, points.map { $0[1] }.max() ?? 0)
        let style = DiagramFigures.style(dimension: dimension)
        // Older versions did not halve the clean images.
        if let halves = try rows.firstIfKnown(DistanceColumns.betweenHalves), halves.isFinite {
          hasReference = true
          highest = max(highest, halves)
          panel.plots.append(
            .line(
              [
                [series.levelAxis.range.lowerBound, halves],
                [series.levelAxis.range.upperBound, halves],
              ],
              color: style.color, width: 0.7, dash: 3))
        }
        panel.plots += [
          .line(points, color: style.color),
          .points(points, color: style.color, marker: style.marker, size: 0.45),
        ]
      }
      panels.append(
        finished(panel, series, highest, label: panels.isEmpty ? "Distance, all images" : ""))
    }
    let hasClasses = ofAll.count < own.count
    if hasClasses {
      for (metric, text) in metrics {
        var panel = Panel(title: text)
        var highest = 0.0
        for (place, dimension) in dimensions.enumerated() {
          let rows = try rows(own, metric, dimension)
          var points = [[0.0, 0.0, 0.0, 0.0]]
          // Side by side, so that the bars of two dimensions are not on each other.
          let shift =
            0.012 * (Double(place) - Double(dimensions.count - 1) / 2)
            * (series.levelAxis.range.upperBound - series.levelAxis.range.lowerBound)
          for condition in noisy {
            let level = try rows.rows(of: condition)
            let distances = zip(
              try level[DistanceColumns.scope], try level[DistanceColumns.distance]
            )
            .compactMap { $0 == Scope.allName ? nil : $1 }.filter(\.isFinite).sorted()
            guard !distances.isEmpty else { continue }
            points.append(
              [condition.level + shift, 0.5, 0.25, 0.75].enumerated().map {
                $0 == 0 ? $1 : quantile(distances, $1)
              })
          }
          highest = max(highest, points.map { $0[3] }.max() ?? 0)
          let style = DiagramFigures.style(dimension: dimension)
          panel.plots += [
            .line(points.map { [$0[0], $0[1]] }, color: style.color),
            .intervals(points, color: style.color),
            .points(
              points.map { [$0[0], $0[1]] }, color: style.color, marker: style.marker, size: 0.45),
          ]
        }
        panels.append(
          finished(panel, series, highest, label: panels.count == 3 ? "Distance, classes" : ""))
      }
    }
    return Figure(
      name: "distances-\(series.name)",
      title: "Distance of the diagrams from the clean ones, \(series.text)",
      caption: "Distances between persistence diagrams of clean and noisy embeddings."
        + (hasClasses
          ? " Below: the median over classes, bars from the first to the third quartile." : "")
        + (hasReference
          ? " Dotted: the mean distance between the diagrams of random halves of the clean images, what "
            + "sampling alone makes." : "") + series.seedSentence,
      section: .topology, width: .twoColumns,
      layout: PanelLayout(columns: 3, panelHeight: 100, left: 44, columnGap: 40, rowGap: 44),
      panels: panels,
      legend: dimensions.map {
        let style = DiagramFigures.style(dimension: $0)
        return LegendEntry(
          text: DiagramFigures.text(dimension: $0), color: style.color,
          mark: .both(marker: style.marker, dash: 1))
      })
  }

  private static func rows(
    _ table: Table, _ metric: DiagramMetric, _ dimension: Int
  ) throws -> Table {
    try table.rows(
      where: DistanceColumns.metric == metric.name.rawValue, DistanceColumns.order == metric.order,
      DistanceColumns.dimension == dimension)
  }

  private static func finished(
    _ panel: Panel, _ series: NoiseSeries, _ highest: Double, label: String
  ) -> Panel {
    var panel = panel
    panel.x = series.levelAxis
    let range = Scale.range(of: [0, highest > 0 ? highest : 1], from: 0)
    panel.y = Axis(label: label, range: range, ticks: Scale.linear(range, count: 4))
    return panel
  }

  /// The quantile of ascending numbers, between neighbours in proportion.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[index] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
