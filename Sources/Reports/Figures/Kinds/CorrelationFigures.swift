import Files
import RunAnalyses
import Runs
import Topology

/// The correlations of link.csv and partial.csv with their intervals, a row a measure: a forest plot a kind of noise.
enum CorrelationFigures {
  /// The most rows; of more measures the strongest are shown.
  static let rowLimit = 36

  static let kind = FigureKind(
    text: "correlations with their intervals", stems: ["correlations"]
  ) { source in
    let tracking = try source.required(TrackingColumns.file)
    let partial = try source.run.table(PartialColumns.file)
    let control = try source.control.table(TrackingColumns.file)
    let figures = try source.series.filter { $0.kind != nil }.compactMap {
      try figure($0, tracking, partial, control)
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("link.csv has no correlation within levels")
    }
    return figures
  }

  /// A number with the ends of its interval where it has one.
  private struct Estimate {
    let value: Double
    let interval: ClosedRange<Double>?
  }

  private enum Family: Int { case primary, further, reference }

  private struct Row {
    let measure: String
    let family: Family
    let own: Estimate
    /// Whether the adjusted p-value is at most .05; nil where nothing was tested.
    let isSignificant: Bool?
    let detectable: Double?
    let partial: Estimate?
    let control: Estimate?
  }

  private static func rows(
    _ tracking: Table, _ series: NoiseSeries, _ partial: Table?, _ control: Table?
  ) throws -> [Row] {
    let own = try within(tracking, series)
    let others = try control.map { try estimates(within($0, series)) } ?? [:]
    let partials =
      try partial.map {
        try estimates($0.rows(where: ConditionColumns.noise == series.tableName))
      } ?? [:]
    // Files of older versions have p by Holm's correction alone.
    let adjusted = try own.valuesIfKnown(
      own.has(TrackingColumns.adjusted) ? TrackingColumns.adjusted : TrackingColumns.holm)
    let detectable = try own.valuesIfKnown(TrackingColumns.detectable)
    let notes = try own[TrackingColumns.note]
    let families = try own.valuesIfKnown(TrackingColumns.family)
    let numbers = try estimates(own)
    let names = try own[TrackingColumns.measure]
    return names.indices.compactMap { row in
      guard let number = numbers[names[row]] else { return nil }
      let words = families[row] ?? notes[row]
      let family: Family =
        words.contains("reference") ? .reference : words.contains("primary") ? .primary : .further
      return Row(
        measure: names[row], family: family, own: number,
        isSignificant: adjusted[row].map { $0 <= 0.05 }, detectable: detectable[row],
        partial: partials[names[row]], control: others[names[row]])
    }
  }

  private static func within(_ table: Table, _ series: NoiseSeries) throws -> Table {
    try table.rows(
      where: TrackingColumns.group == nil, ConditionColumns.noise == series.tableName,
      TrackingColumns.scope == TrackedMeasure.Scope.within.rawValue,
      TrackingColumns.statistic == "spearman")
  }

  private static func estimates(_ table: Table) throws -> [String: Estimate] {
    let ends = zip(
      try table.valuesIfKnown(PartialColumns.low), try table.valuesIfKnown(PartialColumns.high))
    let numbers = zip(try table[PartialColumns.measure], try table[PartialColumns.estimate])
    return Dictionary(
      zip(numbers, ends).compactMap { number, ends -> (String, Estimate)? in
        guard let value = number.1 else { return nil }
        var interval: ClosedRange<Double>?
        if let low = ends.0, let high = ends.1, low <= high { interval = low...high }
        return (number.0, Estimate(value: value, interval: interval))
      }
    ) { first, _ in first }
  }

  // MARK: Drawing

  private static let ownStyle = (color: "#0072B2", filled: 7, hollow: 6)
  private static let referenceStyle = (color: "#000000", filled: 5, hollow: 4)
  private static let partialStyle = (color: "#D55E00", marker: 9)

  private static func figure(
    _ series: NoiseSeries, _ tracking: Table, _ partial: Table?, _ control: Table?
  ) throws -> Figure? {
    let all = try rows(tracking, series, partial, control)
    guard !all.isEmpty else { return nil }
    let strongest = all.sorted { abs($0.own.value) > abs($1.own.value) }.prefix(rowLimit)
    let shown = strongest.sorted {
      ($0.family.rawValue, -abs($0.own.value), $0.measure)
        < ($1.family.rawValue, -abs($1.own.value), $1.measure)
    }
    var panel = Panel()
    panel.x = Axis(
      label: "Spearman's ρ with the accuracy drop, within levels", range: -1.02...1.02,
      ticks: Scale.linear(-1...1, count: 4))
    panel.y = Axis(
      range: -0.7...Double(shown.count) - 0.3,
      ticks: shown.enumerated().map {
        Tick(value: Double($0), label: GnuplotText.shortened(text($1.measure), to: 30))
      }, isReversed: true, tickFontSize: 6.5)
    panel.plots = bands(shown) + separators(shown)
    panel.plots.append(
      .line([[0, -0.7], [0, Double(shown.count) - 0.3]], color: FigureStyle.grey, width: 0.6))
    let hasPartial = shown.contains { $0.partial != nil }
    let hasControl = shown.contains { $0.control != nil }
    let (above, below) = (hasPartial || hasControl ? -0.27 : 0, 0.27)
    if hasControl {
      panel.plots += plots(
        shown.enumerated().compactMap { place, row in
          row.control.map { (Double(place) + below, $0) }
        },
        color: FigureStyle.control.color, marker: FigureStyle.control.marker)
    }
    if hasPartial {
      panel.plots += plots(
        shown.enumerated().compactMap { place, row in row.partial.map { (Double(place), $0) } },
        color: partialStyle.color, marker: partialStyle.marker)
    }
    for isReference in [false, true] {
      for isFilled in [false, true] {
        let style = isReference ? referenceStyle : ownStyle
        panel.plots += plots(
          shown.enumerated().compactMap { place, row in
            (row.family == .reference) == isReference
              && (isReference || row.isSignificant == true) == isFilled
              ? (Double(place) + above, row.own) : nil
          }, color: style.color, marker: isFilled ? style.filled : style.hollow)
      }
    }
    let longest = panel.y.ticks.map { TextWidth.points($0.label, size: 6.5) }.max() ?? 0
    return Figure(
      name: "correlations-\(series.name)",
      title: "Does change go with loss? All measures, \(series.text)",
      caption: caption(shown, of: all.count, hasPartial, hasControl),
      section: .link, width: .twoColumns,
      layout: PanelLayout(
        columns: 1, panelHeight: (hasPartial || hasControl ? 13 : 9.5) * Double(shown.count) + 6,
        isHeightFixed: true, left: 12 + longest, right: 10, top: 6),
      panels: [panel], legend: legend(shown, hasPartial, hasControl))
  }

