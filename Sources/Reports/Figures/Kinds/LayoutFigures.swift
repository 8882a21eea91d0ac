import Files
import RunAnalyses
import Runs

/// t-SNE and UMAP: all classes, and the sample of classes with a legend.
enum LayoutFigures {
  /// The most classes that colours and markers tell apart.
  static let legendLimit = FigureStyle.categories.count * FigureStyle.markers.count

  static let kind = FigureKind(
    text: "layouts", stems: ["tsne", "umap", "tsne-sample", "umap-sample"]
  ) { source in
    let methods = [(LayoutMethod.tsne, "t-SNE"), (.umap, "UMAP")]
    let figures = try methods.flatMap { method, text in
      try [false, true].flatMap { isSample in
        try source.series.compactMap { series in
          try figure(source.run, series, method: method, text: text, isSample: isSample)
        }
      }
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("the run directory has no t-SNE and no UMAP in layouts")
    }
    return figures
  }

  private static func figure(
    _ run: ReportedRun, _ series: NoiseSeries, method: LayoutMethod, text: String, isSample: Bool
  ) throws -> Figure? {
    let stem = LayoutColumns.stem(method, isSample: isSample, isJoint: false)
    let layouts = try series.conditions.compactMap { condition in
      try run.table(
        LayoutColumns.file,
        at: LayoutColumns.path(method, isSample: isSample, isJoint: false, condition)
      ).map { (condition: condition, points: try points($0, run)) }
    }
    guard !layouts.isEmpty else { return nil }
    let all = layouts.flatMap(\.points)
    let present = Set(all.map(\.label)).sorted()
    // One square for all levels, so that distances are of one scale.
    let (xs, ys) = (
      Scale.range(of: all.map(\.x), margin: 0.03), Scale.range(of: all.map(\.y), margin: 0.03)
    )
    let side = max(xs.upperBound - xs.lowerBound, ys.upperBound - ys.lowerBound)
    func square(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      let middle = (range.lowerBound + range.upperBound) / 2
      return middle - side / 2...middle + side / 2
    }
    let hasLegend = present.count <= legendLimit
    // Colours by place among the classes shown, so that a sample uses all of them.
    let place = Dictionary(uniqueKeysWithValues: zip(present, present.indices))
    let perPanel = all.count / layouts.count
    let size = perPanel > 2000 ? 0.14 : perPanel > 400 ? 0.2 : 0.28
    let columns = DiagramFigures.columns(layouts.count)
    let panels = layouts.map { layout in
      var panel = Panel(title: NoiseSeries.text(layout.condition))
      panel.x = Axis(range: square(xs))
      panel.y = Axis(range: square(ys))
      panel.border = 15
      panel.plots = present.map { label in
        let index = place[label] ?? 0
        return .points(
          layout.points.filter { $0.label == label }.map { [$0.x, $0.y] },
          color: FigureStyle.color(ofClass: index), marker: FigureStyle.marker(ofClass: index),
          size: size)
      }
      return panel
    }
    let what = isSample ? "a sample of \(present.count) classes" : "all classes"
    return Figure(
      name: "\(stem)-\(series.name)", title: "\(text) of \(what), \(series.text)",
      caption: "\(text) of the embeddings at each level, colour and marker by class"
        + (hasLegend
          ? "." : "; \(present.count) classes are too many for a legend, the page names them.")
        + " Each level is laid out by itself"
        + (series.conditions.first == .clean ? " and turned to match the clean one" : "")
        + "; axes have no unit."
        + series.seedSentence,
      section: .layouts, width: .twoColumns,
      layout: PanelLayout(
        columns: columns, leastPanelWidth: 90, left: 4, right: 4, bottom: 4, columnGap: 6,
        rowGap: 18),
      panels: panels,
      legend: hasLegend
        ? present.enumerated().map { index, label in
          LegendEntry(
            text: GnuplotText.shortened(run.classes[label], to: 18),
            color: FigureStyle.color(ofClass: index),
            mark: .point(marker: FigureStyle.marker(ofClass: index)))
        } : [])
  }

  private struct Point: Sendable {
    let label: Int
    let x: Double
    let y: Double
  }

  private static func points(_ table: Table, _ run: ReportedRun) throws -> [Point] {
    let places = zip(try table[LayoutColumns.x], try table[LayoutColumns.y])
    return try zip(table[LayoutColumns.row], places).enumerated().map { line, point in
      let (row, place) = point
      guard run.labels.indices.contains(row) else {
        throw FileError(
          table.file,
          "line \(table.line(line)): row is \(row); expected a row of samples.csv, below \(run.labels.count)"
        )
      }
      return Point(label: run.labels[row], x: Double(place.0), y: Double(place.1))
    }
  }
}
