import Files
import Images
import RunAnalyses
import Runs

/// Distributions of the cosines between all pairs of images.
enum CosineFigures {
  static let kind = FigureKind(text: "distributions of pairwise cosines", stems: ["cosines"]) {
    source in
    let table = try source.required(CosineColumns.file)
    var panels: [Panel] = []
    var legend: [LegendEntry] = []
    for series in source.series {
      let curves = try series.conditions.map { try density(table.rows(of: $0)) }
      let places = curves.flatMap { $0.map { $0[0] } }
      guard !places.isEmpty else { continue }
      var panel = Panel(title: source.series.count > 1 ? series.heading : "")
      // Empty bins at the ends are not worth their room.
      let filled = curves.flatMap { $0.filter { $0[1] > 0 }.map { $0[0] } }
      let range = Scale.range(of: filled, margin: 0.03)
      let heights = Scale.range(of: curves.flatMap { $0.map { $0[1] } }, from: 0)
      panel.x = Axis(label: "Cosine", range: range, ticks: Scale.linear(range, count: 4))
      panel.y = Axis(
        label: "Density", range: heights,
        ticks: Scale.linear(heights, count: 4))
      panel.plots = zip(curves, FigureStyle.levels(curves.count)).map {
        .line($0, color: $1, steps: false)
      }
      panels.append(panel)
      let own = series.legend(.line(dash: 1))
      if own.count > legend.count { legend = own }
    }
    guard !panels.isEmpty else { return [] }
    let start =
      source.series.allSatisfy { $0.conditions.first == .clean } ? "clean" : "the lowest level"
    let isMixed = Set(source.series.map(\.words?.measure)).count > 1
    return [
      Figure(
        name: "cosines", title: "Cosines between all pairs of images",
        caption:
          "The distribution of the cosine between the embeddings of two images, over all pairs, a "
          + "colour a level"
          + (isMixed
            ? "; colours of other kinds of noise go from \(start) to the highest level." : ".")
          + (source.series.map(\.seedSentence).first { !$0.isEmpty } ?? ""),
        section: .geometry, width: panels.count > 1 ? .twoColumns : .oneColumn,
        layout: PanelLayout(
          columns: min(panels.count, 2), panelHeight: 120, leastPanelWidth: 110, columnGap: 40,
          rowGap: 46),
        panels: panels, legend: legend)
    ]
  }

  /// Rows of a bin's middle and its share of the pairs per unit of cosine.
  static func density(_ table: Table) throws -> [[Double]] {
    let bins = zip(try table[CosineColumns.low], try table[CosineColumns.high])
    let counts = try table[CosineColumns.count].map(Double.init)
    let total = counts.reduce(0, +)
    guard total > 0 else { return [] }
    return zip(bins, counts).compactMap { bin, count in
      let (low, high) = bin
      return high > low ? [(low + high) / 2, count / total / (high - low)] : nil
    }
  }
}
