import Files
import RunAnalyses
import Runs

/// Single-linkage trees of the classes' means, a panel a level.
enum MergeTreeFigures {
  /// The most classes whose names can be read beside a tree.
  static let nameLimit = 80

  static let kind = FigureKind(text: "merge trees of the classes", stems: ["merging"]) { source in
    let table = try source.required(MergeColumns.file)
    return try source.series.compactMap { series in
      let trees = try series.conditions.compactMap { condition -> (String, Tree)? in
        let rows = try table.rows(of: condition)
        let pairs = zip(try rows[MergeColumns.firstClass], try rows[MergeColumns.secondClass])
        let merges = zip(pairs, try rows[MergeColumns.height]).map { ($0.0, $0.1, $1) }
        return merges.isEmpty ? nil : (NoiseSeries.text(condition), Tree(merges))
      }
      guard let most = trees.map(\.1.leaves.count).max() else { return nil }
      let highest = trees.map(\.1.height).max() ?? 1
      let isNamed = most <= nameLimit
      let columns = DiagramFigures.columns(trees.count)
      let panels = trees.map { title, tree in
        var panel = Panel(title: title)
        let range = 0...1.04 * max(highest, 1e-9)
        panel.x = Axis(label: "Distance", range: range, ticks: Scale.linear(range, count: 2))
        panel.y = Axis(range: -0.7...Double(most) - 0.3, isReversed: true)
        panel.border = 1
        panel.plots = [.line(tree.lines, color: "#0072B2", width: 0.8)]
        if isNamed {
          panel.labels = tree.leaves.enumerated().map { place, name in
            PanelLabel(
              text: GnuplotText.shortened(name, to: 15), x: -0.02 * range.upperBound,
              y: Double(place), isOnAxes: true, alignment: .right, size: 6)
          }
        }
        return panel
      }
      let names = isNamed ? 62.0 : 8
      return Figure(
        name: "merging-\(series.name)", title: "Which classes merge, \(series.text)",
        caption: "Single-linkage trees of the classes' mean embeddings: two branches join at the "
          + "smallest distance between them, as components do in H₀. Order of the classes by tree, one "
          + "scale for all levels.\(series.seedSentence)",
        section: .merging, width: .twoColumns,
        layout: PanelLayout(
          columns: columns,
          // Thousands of classes are more lines than any image is high.
          panelHeight: max(60, isNamed ? 7 * Double(most) : min(3 * Double(most), 700)),
          left: names,
          columnGap: names + 6, rowGap: 44),
        panels: panels)
    }
  }

  /// A tree by its merges.
  struct Tree: Sendable {
    /// The classes, so ordered that no lines cross.
    let leaves: [String]
    /// The lines of (height, place), empty rows between them.
    let lines: [[Double]]
    /// The height of the last merge.
    let height: Double

    private struct Branch {
      var leaves: [String]
      /// Merges inside, as places of branches that count from the branch's first leaf.
      var merges:
        [(
          height: Double, low: (place: Double, height: Double),
          high: (place: Double, height: Double)
        )]
      var place: Double
      var height: Double
    }

    /// The tree of merges (class, class, height), ascending; classes stand for the branches they are in.
    init(_ merges: [(String, String, Double)]) {
      var branches: [Branch] = []
      var branch: [String: Int] = [:]
      func index(_ name: String, _ branches: inout [Branch]) -> Int {
        if let index = branch[name] { return index }
        branches.append(Branch(leaves: [name], merges: [], place: 0, height: 0))
        branch[name] = branches.count - 1
        return branches.count - 1
      }
      for (a, b, height) in merges {
        let (first, second) = (index(a, &branches), index(b, &branches))
        guard first != second else { continue }
        let shift = Double(branches[first].leaves.count)
        var joined = branches[first]
        let other = branches[second]
        joined.leaves += other.leaves
        joined.merges += other.merges.map {
          (
            $0.height, ($0.low.place + shift, $0.low.height),
            ($0.high.place + shift, $0.high.height)
          )
        }
        joined.merges.append(
          (
            height, (branches[first].place, branches[first].height),
            (other.place + shift, other.height)
          ))
        joined.place = (branches[first].place + other.place + shift) / 2
        joined.height = height
        branches[first] = joined
        branches[second].leaves = []
        for name in other.leaves { branch[name] = first }
      }
      // Classes that never merge with the rest, if a table is cut, follow it.
      var leaves: [String] = []
      var lines: [[Double]] = []
      for one in branches where !one.leaves.isEmpty {
        let shift = Double(leaves.count)
        for merge in one.merges {
          lines += [
            [merge.low.height, merge.low.place + shift], [merge.height, merge.low.place + shift],
            [merge.height, merge.high.place + shift],
            [merge.high.height, merge.high.place + shift],
            [],
          ]
        }
        leaves += one.leaves
      }
      self.leaves = leaves
      self.lines = lines
      height = merges.map(\.2).max() ?? 0
    }
  }
}
