import Files
import RunAnalyses
import Runs

/// Heat maps of the angles between the subspaces of classes.
enum AngleFigures {
  /// The most classes whose names stand beside the one map of a figure.
  private static let nameLimit = 60
  /// Up to so many classes, maps are small.
  private static let smallLimit = 12

  static let kind = FigureKind(
    text: "heat maps of subspace angles", stems: ["angles", "angles-levels"]
  ) { source in
    let classes = source.run.classes
    var figures: [Figure] = []
    for series in source.series {
      let maps = try AngleMap.all(source.run, series)
      guard let colors = colors(maps) else { continue }
      if figures.isEmpty, let first = maps.first {
        figures.append(named(first, classes, colors))
      }
      if maps.count > 1 { figures.append(levels(series, maps, classes, colors)) }
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("the run directory has no \(AngleHeatMapColumns.file.pattern.text)")
    }
    return figures
  }

  /// One scale for all maps, in degrees, nil without an angle.
  ///
  /// The mean of random planes is marked where it is on the scale.
  static func colors(_ maps: [AngleMap]) -> ColorScale? {
    let angles = maps.flatMap(\.means)
    guard let low = angles.min(), let high = angles.max() else { return nil }
    // Angles of subspaces that are one are rounding, and no scale is made of rounding.
    let range = high - low > leastSpread ? low...high : low...low + 1
    return ColorScale(
      label: "Mean principal angle", shortLabel: "Mean angle", range: range,
      ticks: Scale.linear(range, count: 5).map { Tick(value: $0.value, label: $0.label + "°") },
      marks: null(maps).map { [Tick(value: $0, label: "random")] } ?? [])
  }

  /// The mean angle of random planes; nil in tables without them.
  private static func null(_ maps: [AngleMap]) -> Double? {
    let nulls = maps.flatMap(\.nulls)
    return nulls.isEmpty ? nil : nulls.reduce(0, +) / Double(nulls.count)
  }

  /// Angles of embeddings in single precision, in degrees, differ by less than this for no reason.
  private static let leastSpread = 0.01

  private static func named(
    _ entry: AngleMap, _ classes: [String], _ colors: ColorScale
  ) -> Figure {
    let isNamed = classes.count <= nameLimit
    let isSmall = classes.count <= smallLimit
    let panel = map(entry, classes, colors, isNamed: isNamed)
    let room = isNamed ? nameRoom(panel) : 12
    return Figure(
      name: "angles",
      title: "Angles between the classes' subspaces, \(NoiseSeries.text(entry.condition))",
      caption:
        "The mean principal angle between the subspaces of every two classes, in degrees; a small "
        + "angle means classes that lie alike." + randomSentence(colors),
      section: .geometry, width: isSmall ? .oneColumn : .twoColumns,
      layout: PanelLayout(columns: 1, left: room, right: colors.room, top: 6, bottom: room),
      panels: [panel], colorScale: colors)
  }

  private static func levels(
    _ series: NoiseSeries, _ maps: [AngleMap], _ classes: [String], _ colors: ColorScale
  ) -> Figure {
    let isSmall = classes.count <= smallLimit
    let isNamed = classes.count <= 2 * nameLimit
    let panels = maps.map { entry in
      var panel = map(entry, classes, colors, isNamed: isNamed)
      panel.title = NoiseSeries.text(entry.condition)
      return panel
    }
    let room = isNamed ? panels.map(nameRoom).max() ?? 0 : 8
    return Figure(
      name: "angles-levels-\(series.name)",
      title: "Angles between the classes' subspaces at every level, \(series.text)",
      caption:
        "Mean principal angles in degrees, classes in the order of the tables, one scale for all "
        + "levels."
        + (isNamed && !isSmall
          ? " Where there is no room for all names, every second is there, or fewer." : "")
        + randomSentence(colors) + series.seedSentence,
      section: .geometry, width: .twoColumns,
      layout: PanelLayout(
        // More classes need larger maps for their names.
        columns: isSmall ? DiagramFigures.columns(maps.count) : 2, sharesVertical: true,
        sharesHorizontal: true, leastPanelWidth: isSmall ? 60 : 90, left: room,
        right: colors.room, bottom: room, columnGap: 8, rowGap: 20),
      panels: panels, colorScale: colors)
  }

  private static func randomSentence(_ colors: ColorScale) -> String {
    guard let mark = colors.marks.first else { return "" }
    let angle = Scale.decimal(mark.value, 0)
    return " Random planes of those dimensions have \(angle)° on average"
      + (colors.range.contains(mark.value) ? ", marked at the scale." : ", beyond the scale.")
  }

  private static func nameRoom(_ panel: Panel) -> Double {
    let longest = panel.y.ticks.map { TextWidth.points($0.label, size: panel.y.textSize) }.max()
    return 10 + (longest ?? 0)
  }

  private static func map(
    _ entry: AngleMap, _ classes: [String], _ colors: ColorScale, isNamed: Bool
  ) -> Panel {
    let (matrix, low) = (entry.matrix, colors.range.lowerBound)
    var panel = Panel()
    let edges = -0.5...Double(matrix.count) - 0.5
    panel.x = Axis(range: edges)
    panel.y = Axis(range: edges, isReversed: true)
    if isNamed {
      let ticks = classes.enumerated().map {
        Tick(value: Double($0), label: GnuplotText.shortened($1, to: 16))
      }
      for axis in [\Panel.x, \Panel.y] {
        panel[keyPath: axis].ticks = ticks
        panel[keyPath: axis].tickFontSize = FigureStyle.leastFontSize
      }
      panel.x.isRotated = true
    }
    panel.border = 15
    // A class has no angle with itself.
    panel.plots = Plot.heatMap(withGaps: matrix, low: low)
    return panel
  }
}
