import Files
import RunAnalyses
import Runs

/// Single-linkage trees of the classes' means, a panel a level, the classes of all in the order of the first.
enum MergeTreeFigures {
  /// The most classes whose names can be read beside a tree.
  static let nameLimit = 80
  private static let stayed = "#0072B2"
  private static let moved = "#D55E00"

  static let kind = FigureKind(text: "merge trees of the classes", stems: ["merging"]) { source in
    let table = try source.required(MergeColumns.file)
    return try source.series.compactMap { series in
      let merges = try series.conditions.compactMap {
        condition -> (Condition, [MergeTree.Merge])? in
        let rows = try table.rows(of: condition)
        let pairs = zip(try rows[MergeColumns.firstClass], try rows[MergeColumns.secondClass])
        let merges = zip(pairs, try rows[MergeColumns.height]).map {
          MergeTree.Merge(first: $0.0, second: $0.1, height: $1)
        }
        return merges.isEmpty ? nil : (condition, merges)
      }
      guard let first = merges.first else { return nil }
      let start = MergeTree(first.1)
      let trees = merges.map {
        (condition: $0.0, tree: MergeTree($0.1, order: start.leaves, movedFrom: start))
      }
      return figure(series, trees)
    }
  }

  private static func figure(
    _ series: NoiseSeries, _ trees: [(condition: Condition, tree: MergeTree)]
  ) -> Figure {
    let names = trees.map(\.tree.leaves).max { $0.count < $1.count } ?? []
    let highest = trees.map(\.tree.height).max() ?? 1
    let isNamed = names.count <= nameLimit
    let hasMovers = trees.contains { !$0.tree.movers.isEmpty }
    let panels = trees.map { condition, tree in
      var panel = Panel(title: NoiseSeries.text(condition))
      let range = 0...1.04 * max(highest, 1e-9)
      panel.x = Axis(label: "Distance", range: range, ticks: Scale.linear(range, count: 2))
      panel.y = Axis(range: -0.7...Double(names.count) - 0.3, isReversed: true)
      panel.y.tickFontSize = FigureStyle.leastFontSize
      if isNamed {
        panel.y.ticks = names.enumerated().map {
          Tick(value: Double($0), label: GnuplotText.shortened($1, to: 15))
        }
      }
      panel.border = 1
      panel.plots = [
        .line(tree.lines, color: stayed, width: 0.7),
        .line(tree.moverLines, color: moved, width: 1.1),
        .points(tree.moverLines.filter { $0.first == 0 }, color: moved, size: 0.3),
      ]
      if hasMovers, condition != trees[0].condition {
        panel.subtitleColor = moved
        panel.subtitle = tree.movers.isEmpty ? "none moved" : "\(tree.movers.count) moved"
      }
      return panel
    }
    let longest =
      panels.flatMap { $0.y.ticks.map(\.label) }
      .map { TextWidth.points($0, size: FigureStyle.leastFontSize) }.max() ?? 0
    let start = NoiseSeries.text(trees[0].condition)
    return Figure(
      name: "merging-\(series.name)", title: "Which classes merge, \(series.text)",
      caption: "Single-linkage trees of the classes' mean embeddings: two branches join at the "
        + "smallest distance between them, as components do in H₀. The classes of all levels are in the order of "
        + "the tree of \(start), so that lines that cross are changes; one scale for all levels."
        + (hasMovers
          ? " Orange: classes that moved, whose first merge is with none of the classes that they first "
            + "merged with in the tree of \(start)." : "")
        + series.seedSentence,
      section: .merging, width: .twoColumns,
      layout: PanelLayout(
        columns: DiagramFigures.columns(trees.count),
        // Thousands of classes are more lines than any image is high.
        panelHeight: max(60, isNamed ? 7 * Double(names.count) : min(3 * Double(names.count), 700)),
        isHeightFixed: true, sharesVertical: true, leastPanelWidth: 70, left: 12 + longest,
        top: hasMovers ? 24 : 14, columnGap: 12, rowGap: hasMovers ? 56 : 46),
      panels: panels,
      legend: hasMovers
        ? [
          LegendEntry(text: "as in the first tree", color: stayed, mark: .line(dash: 1)),
          LegendEntry(text: "moved", color: moved, mark: .both(marker: 7, dash: 1)),
        ] : [])
  }
}
