import Files
import RunAnalyses
import Topology

/// Betti curves of all images: how many features live at each distance.
enum BettiCurveFigure {
  static func figure(
    _ series: NoiseSeries, _ clouds: [DiagramFigures.Cloud], _ dimensions: [Int]
  ) -> Figure {
    let panels = dimensions.map { dimension in
      let bars = clouds.map { $0.bars(dimension) }
      let highest = DiagramFigures.highest(bars.flatMap { $0 })
      var panel = Panel(title: DiagramFigures.text(dimension: dimension))
      let counts = bars.map { curve($0, to: 1.05 * highest) }
      panel.x = Axis(
        label: "Distance", range: 0...1.05 * highest, ticks: Scale.linear(0...highest, count: 5))
      let range = Scale.range(of: counts.flatMap { $0.map { $0[1] } }, from: 0)
      panel.y = Axis(
        label: "Betti number β" + String(DiagramFigures.text(dimension: dimension).dropFirst()),
        range: range, ticks: Scale.linear(range, count: 4))
      panel.plots = zip(counts, FigureStyle.levels(clouds.count)).map {
        .line($0, color: $1, steps: true)
      }
      return panel
    }
    return Figure(
      name: "betti-\(series.name)", title: "Betti curves of all images, \(series.text)",
      caption: "How many components (H₀), loops (H₁) and so on the Vietoris–Rips complex of all "
        + "embeddings has at each distance.\(series.seedSentence)",
      section: .topology, width: dimensions.count > 1 ? .twoColumns : .oneColumn,
      layout: PanelLayout(
        columns: dimensions.count, panelHeight: 130, leastPanelWidth: 90, left: 40, columnGap: 46,
        rowGap: 46),
      panels: panels, legend: series.legend(.line(dash: 1)))
  }

  /// The number of bars that hold each distance, birth included and death not, as steps: a row a change.
  ///
  /// Changes closer than a thousandth of the axis are one row: no eye tells them apart.
  static func curve(_ bars: [PersistenceBar], to end: Double) -> [[Double]] {
    var changes: [Double: Int] = [:]
    for bar in bars where bar.death > bar.birth {
      changes[bar.birth, default: 0] += 1
      if bar.death.isFinite { changes[bar.death, default: 0] -= 1 }
    }
    var rows: [[Double]] = []
    var count = 0
    var last = -Double.infinity
    for (place, change) in changes.sorted(by: { $0.key < $1.key }) where place <= end {
      count += change
      if place - last < end / 1000, !rows.isEmpty {
        rows[rows.count - 1][1] = Double(count)
      } else {
        rows.append([place, Double(count)])
        last = place
      }
    }
    if rows.first.map({ $0[0] > 0 }) ?? true { rows.insert([0, 0], at: 0) }
    return rows + [[end, Double(count)]]
  }
}
