import Files
import RunAnalyses
import Runs

/// Calibration against the level: a row of panels a kind of noise.
enum CalibrationFigures {
  /// A score before and after temperature scaling.
  private struct Measure {
    let text: String
    let scaled: Column<Double?>
    /// The curve before scaling.
    let raw: @Sendable (NoiseSeries, LevelSource) throws -> LevelCurve?
  }

  /// The calibration error, as runs of this version have it and as older ones, and the proper scores.
  private static func measures(isDebiased: Bool) -> [Measure] {
    typealias Columns = AccuracyColumns
    let error =
      isDebiased ? Columns.debiasedCalibrationError : Columns.expectedCalibrationError
    return [
      Measure(
        text: isDebiased ? "Calibration error, debiased" : "Expected calibration error",
        scaled: isDebiased ? Columns.scaledDebiasedError : Columns.scaledCalibrationError
      ) { try LevelCurve(error, $0, $1) },
      Measure(text: "Brier score", scaled: Columns.scaledBrierScore) {
        try LevelCurve(Columns.brierScore, $0, $1)
      },
      Measure(text: "Negative log-likelihood", scaled: Columns.scaledLogLikelihood) {
        try LevelCurve(Columns.negativeLogLikelihood, $0, $1)
      },
    ]
  }

  static let kind = FigureKind(text: "calibration against the level", stems: ["calibration"]) {
    source in
    let levels = try LevelSource(source)
    var panels: [Panel] = []
    var hasIntervals = false
    let isDebiased = levels.has(AccuracyColumns.debiasedCalibrationError)
    let isMeasured = levels.has(AccuracyColumns.expectedCalibrationError)
    let measures = measures(isDebiased: isDebiased)
    for series in isMeasured ? source.series : [] {
      let row = try measures.map { measure in
        (
          raw: try measure.raw(series, levels),
          scaled: try LevelCurve(measure.scaled, series, levels)
        )
      }
      guard row.contains(where: { $0.raw != nil }) else { continue }
      for (measure, curves) in zip(measures, row) {
        var panel = Panel(title: measure.text, titleSize: FigureStyle.tickFontSize)
        panel.startsRow = measure.text == measures[0].text
        panel.x = series.levelAxis
        let values = [curves.raw, curves.scaled].compactMap { $0 }.flatMap { curve in
          curve.rows.flatMap { $0.dropFirst() }
        }
        let range = Scale.range(of: values, from: 0)
        panel.y = Axis(range: range, ticks: Scale.linear(range, count: 4))
        for (curve, style) in [(curves.raw, raw), (curves.scaled, scaled)] {
          guard let curve else { continue }
          hasIntervals = hasIntervals || curve.hasIntervals
          panel.plots += curve.plots(color: style.color, marker: style.marker)
        }
        panels.append(panel)
      }
    }
    guard !panels.isEmpty else {
      throw FigureLeftOut("accuracy.csv has no calibration errors")
    }
    return [
      Figure(
        name: "calibration", title: "Calibration against the noise level",
        caption:
          "How far the model's confidence is from its accuracy (15 bins"
          + (isDebiased ? ", less what a calibrated model would show" : "")
          + "), and two proper scores; smaller is better. Before and after temperature scaling."
          + (hasIntervals
            ? " Bars are 95 % intervals, of the proper scores before scaling." : "")
          + levels.seedSentence(source.series),
        section: .accuracy, width: .twoColumns,
        layout: PanelLayout(
          columns: 3, panelHeight: 100, leastPanelWidth: 70, left: 30, columnGap: 30, rowGap: 46),
        panels: panels,
        legend: [
          LegendEntry(
            text: "as it is", color: raw.color, mark: .both(marker: raw.marker, dash: 1)),
          LegendEntry(
            text: "temperature scaled", color: scaled.color,
            mark: .both(marker: scaled.marker, dash: 1)),
        ])
    ]
  }

  static let raw = (color: "#D55E00", marker: 9)
  static let scaled = (color: "#0072B2", marker: 7)
}

/// Reliability diagrams: accuracy against confidence, a panel a level.
enum ReliabilityFigures {
  /// The fewest images whose accuracy is worth a point.
  private static let fewestImages = 5

  static let kind = FigureKind(text: "reliability diagrams", stems: ["reliability"]) { source in
    let table = try source.required(ReliabilityColumns.file)
    return try source.series.compactMap { series in
      let columns = DiagramFigures.columns(series.conditions.count)
      var isEmpty = true
      let panels = try series.conditions.map { condition -> Panel in
        var panel = Panel(title: NoiseSeries.text(condition))
        panel.x = Axis(
          label: "Confidence", range: 0...1,
          ticks: [
            Tick(value: 0, label: "0"), Tick(value: 0.5, label: "0.5"), Tick(value: 1, label: "1"),
          ])
        panel.y = panel.x
        panel.y.label = "Accuracy"
        panel.plots = [.line([[0, 0], [1, 1]], color: FigureStyle.grey, width: 0.6, dash: 2)]
        for (isScaled, style) in [
          (false, CalibrationFigures.raw), (true, CalibrationFigures.scaled),
        ] {
          let rows = try table.rows(ofLevel: condition)
            .rows(where: ReliabilityColumns.scaled == isScaled)
          let means = zip(
            try rows[ReliabilityColumns.confidence], try rows[ReliabilityColumns.accuracy])
          let points = zip(try rows[ReliabilityColumns.count], means).compactMap { count, mean in
            if count >= fewestImages, let confidence = mean.0, let accuracy = mean.1 {
              [confidence, accuracy]
            } else {
              nil as [Double]?
            }
          }
          guard !points.isEmpty else { continue }
          isEmpty = false
          panel.plots += [
            .line(points, color: style.color),
            .points(points, color: style.color, marker: style.marker, size: 0.4),
          ]
        }
        return panel
      }
      guard !isEmpty else { return nil }
      return Figure(
        name: "reliability-\(series.name)", title: "Reliability, \(series.text)",
        caption:
          "Images in bins of the model's confidence: the mean confidence and the accuracy of each "
          + "bin that has images. On the dashed line confidence is what it says; below it the model is "
          + "overconfident.",
        section: .accuracy, width: .twoColumns,
        layout: PanelLayout(columns: columns, sharesVertical: true, rowGap: 46),
        panels: panels,
        legend: [
          LegendEntry(
            text: "as it is", color: CalibrationFigures.raw.color,
            mark: .both(marker: CalibrationFigures.raw.marker, dash: 1)),
          LegendEntry(
            text: "temperature scaled", color: CalibrationFigures.scaled.color,
            mark: .both(marker: CalibrationFigures.scaled.marker, dash: 1)),
        ])
    }
  }
}
