import Files
import RunAnalyses
import Runs

/// The accuracy of the probes against the level, beside that of zero-shot classification where there is any.
enum ProbeFigure {
  static let kind = FigureKind(text: "probes against the level", stems: ["probes"]) { source in
    let chance = try source.required(ProbeColumns.file).first(ProbeColumns.chance) ?? 0
    let curves = AccuracyCurves(curves: try curves(source), chance: 100 * chance)
    let figure = try curves.figure(
      source.series, name: "probes", title: "Probes of the embeddings against the noise level",
      section: .probes
    ) { _ in
      "The share of images whose class clean embeddings tell: the vote of the nearest clean images, without the "
        + "image itself and its clean twin, and a logistic regression of other clean images. Bars are 95 % "
        + "intervals over images. Dotted: guessing the most frequent class."
        + (source.series.first { $0.seedCount > 1 }?.seedSentence ?? "")
    }
    return figure.map { [$0] } ?? []
  }

  /// The probes of the table in its order, then zero-shot classification.
  private static func curves(_ source: FigureSource) throws -> [AccuracyCurves.Curve] {
    let table = try source.required(ProbeColumns.file)
    let names = try table[ProbeColumns.probe]
    let kinds = try zip(names, table[ProbeColumns.neighbors]).map { [$0, $1.field] }.uniqued
    var curves = try kinds.enumerated().map { place, kind in
      let neighbors = Int(kind[1])
      return AccuracyCurves.Curve(
        text: neighbors.map { "\($0)-NN" } ?? "\(kind[0]) probe", columns: ProbeColumns.accuracy,
        source: LevelSource(
          try table.rows(
            where: ProbeColumns.probe == kind[0], ProbeColumns.neighbors == neighbors)),
        color: FigureStyle.color(ofClass: place), marker: FigureStyle.marker(ofClass: place))
    }
    if let accuracies = try source.run.table(AccuracyColumns.file) {
      curves.append(
        AccuracyCurves.Curve(
          text: "zero-shot", columns: AccuracyColumns.top1, source: LevelSource(accuracies),
          color: "#000000", marker: 2))
    }
    if let control = try AccuracyCurves.control(source) { curves.append(control) }
    return curves
  }
}
