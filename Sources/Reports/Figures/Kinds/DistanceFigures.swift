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
    let hasClasses = ofAll.count < own.count
    let hasReference = try metrics.contains { metric, _ in
      try dimensions.contains { try halves(rows(ofAll, metric, $0)) != nil }
    }
    let hasBand = ofAll.has(DistanceColumns.betweenHalvesHigh)
    var panels = try metrics.map { metric, text in
      try clouds(ofAll, metric, dimensions, series, title: text)
    }
    panels[0].y.label = "Distance, all images"
    panels[0].startsRow = true
    if hasClasses {
      panels += try metrics.map { metric, text in
        try classes(own, metric, dimensions, series, title: text)
      }
      panels[metrics.count].y.label = "Distance, classes"
      panels[metrics.count].startsRow = true
    }
    return Figure(
      name: "distances-\(series.name)",
      title: "Distance of the diagrams from the clean ones, \(series.text)",
      caption: "Distances between persistence diagrams of clean and noisy embeddings."
        + (hasClasses
          ? " Below: the median over classes, bars from the first to the third quartile." : "")
        + (hasReference
          ? " Dotted: the mean distance between the diagrams of random halves of the clean images, what "
            + "sampling alone makes"
            + (hasBand
              ? "; shaded: where 95 % of such distances lie, so that only a curve above it shows more."
              : ".")
          : "") + series.seedSentence,
      section: .topology, width: .twoColumns,
      layout: PanelLayout(
        columns: 3, panelHeight: 100, leastPanelWidth: 70, left: 44, columnGap: 40, rowGap: 46),
      panels: panels,
      legend: dimensions.map {
        let style = DiagramFigures.style(dimension: $0)
        return LegendEntry(
          text: DiagramFigures.text(dimension: $0), color: style.color,
          mark: .both(marker: style.marker, dash: 1))
      })
  }

  /// A curve a dimension of the distances of the cloud of all images, and what sampling alone makes.
  private static func clouds(
    _ table: Table, _ metric: DiagramMetric, _ dimensions: [Int], _ series: NoiseSeries,
    title: String
  ) throws -> Panel {
    var panel = Panel(title: title)
    var highest = 0.0
    for dimension in dimensions {
      let rows = try rows(table, metric, dimension)
      var points = [[0.0, 0.0]]
      for condition in series.conditions where condition.noise != nil {
        if let distance = try rows.rows(of: condition).first(DistanceColumns.distance),
          distance.isFinite
        {
          points.append([condition.level, distance])
        }
      }
      let style = DiagramFigures.style(dimension: dimension)
      if let halves = try halves(rows) {
        highest = max(highest, halves)
        let range = series.levelAxis.range
        if let low = try rows.firstIfKnown(DistanceColumns.betweenHalvesLow),
          let high = try rows.firstIfKnown(DistanceColumns.betweenHalvesHigh), low.isFinite,
          high.isFinite
        {
          highest = max(highest, high)
          panel.plots.append(
            .band(
              from: range.lowerBound, to: range.upperBound, low: low, high: high,
              color: style.color, opacity: 0.15))
        }
        panel.plots.append(
          .line(
            [[range.lowerBound, halves], [range.upperBound, halves]], color: style.color,
            width: 0.7, dash: 3))
      }
      highest = max(highest, points.map { $0[1] }.max() ?? 0)
      panel.plots += [
        .line(points, color: style.color),
        .points(points, color: style.color, marker: style.marker, size: 0.45),
      ]
    }
    return finished(panel, series, highest)
  }

  /// A curve a dimension of the median over classes, with bars from the first to the third quartile.
  private static func classes(
    _ table: Table, _ metric: DiagramMetric, _ dimensions: [Int], _ series: NoiseSeries,
    title: String
  ) throws -> Panel {
    var panel = Panel(title: title)
    var highest = 0.0
    let range = series.levelAxis.range
    for (place, dimension) in dimensions.enumerated() {
      let rows = try rows(table, metric, dimension)
      var points = [[0.0, 0.0, 0.0, 0.0]]
      // Side by side, so that the bars of two dimensions are not on each other.
      let shift =
        0.012 * (Double(place) - Double(dimensions.count - 1) / 2)
        * (range.upperBound - range.lowerBound)
      for condition in series.conditions where condition.noise != nil {
        let level = try rows.rows(of: condition)
        let distances = zip(
          try level[DistanceColumns.scope], try level[DistanceColumns.distance]
        )
        .compactMap { $0 == Scope.allName ? nil : $1 }.filter(\.isFinite).sorted()
        guard !distances.isEmpty else { continue }
        points.append(
          [condition.level + shift] + [0.5, 0.25, 0.75].map { quantile(distances, $0) })
      }
      highest = max(highest, points.map { $0[3] }.max() ?? 0)
      let style = DiagramFigures.style(dimension: dimension)
      let medians = points.map { [$0[0], $0[1]] }
      panel.plots += [
        .line(medians, color: style.color), .intervals(points, color: style.color),
        .points(medians, color: style.color, marker: style.marker, size: 0.45),
      ]
    }
    return finished(panel, series, highest)
  }

  /// The distance between random halves of the clean cloud; nil in a table of an older version, which did not
  /// halve it.
  private static func halves(_ rows: Table) throws -> Double? {
    try rows.firstIfKnown(DistanceColumns.betweenHalves).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func rows(
    _ table: Table, _ metric: DiagramMetric, _ dimension: Int
  ) throws -> Table {
    try table.rows(
      where: DistanceColumns.metric == metric.name.rawValue, DistanceColumns.order == metric.order,
      DistanceColumns.dimension == dimension)
  }

  private static func finished(
    _ panel: Panel, _ series: NoiseSeries, _ highest: Double
  ) -> Panel {
    var panel = panel
    panel.x = series.levelAxis
    let range = Scale.range(of: [0, highest > 0 ? highest : 1], from: 0)
    panel.y = Axis(range: range, ticks: Scale.linear(range, count: 4))
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
