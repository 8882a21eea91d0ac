import Files
import Topology

/// Persistence diagrams of the classes: a small panel a class, all levels overlaid.
enum ClassDiagramFigures {
  /// The most classes of a figure, and of one as narrow as a column.
  static let classLimit = 49
  static let narrowLimit = 21

  static let kind = FigureKind(
    text: "persistence diagrams of the classes", stems: ["diagrams-classes"]
  ) { source in
    let classes = source.run.classes
    let shown = Array(classes.prefix(source.isNarrow ? narrowLimit : classLimit))
    return try source.series.map { series in
      let bars = try shown.map { name in
        try series.conditions.map { try DiagramFigures.bars(source.run, class: name, $0) ?? [] }
      }
      guard bars.contains(where: { $0.contains { !$0.isEmpty } }) else {
        throw FigureLeftOut("the run directory has no diagrams of classes")
      }
      let highest = DiagramFigures.highest(bars.flatMap { $0.flatMap { $0 } })
      let columns = shown.count > 20 ? 7 : shown.count > 4 ? 5 : max(1, shown.count)
      let colors = FigureStyle.levels(series.conditions.count)
      let panels = zip(shown, bars).map { entry in
        var panel = Panel(
          title: GnuplotText.shortened(entry.0, to: columns > 5 ? 13 : 16), titleSize: 6.5)
        panel.y = DiagramFigures.deathAxis(highest, label: "Death")
        let ticks = Scale.linear(0...0.8 * highest, count: 2)
        panel.y.ticks = ticks + panel.y.ticks.suffix(1)
        panel.x = Axis(label: "Birth", range: panel.y.range, ticks: ticks)
        panel.plots = [
          DiagramFigures.diagonal(highest), DiagramFigures.infinityLine(highest, panel.y.range),
        ]
        for (own, color) in zip(entry.1, colors) {
          for dimension in Set(own.map(\.dimension)).sorted() {
            panel.plots.append(
              .points(
                DiagramFigures.points(
                  own.filter { $0.dimension == dimension }, highest, panel.y.range),
                color: color, marker: DiagramFigures.style(dimension: dimension).marker, size: 0.22)
            )
          }
        }
        return panel
      }
      let dimensions = Set(bars.flatMap { $0.flatMap { $0.map(\.dimension) } }).sorted()
      let left =
        shown.count < classes.count
        ? " The first \(shown.count) of \(classes.count) classes." : ""
      return Figure(
        name: "diagrams-classes-\(series.name)",
        title: "Persistence diagrams of the classes, \(series.text)",
        caption:
          "A panel a class, a colour a level, a marker a dimension; features on the dashed line "
          + "never die.\(left)\(series.seedSentence)",
        section: .topology, width: .twoColumns,
        layout: PanelLayout(
          columns: columns, sharesVertical: true, sharesHorizontal: true, leastPanelWidth: 48,
          columnGap: 8, rowGap: 17), panels: panels,
        legend: series.legend(.area)
          + dimensions.map {
            LegendEntry(
              text: DiagramFigures.text(dimension: $0), color: FigureStyle.grey,
              mark: .point(marker: DiagramFigures.style(dimension: $0).marker))
          })
    }
  }
}
