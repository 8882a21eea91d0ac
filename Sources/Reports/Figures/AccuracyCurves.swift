import RunAnalyses

/// Accuracies of classifiers against the level: a panel a kind of noise, a curve a classifier, and guessing.
struct AccuracyCurves {
  /// A curve of every panel.
  struct Curve {
    let text: String
    /// A share, and its interval.
    let columns: EstimateColumns<Double>
    let source: LevelSource
    let color: String
    let marker: Int
    var dash = 1
  }

  /// The accuracy of the control, an encoder with random weights; nil where the run has none.
  static func control(_ source: FigureSource) throws -> Curve? {
    try LevelSource(ofRun: source.control).map {
      Curve(
        text: "control (random weights)", columns: AccuracyColumns.top1, source: $0,
        color: FigureStyle.control.color, marker: FigureStyle.control.marker, dash: 2)
    }
  }

  let curves: [Curve]
  /// The accuracy of guessing, in percent.
  let chance: Double

  /// The figure.
  ///
  /// - Parameters:
  ///   - series: The kinds of noise; one of which no classifier has a number has no panel.
  ///   - name: Its file's name.
  ///   - title: Its title.
  ///   - section: Where it stands on the page.
  ///   - caption: What it shows, told whether a curve has intervals.
  /// - Returns: nil without a panel.
  /// - Throws: `FileError` for a table without the columns.
  func figure(
    _ series: [NoiseSeries], name: String, title: String, section: PageSection,
    caption: (_ hasIntervals: Bool) -> String
  ) throws -> Figure? {
    var hasIntervals = false
    var panels: [Panel] = []
    for one in series {
      var panel = Panel(title: series.count > 1 ? one.heading : "")
      panel.x = one.levelAxis
      panel.y = Axis(
        // Points at the ends lie inside.
        label: "Accuracy (%)", range: -3...103, ticks: Scale.linear(0...100))
      panel.plots = [
        .line(
          [[panel.x.range.lowerBound, chance], [panel.x.range.upperBound, chance]],
          color: FigureStyle.grey, width: 0.7, dash: 3)
      ]
      for curve in curves {
        guard let points = try LevelCurve(curve.columns, one, curve.source) else { continue }
        hasIntervals = hasIntervals || points.hasIntervals
        panel.plots += points.scaled(by: 100).plots(
          color: curve.color, marker: curve.marker, dash: curve.dash)
      }
      guard panel.plots.count > 1 else { continue }
      panels.append(panel)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: name, title: title, caption: caption(hasIntervals), section: section,
      width: panels.count > 1 ? .twoColumns : .oneColumn,
      layout: PanelLayout(
        columns: min(panels.count, 3), panelHeight: panels.count > 1 ? 110 : 130,
        sharesVertical: true, leastPanelWidth: 80, columnGap: 26, rowGap: 46),
      panels: panels,
      legend: curves.map {
        LegendEntry(text: $0.text, color: $0.color, mark: .both(marker: $0.marker, dash: $0.dash))
      } + [LegendEntry(text: "guessing", color: FigureStyle.grey, mark: .line(dash: 3))])
  }
}
