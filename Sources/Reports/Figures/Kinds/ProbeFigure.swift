import Files
import RunAnalyses
import Runs

/// The accuracy of the probes against the level, beside that of zero-shot classification where there is any.
enum ProbeFigure {
  /// A curve of every panel.
  private struct Probe {
    let text: String
    let columns: EstimateColumns<Double>
    let source: LevelSource
    let color: String
    let marker: Int
  }

  static let kind = FigureKind(text: "probes against the level", stems: ["probes"]) { source in
    let probes = try probes(source)
    let chance = try source.required(ProbeColumns.file).first(ProbeColumns.chance) ?? 0
    var panels: [Panel] = []
    for series in source.series {
      var panel = Panel(title: source.series.count > 1 ? series.heading : "")
      panel.x = series.levelAxis
      panel.y = Axis(
        label: panels.count % 3 == 0 ? "Accuracy (%)" : "", range: 0...100,
        ticks: Scale.linear(0...100))
      panel.plots = [
        .line(
          [
            [panel.x.range.lowerBound, 100 * chance], [panel.x.range.upperBound, 100 * chance],
          ], color: FigureStyle.grey, width: 0.7, dash: 3)
      ]
      for probe in probes {
        let curve = try LevelCurve(probe.columns, series, probe.source)
        panel.plots +=
          curve?.scaled(by: 100).plots(color: probe.color, marker: probe.marker) ?? []
      }
      panels.append(panel)
    }
    return [
      Figure(
        name: "probes", title: "Probes of the embeddings against the noise level",
        caption:
          "The share of images whose class clean embeddings tell: the vote of the nearest clean images, without the "
          + "image itself and its clean twin, and a logistic regression of other clean images. Bars are 95 % "
          + "bootstrap intervals over images. Dotted: guessing the most frequent class."
          + (source.series.first { $0.seedCount > 1 }?.seedSentence ?? ""),
        section: .probes, width: panels.count > 1 ? .twoColumns : .oneColumn,
        layout: PanelLayout(
          columns: min(panels.count, 3), panelHeight: panels.count > 1 ? 110 : 130, columnGap: 26,
          rowGap: 44),
        panels: panels,
        legend: probes.map {
          LegendEntry(text: $0.text, color: $0.color, mark: .both(marker: $0.marker, dash: 1))
        } + [LegendEntry(text: "guessing", color: FigureStyle.grey, mark: .line(dash: 3))])
    ]
  }

  /// The probes of the table in its order, then zero-shot classification.
  private static func probes(_ source: FigureSource) throws -> [Probe] {
    let table = try source.required(ProbeColumns.file)
    let names = try table[ProbeColumns.probe]
    let kinds = try zip(names, table[ProbeColumns.neighbors]).map { [$0, $1.field] }.uniqued
    var probes = try kinds.enumerated().map { place, kind in
      let neighbors = Int(kind[1])
      return Probe(
        text: neighbors.map { "\($0)-NN" } ?? "\(kind[0]) probe", columns: ProbeColumns.accuracy,
        source: LevelSource(
          try table.rows(
            where: ProbeColumns.probe == kind[0], ProbeColumns.neighbors == neighbors)),
        color: FigureStyle.color(ofClass: place), marker: FigureStyle.marker(ofClass: place))
    }
    if let accuracies = try source.run.table(AccuracyColumns.file) {
      probes.append(
        Probe(
          text: "zero-shot", columns: AccuracyColumns.top1, source: LevelSource(accuracies),
          color: "#000000", marker: 2))
    }
    return probes
  }
}
