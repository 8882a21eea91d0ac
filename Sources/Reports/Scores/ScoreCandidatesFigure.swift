import Runs

/// How often each candidate is the likeliest, as bars.
enum ScoreCandidatesFigure {
  /// The most bars.
  private static let mostBars = 20
  /// The most points that names take.
  private static let nameRoom = 100.0

  static let kind = NamedFigure<ReportedScores>(
    text: "shares of the candidates", name: "candidates"
  ) { scores in
    let table = try scores.required(
      ScoreCandidateColumns.file, askedForBy: "candidates")
    let names = try table[ScoreCandidateColumns.candidate]
    let tops = try table[ScoreCandidateColumns.top].map(Double.init)
    let means = try table[ScoreCandidateColumns.meanProbability]
    let total = tops.reduce(0, +)
    guard total > 0 else { throw FigureLeftOut("no pair has a likeliest candidate") }
    let order = names.indices.sorted { (-tops[$0], -means[$0], $0) < (-tops[$1], -means[$1], $1) }
    let shown = order.prefix(mostBars)
    var panel = Panel()
    let range = Scale.range(
      of: shown.flatMap { [100 * tops[$0] / total, 100 * means[$0]] }, from: 0)
    panel.x = Axis(
      label: "Share of the pairs", range: range,
      ticks: Scale.linear(range, count: 4).map { Tick(value: $0.value, label: $0.label + " %") })
    let size = FigureStyle.tickFontSize
    let ticks = shown.enumerated().map { place, candidate in
      Tick(
        value: Double(place),
        label: TextWidth.fitted(names[candidate], to: nameRoom, size: size))
    }
    panel.y = Axis(range: -0.6...Double(shown.count) - 0.4, ticks: ticks, isReversed: true)
    panel.plots = [
      Plot(
        shown.enumerated().map { place, candidate in
          let share = 100 * tops[candidate] / total
          return [share / 2, Double(place), share / 2, 0.35]
        }, "with boxxyerror fs solid noborder fc rgb '#0072B2'"),
      .points(
        shown.enumerated().map { place, candidate in [100 * means[candidate], Double(place)] },
        color: "#D55E00", size: 0.55),
    ]
    let room = ticks.map { TextWidth.points($0.label, size: size) }.max() ?? 0
    return Figure(
      name: "candidates", title: "Candidates",
      caption:
        "The share of pairs for which a candidate is the likeliest (bars), and its mean probability "
        + "(points)."
        + (shown.count < names.count
          ? " The first \(shown.count) of \(names.count) candidates." : ""),
      section: .pairScores, width: .oneColumn,
      layout: PanelLayout(
        columns: 1, panelHeight: 14 + 11 * Double(shown.count), isHeightFixed: true,
        left: 10 + room, top: 6),
      panels: [panel],
      legend: [
        LegendEntry(text: "likeliest", color: "#0072B2", mark: .area),
        LegendEntry(text: "mean probability", color: "#D55E00", mark: .point(marker: 7)),
      ])
  }
}
