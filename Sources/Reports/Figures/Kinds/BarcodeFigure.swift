import Files
import RunAnalyses
import Topology

/// Barcodes of all images: a panel a dimension and level.
enum BarcodeFigure {
  /// The most bars of a panel; more could not be told apart.
  static let barLimit = 100

  static func figure(
    _ series: NoiseSeries, _ clouds: [DiagramFigures.Cloud], _ dimensions: [Int]
  ) -> Figure {
    let highest = DiagramFigures.highest(clouds.flatMap(\.bars))
    let infinity = Scale.infinity(above: highest)
    let panels = dimensions.flatMap { dimension in
      clouds.enumerated().map { place, cloud in
        let bars = cloud.bars(dimension)
        let longest = longest(bars)
        var panel = Panel(
          title:
            "\(DiagramFigures.text(dimension: dimension)), \(NoiseSeries.text(cloud.condition))")
        panel.startsRow = place == 0
        panel.x = Axis(
          label: "Distance", range: 0...1.05 * infinity,
          ticks: Scale.linear(0...0.75 * infinity, count: 2) + [Tick(value: infinity, label: "∞")])
        panel.y = Axis(range: -1...Double(max(longest.count, 1)), isReversed: true)
        panel.border = 1
        panel.plots = [
          .line(
            [[infinity, -1], [infinity, Double(max(longest.count, 1))]], color: FigureStyle.grey,
            width: 0.6, dash: 2)
        ]
        let rows = longest.enumerated().map { place, bar in
          [
            bar.birth, Double(place),
            (bar.death.isFinite ? bar.death : 1.05 * infinity) - bar.birth,
            0,
          ]
        }
        panel.plots.append(
          Plot(
            rows,
            "with vectors nohead lw 0.9 lc rgb '\(DiagramFigures.style(dimension: dimension).color)'"
          ))
        return panel
      }
    }
    let counts = dimensions.map { dimension in
      let all = clouds.map { $0.bars(dimension).count }
      let (fewest, most) = (all.min() ?? 0, all.max() ?? 0)
      return DiagramFigures.text(dimension: dimension)
        + (fewest == most ? ": \(most)" : ": \(fewest) to \(most)")
    }
    // Five panels beside each other have no room for their titles.
    let columns = min(DiagramFigures.columns(clouds.count), 4)
    let rows = dimensions.count * ((clouds.count + columns - 1) / columns)
    return Figure(
      name: "barcodes-\(series.name)", title: "Barcodes of all images, \(series.text)",
      caption:
        "A bar runs from the distance at which a feature is born to that at which it dies; bars "
        + "that cross the dashed line at ∞ never die. Of each diagram the longest \(barLimit) at most are "
        + "shown, by birth and then death (bars in all: \(counts.joined(separator: ", "))).\(series.seedSentence)",
      section: .topology, width: .twoColumns,
      layout: PanelLayout(
        columns: columns, panelHeight: max(56, min(130, 560 / Double(rows) - 24)),
        sharesHorizontal: true, leastPanelWidth: 76, left: 12, right: 8, columnGap: 14, rowGap: 24),
      panels: panels)
  }

  /// The longest bars, by birth and then death.
  static func longest(_ bars: [PersistenceBar]) -> [PersistenceBar] {
    func length(_ bar: PersistenceBar) -> Double { bar.death - bar.birth }
    return bars.sorted { length($0) > length($1) }.prefix(barLimit)
      .sorted { ($0.birth, $0.death) < ($1.birth, $1.death) }
  }
}
