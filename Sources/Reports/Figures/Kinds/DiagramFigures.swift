import Files
import RunAnalyses
import Runs
import Topology

/// Persistence diagrams of all images, all levels overlaid, barcodes and Betti curves.
enum DiagramFigures {
  static let kind = FigureKind(
    text: "persistence diagrams, barcodes and Betti curves",
    stems: ["diagrams", "diagrams-overlaid", "barcodes", "betti"]
  ) { source in
    try source.series.flatMap { series -> [Figure] in
      let clouds = try series.conditions.compactMap { condition -> Cloud? in
        guard let bars = try bars(source.run, class: nil, condition) else { return nil }
        return Cloud(condition: condition, bars: bars)
      }
      guard clouds.contains(where: { !$0.bars.isEmpty }) else {
        throw FigureLeftOut("the run directory has no diagrams")
      }
      let dimensions = (0...(clouds.flatMap(\.bars).map(\.dimension).max() ?? 0)).map { $0 }
      let bands = try source.run.table(BandColumns.file)
      return [
        try diagrams(series, clouds, dimensions, bands),
        OverlaidDiagramsFigure.figure(series, clouds, dimensions),
        BarcodeFigure.figure(series, clouds, dimensions),
        BettiCurveFigure.figure(series, clouds, dimensions),
      ]
    }
  }

  /// The bars of a condition.
  struct Cloud: Sendable {
    let condition: Condition
    let bars: [PersistenceBar]

    /// The bars of a dimension.
    func bars(_ dimension: Int) -> [PersistenceBar] { bars.filter { $0.dimension == dimension } }
  }

  /// The bars of a diagram's file; nil when there is none.
  static func bars(
    _ run: ReportedRun, class name: String?, _ condition: Condition
  ) throws -> [PersistenceBar]? {
    let path = Scope.diagramFile(name.map { "class-\($0)" } ?? Scope.allName, condition)
    return try run.table(DiagramColumns.file, at: path).map(DiagramTable.bars)
  }

  /// `H₁`.
  static func text(dimension: Int) -> String {
    "H" + (dimension < 10 ? String(Array("₀₁₂₃₄₅₆₇₈₉")[dimension]) : "\(dimension)")
  }

  /// The largest finite number of some bars; 1 where all are 0.
  static func highest(_ bars: [PersistenceBar]) -> Double {
    let most = bars.flatMap { [$0.birth, $0.death] }.filter(\.isFinite).max() ?? 0
    return most > 0 ? most : 1
  }

  /// An axis of filtration values up to `highest`, and ∞ above it where bars end that never die.
  static func deathAxis(_ highest: Double, label: String) -> Axis {
    let infinity = Scale.infinity(above: highest)
    // A tick just below ∞ would touch it.
    let ticks = Scale.linear(0...highest, count: 4).filter { $0.value < 0.87 * infinity }
    return Axis(
      label: label, range: -0.03 * infinity...1.05 * infinity,
      ticks: ticks + [Tick(value: infinity, label: "∞")])
  }

  /// The dashed line at infinity, across an axis.
  static func infinityLine(_ highest: Double, _ range: ClosedRange<Double>) -> Plot {
    let infinity = Scale.infinity(above: highest)
    return .line(
      [[range.lowerBound, infinity], [range.upperBound, infinity]], color: FigureStyle.grey,
      width: 0.6, dash: 2)
  }

  /// The points (birth, death) of bars that can be told apart in a square panel; deaths at infinity lie on
  /// its line.
  static func points(
    _ bars: [PersistenceBar], _ highest: Double, _ range: ClosedRange<Double>
  ) -> [[Double]] {
    let points = bars.map {
      [$0.birth, $0.death.isFinite ? $0.death : Scale.infinity(above: highest)]
    }
    return Scale.thinned(points, x: range, y: range)
  }

  /// The diagonal with the frame's grey.
  static func diagonal(_ highest: Double) -> Plot {
    .line([[0, 0], [highest, highest]], color: FigureStyle.grey, width: 0.6)
  }

  /// How panels of some number are arranged.
  static func columns(_ count: Int) -> Int {
    count <= 4 ? max(count, 1) : count <= 10 ? (count + 1) / 2 : 6
  }

  private static let styles: [(color: String, marker: Int)] = [
    ("#0072B2", 7), ("#D55E00", 9), ("#009E73", 5), ("#CC79A7", 13),
  ]

  static func style(dimension: Int) -> (color: String, marker: Int) {
    styles[dimension % styles.count]
  }

  private static func diagrams(
    _ series: NoiseSeries, _ clouds: [Cloud], _ dimensions: [Int], _ bands: Table?
  ) throws -> Figure {
    let highest = highest(clouds.flatMap(\.bars))
    let columns = columns(clouds.count)
    var bandTexts: [String] = []
    let panels = try clouds.map { cloud -> Panel in
      let death = deathAxis(highest, label: "Death")
      var panel = Panel(title: NoiseSeries.text(cloud.condition))
      panel.x = Axis(
        label: "Birth", range: death.range, ticks: Scale.linear(0...highest, count: 3))
      panel.y = death
      if let width = try bands?.rows(where: BandColumns.scope == Scope.allName).rows(
        of: cloud.condition
      )
      .first(BandColumns.halfWidth), width > 0 {
        // A point within half_width of the diagonal, in the maximum norm, may be one of it.
        let height = min(2 * width, highest)
        let top = highest - height
        panel.plots.append(
          Plot(
            [[0, 0, height], [top, top, highest], [highest, highest, highest]],
            "with filledcurves fs solid noborder fc rgb '#E4E4E4'"))
        bandTexts.append("\(NoiseSeries.text(cloud.condition)): \(rounded(2 * width))")
      }
      panel.plots += [diagonal(highest), infinityLine(highest, death.range)]
      for dimension in dimensions {
        let style = style(dimension: dimension)
        panel.plots.append(
          .points(
            points(cloud.bars(dimension), highest, death.range), color: style.color,
            marker: style.marker,
            size: 0.28))
      }
      return panel
    }
    let band =
      bandTexts.isEmpty
      ? ""
      : " Grey: the 95 % confidence band of the diagonal (\(bandTexts.joined(separator: ", "))); "
        + "only points above it are told from noise of sampling. Where the band is higher than the figure, "
        + "nothing that dies is told from it."
    return Figure(
      name: "diagrams-\(series.name)", title: "Persistence diagrams of all images, \(series.text)",
      caption:
        "Vietoris–Rips persistence of the embeddings of all images at each level. A point is a "
        + "feature that is born and dies at those distances; on the dashed line at ∞ lie features that "
        + "never die.\(band)\(series.seedSentence)",
      section: .topology, width: .twoColumns,
      layout: PanelLayout(
        columns: columns, sharesVertical: true, leastPanelWidth: 64, rowGap: 46),
      panels: panels,
      legend: dimensions.map {
        let style = style(dimension: $0)
        return LegendEntry(
          text: text(dimension: $0), color: style.color, mark: .point(marker: style.marker))
      })
  }

  private static func rounded(_ value: Double) -> String { Scale.decimal(value, 3) }
}
