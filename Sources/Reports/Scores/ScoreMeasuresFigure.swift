import Foundation
import Runs

/// How scores and negCLIPLoss go together: how many pairs lie in each bin of both.
enum ScoreMeasuresFigure {
  /// The most bins of an axis.
  private static let mostBins = 400

  static let kind = NamedFigure<ReportedScores>(
    text: "scores against negCLIPLoss", name: "score-measures"
  ) { scores in
    let table = try scores.required(ScoreMeasuresColumns.file)
    let lows = (
      across: try table[ScoreMeasuresColumns.scoreLow], up: try table[ScoreMeasuresColumns.low]
    )
    guard
      let across = EvenBins(
        lows: lows.across, highs: try table[ScoreMeasuresColumns.scoreHigh], most: mostBins),
      let up = EvenBins(
        lows: lows.up, highs: try table[ScoreMeasuresColumns.high], most: mostBins)
    else {
      throw FigureLeftOut(
        "\(ScoreMeasuresColumns.file.pattern.text) has bins of no width, or more than \(mostBins) an axis"
      )
    }
    var matrix = [[Double]](
      repeating: [Double](repeating: .nan, count: across.count), count: up.count)
    let counts = try table[ScoreMeasuresColumns.count]
    for (row, count) in counts.enumerated() {
      guard let x = across.place(lows.across[row]), let y = up.place(lows.up[row]) else { continue }
      matrix[y][x] = log10(Double(count))
    }
    let colors = colors(most: counts.max() ?? 1)
    var panel = Panel()
    panel.x = across.axis(label: "Score")
    panel.y = up.axis(label: "negCLIPLoss")
    panel.border = 15
    panel.plots = Plot.heatMap(withGaps: matrix, low: 0)
    return Figure(
      name: "score-measures", title: "Score and negCLIPLoss",
      caption:
        "How many pairs have such a score and such a negCLIPLoss, which takes from the cosine what image "
        + "and caption have with others of a batch; white where no pair lies.",
      section: .pairScores, width: .oneColumn,
      layout: PanelLayout(
        columns: 1, panelHeight: 140, left: 42, right: colors.room, top: 8),
      panels: [panel], colorScale: colors)
  }

  /// A scale of powers of ten, or of few numbers where none is large.
  private static func colors(most: Int) -> ColorScale {
    let steps = most >= 1_000 ? [1.0] : [1.0, 2, 5]
    let numbers = (0...15).flatMap { power in steps.map { $0 * pow(10, Double(power)) } }
      .filter { $0 <= Double(most) }
    return ColorScale(
      label: "Pairs", range: 0...max(log10(Double(most)), 0.3),
      ticks: numbers.map { Tick(value: log10($0), label: Wording.grouped(Int($0))) })
  }
}