  /// What the design cannot tell from nothing, a box a row.
  private static func bands(_ rows: [Row]) -> [Plot] {
    let boxes = rows.enumerated().compactMap { place, row in
      row.detectable.map { [0, Double(place), $0, 0.5] }
    }
    return boxes.isEmpty
      ? [] : [Plot(boxes, "with boxxyerror fs solid noborder fc rgb '#E4E4E4'")]
  }

  /// Lines between families.
  private static func separators(_ rows: [Row]) -> [Plot] {
    rows.indices.dropFirst().filter { rows[$0].family != rows[$0 - 1].family }.map {
      .line(
        [[-1.02, Double($0) - 0.5], [1.02, Double($0) - 0.5]], color: FigureStyle.grey, width: 0.4,
        dash: 3)
    }
  }

  private static func plots(
    _ rows: [(place: Double, estimate: Estimate)], color: String, marker: Int
  ) -> [Plot] {
    guard !rows.isEmpty else { return [] }
    let intervals = rows.flatMap { place, estimate -> [[Double]] in
      estimate.interval.map { [[$0.lowerBound, place], [$0.upperBound, place], []] } ?? []
    }
    let points = Plot.points(
      rows.map { [$0.estimate.value, $0.place] }, color: color, marker: marker, size: 0.42)
    return (intervals.isEmpty ? [] : [.line(intervals, color: color, width: 0.8)]) + [points]
  }

  private static func legend(
    _ rows: [Row], _ hasPartial: Bool, _ hasControl: Bool
  ) -> [LegendEntry] {
    var entries: [LegendEntry] = []
    func add(_ text: String, _ color: String, _ marker: Int) {
      entries.append(LegendEntry(text: text, color: color, mark: .point(marker: marker)))
    }
    let tested = rows.filter { $0.family != .reference }
    if tested.contains(where: { $0.isSignificant == true }) {
      add("adjusted p ≤ .05", ownStyle.color, ownStyle.filled)
    }
    if tested.contains(where: { $0.isSignificant != true }) {
      add("otherwise", ownStyle.color, ownStyle.hollow)
    }
    if rows.contains(where: { $0.family == .reference }) {
      add("reference", referenceStyle.color, referenceStyle.filled)
    }
    if hasPartial { add("partial, given the references", partialStyle.color, partialStyle.marker) }
    if hasControl {
      add("control (random weights)", FigureStyle.control.color, FigureStyle.control.marker)
    }
    if rows.contains(where: { $0.detectable != nil }) {
      entries.append(LegendEntry(text: "not detectable", color: "#E4E4E4", mark: .area))
    }
    return entries
  }

  private static func caption(
    _ rows: [Row], of count: Int, _ hasPartial: Bool, _ hasControl: Bool
  ) -> String {
    "Spearman's correlation within levels of every measure of change with the loss of accuracy, with its 95 % "
      + "interval where it has one; from above, the primary measures, further ones, and references, each by |ρ|."
      + (rows.contains { $0.isSignificant == true }
        ? " Filled: found after correction for the family." : "")
      + (hasPartial ? " Triangles: what is left given the references." : "")
      + (hasControl ? " Diamonds: the control with random weights." : "")
      + (rows.contains { $0.detectable != nil }
        ? " Grey: correlations too small to be found with 80 % power." : "")
      + (rows.count < count ? " The \(rows.count) strongest of \(count)." : "")
  }

  /// The name of a measure in few letters: `Wasserstein-1 H₀, scale removed`.
  static func text(_ name: String) -> String {
    let pattern = /(bottleneck|wasserstein([0-9.]+)|total_persistence|entropy)_h([0-9])(_scaled)?/
    if let match = name.wholeMatch(of: pattern), let dimension = Int(match.3) {
      let what =
        match.2.map { "Wasserstein-\($0)" }
        ?? ["bottleneck": "Bottleneck", "entropy": "Entropy"][String(match.1)] ?? "Persistence"
      return "\(what) \(DiagramFigures.text(dimension: dimension))"
        + (match.4 == nil ? "" : ", no scale")
    }
    let words =
      AnalysisRegistry.measures.first { $0.name == name }?.words
      ?? name.replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
