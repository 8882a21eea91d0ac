import Files
import RunAnalyses
import Runs
import Topology

/// Topology against accuracy: a panel a measure of change, a point a class and level.
enum TrackingFigures {
  /// The measures that are shown, as far as the tables have them, and their names.
  static let measures = [
    (TopologyMeasures.distance(.bottleneck, 0), "Bottleneck, H₀"),
    (TopologyMeasures.distance(.bottleneck, 1), "Bottleneck, H₁"),
    (TopologyMeasures.distance(.firstWasserstein, 0), "Wasserstein-1, H₀"),
    (
      TopologyMeasures.distance(.firstWasserstein, 0, scale: .median), "W-1, H₀, scale removed"
    ),
    (TopologyMeasures.distance(.firstWasserstein, 1), "Wasserstein-1, H₁"),
    (TopologyMeasures.totalPersistence(0), "Total persistence, H₀"),
    (GeometryAnalysis.alignmentLoss, "1 − CKA"),
    (GeometryAnalysis.neighborLoss, "1 − neighbour overlap"),
    (AnglesAnalysis.angle, "Subspace angle (rad)"),
  ]

  static let kind = FigureKind(text: "topology against accuracy", stems: ["link"]) { source in
    let changes = try source.required(ChangeColumns.file)
    let tracking = try source.run.table(TrackingColumns.file)
    let control = try source.control.table(TrackingColumns.file)
    let figures = try source.series.filter { $0.kind != nil }.compactMap {
      try figure($0, changes, tracking, control)
    }
    guard !figures.isEmpty else { throw FigureLeftOut("changes.csv has no change under noise") }
    return figures
  }

  private static func figure(
    _ series: NoiseSeries, _ changes: Table, _ tracking: Table?, _ control: Table?
  ) throws -> Figure? {
    let noisy = series.conditions.filter { $0.noise != nil }
    let colors = FigureStyle.levels(series.conditions.count).suffix(noisy.count)
    let levels = try noisy.map { try changes.rows(of: $0) }
    let drops = try levels.map { try $0[ChangeColumns.drop] }
    let allDrops = drops.flatMap { $0.compactMap { $0 } }.map { 100 * $0 }
    guard !allDrops.isEmpty else { return nil }
    let range = Scale.range(of: allDrops)
    var panels: [Panel] = []
    for (measure, text) in measures {
      let column = ChangeColumns.measure(measure)
      // Only what a run's analyses say is in its table.
      guard changes.has(column) else { continue }
      let points = try zip(levels, drops).map { level, drops in
        zip(try level[column], drops).compactMap { change, drop -> [Double]? in
          guard let change, let drop, change.isFinite else { return nil }
          return [change, 100 * drop]
        }
      }
      let values = points.flatMap { $0.map { $0[0] } }
      guard values.count > 1 else { continue }
      var panel = Panel(title: try estimate(tracking, series, measure) ?? "")
      panel.titleSize = FigureStyle.tickFontSize
      panel.subtitle =
        try estimate(control, series, measure).map { "control " + $0.dropFirst("ρ = ".count) } ?? ""
      let across = Scale.range(of: values)
      panel.x = Axis(label: text, range: across, ticks: Scale.linear(across, count: 4))
      panel.y = Axis(
        label: "Accuracy drop (points)", range: range, ticks: Scale.linear(range, count: 4))
      panel.plots = zip(points, zip(colors, FigureStyle.markers)).map {
        .points($0, color: $1.0, marker: $1.1, size: 0.35)
      }
      panels.append(panel)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: "link-\(series.name)",
      title: "Topological change against accuracy drop, \(series.text)",
      caption:
        "A point is a class at a level: how much its topology or geometry changed from the clean "
        + "images, and how much accuracy it lost. Where both grow with the level, the colours "
        + "together seem to go together whatever the classes do: ρ is Spearman's correlation within "
        + "levels, with its 95 % interval\(series.seedCount > 1 ? ", over all noise seeds; the points are of one" : "")."
        + (panels.contains { !$0.subtitle.isEmpty }
          ? " Below it the same of the control with random weights." : "")
        + series.seedSentence,
      section: .link, width: .twoColumns,
      layout: PanelLayout(
        columns: min(3, panels.count), panelHeight: 110, sharesVertical: true,
        leastPanelWidth: 76, left: 36, right: 6, top: 24, columnGap: 14, rowGap: 52),
      panels: panels,
      legend: zip(noisy, zip(colors, FigureStyle.markers)).map {
        LegendEntry(text: NoiseSeries.text($0), color: $1.0, mark: .point(marker: $1.1))
      })
  }

  /// Spearman's correlation within levels: `ρ = 0.31 [0.05, 0.52]`.
  private static func estimate(
    _ tracking: Table?, _ series: NoiseSeries, _ measure: ChangeMeasure
  ) throws -> String? {
    guard
      let rows = try tracking?.rows(
        where: TrackingColumns.group == nil, ConditionColumns.noise == series.tableName,
        TrackingColumns.scope == TrackedMeasure.Scope.within.rawValue,
        TrackingColumns.measure == measure.name,
        TrackingColumns.statistic == "spearman"),
      let estimate = try rows.first(TrackingColumns.estimate)
    else { return nil }
    var text = "ρ = " + Scale.decimal(estimate, 2)
    if let low = try rows.first(TrackingColumns.low),
      let high = try rows.first(TrackingColumns.high)
    {
      text += " [\(Scale.decimal(low, 2)), \(Scale.decimal(high, 2))]"
    }
    return text
  }
}
