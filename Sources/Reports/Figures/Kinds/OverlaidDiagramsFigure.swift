import Analyses
import Files
import RunAnalyses
import Runs
import Topology

/// The diagrams of all levels in one panel a dimension.
enum OverlaidDiagramsFigure {
  static func figure(
    _ series: NoiseSeries, _ clouds: [DiagramFigures.Cloud], _ dimensions: [Int]
  ) -> Figure {
    let panels = dimensions.map { dimension in
      dimension == 0 ? deaths(clouds, series) : diagram(clouds, dimension)
    }
    return Figure(
      name: "diagrams-overlaid-\(series.name)",
      title: "Persistence diagrams, all levels together, \(series.text)",
      caption:
        "Components (H₀) are all born at 0: their deaths are drawn beside each other, a column a "
        + "level, the bar at the median. Higher dimensions as (birth, death) points, a colour a level. "
        + "Features on the dashed line never die.\(series.seedSentence)",
      section: .topology, width: dimensions.count > 1 ? .twoColumns : .oneColumn,
      layout: PanelLayout(
        columns: dimensions.count, panelHeight: 190, leastPanelWidth: 120, columnGap: 44,
        rowGap: 46),
      panels: panels, legend: series.legend(.point(marker: 7)))
  }

  private static func deaths(
    _ clouds: [DiagramFigures.Cloud], _ series: NoiseSeries
  ) -> Panel {
    let bars = clouds.map { $0.bars(0) }
    let highest = DiagramFigures.highest(bars.flatMap { $0 })
    var panel = Panel(title: DiagramFigures.text(dimension: 0))
    panel.x = Axis(
      label: series.axisLabel, range: -0.6...Double(clouds.count) - 0.4,
      ticks: clouds.enumerated().map {
        Tick(
          value: Double($0),
          label: $1.condition.noise == nil ? "clean" : $1.condition.level.shortestText)
      })
    panel.y = DiagramFigures.deathAxis(highest, label: "Death")
    panel.plots = [DiagramFigures.infinityLine(highest, panel.x.range)]
    for (index, (own, color)) in zip(bars, FigureStyle.levels(clouds.count)).enumerated() {
      let finite = own.map(\.death).filter(\.isFinite)
      // Spread by the golden ratio: even, and the same at every drawing.
      let points = own.enumerated().map { place, bar in
        let spread = (Double(place) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
        return [
          Double(index) + 0.56 * (spread - 0.5),
          bar.death.isFinite ? bar.death : Scale.infinity(above: highest),
        ]
      }
      panel.plots.append(
        .points(
          Scale.thinned(points, x: panel.x.range, y: panel.y.range), color: color, size: 0.18))
      if let median = finite.median {
        panel.plots.append(
          .line(
            [[Double(index) - 0.4, median], [Double(index) + 0.4, median]], color: "#000000",
            width: 1.4))
      }
    }
    return panel
  }

  private static func diagram(_ clouds: [DiagramFigures.Cloud], _ dimension: Int) -> Panel {
    let bars = clouds.map { $0.bars(dimension) }
    let highest = DiagramFigures.highest(bars.flatMap { $0 })
    var panel = Panel(title: DiagramFigures.text(dimension: dimension))
    panel.y = DiagramFigures.deathAxis(highest, label: "Death")
    panel.x = Axis(label: "Birth", range: panel.y.range, ticks: Scale.linear(0...highest, count: 4))
    panel.plots = [
      DiagramFigures.diagonal(highest), DiagramFigures.infinityLine(highest, panel.y.range),
    ]
    for (own, color) in zip(bars, FigureStyle.levels(clouds.count)) {
      panel.plots.append(
        .points(
          DiagramFigures.points(own, highest, panel.y.range), color: color, size: 0.2))
    }
    return panel
  }
}
