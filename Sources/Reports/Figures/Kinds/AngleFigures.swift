import Files
import Foundation
import RunAnalyses
import Runs

/// Heat maps of the angles between the subspaces of classes.
enum AngleFigures {
  /// The most classes whose names can be read beside a map.
  static let nameLimit = 60

  static let kind = FigureKind(
    text: "heat maps of subspace angles", stems: ["angles", "angles-levels"]
  ) { source in
    let run = source.run
    var figures: [Figure] = []
    for series in source.series {
      let maps = try series.conditions.compactMap { condition in
        try run.table(
          AngleHeatMapColumns.file, at: AngleHeatMapColumns.file.pattern.path(condition)
        ).map { (condition: condition, matrix: try matrix($0, run.classes)) }
      }
      let angles = maps.flatMap { $0.matrix.flatMap { $0 } }.filter(\.isFinite)
      guard let low = angles.min(), let high = angles.max() else { continue }
      // Angles that differ by rounding are equal.
      let range = high - low > 1e-9 * high ? low...high : low...low + 1
      if figures.isEmpty, let first = maps.first {
        figures.append(named(first.condition, first.matrix, run.classes, range))
      }
      if maps.count > 1 { figures.append(levels(series, maps, range)) }
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("the run directory has no \(AngleHeatMapColumns.file.pattern.text)")
    }
    return figures
  }

  /// Mean angles in degrees, classes by classes; NaN where there is none.
  private static func matrix(_ table: Table, _ classes: [String]) throws -> [[Double]] {
    let index = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    var matrix = [[Double]](
      repeating: [Double](repeating: .nan, count: classes.count), count: classes.count)
    let pairs = zip(try table[AngleColumns.firstClass], try table[AngleColumns.secondClass])
    for ((a, b), mean) in zip(pairs, try table[AngleHeatMapColumns.mean]) {
      if let a = index[a], let b = index[b] { matrix[a][b] = mean * 180 / .pi }
    }
    return matrix
  }

  private static func named(
    _ condition: Condition, _ matrix: [[Double]], _ classes: [String],
    _ range: ClosedRange<Double>
  ) -> Figure {
    let isNamed = classes.count <= nameLimit
    let size = min(7, max(4.5, 380 / Double(max(classes.count, 1)) * 0.95))
    let ticks = classes.enumerated().map {
      Tick(value: Double($0), label: GnuplotText.shortened($1, to: 16))
    }
    var panel = map(matrix, range)
    if isNamed {
      for axis in [\Panel.x, \Panel.y] {
        panel[keyPath: axis].ticks = ticks
        panel[keyPath: axis].tickFontSize = size
      }
      panel.x.isRotated = true
    }
    let isSmall = classes.count <= 12
    panel.commands += isSmall ? colorBox() : colorBox(width: 0.015)
    let longest = ticks.map(\.label.count).max() ?? 0
    let room = isNamed ? 20 + 0.66 * size * Double(longest) : 12
    return Figure(
      name: "angles",
      title: "Angles between the classes' subspaces, \(NoiseSeries.text(condition))",
      caption:
        "The mean principal angle between the subspaces of every two classes, in degrees; a small "
        + "angle means classes that lie alike.",
      section: .geometry, width: isSmall ? .oneColumn : .twoColumns,
      layout: PanelLayout(
        columns: 1, left: room, right: scaleRoom(range), top: 6, bottom: room),
      panels: [panel])
  }

  private static func levels(
    _ series: NoiseSeries, _ maps: [(condition: Condition, matrix: [[Double]])],
    _ range: ClosedRange<Double>
  ) -> Figure {
    let columns = DiagramFigures.columns(maps.count)
    let panels = maps.enumerated().map { index, entry in
      var panel = map(entry.matrix, range)
      panel.title = NoiseSeries.text(entry.condition)
      panel.commands += index == columns - 1 ? colorBox() : ["unset colorbox"]
      return panel
    }
    return Figure(
      name: "angles-levels-\(series.name)",
      title: "Angles between the classes' subspaces at every level, \(series.text)",
      caption:
        "Mean principal angles in degrees, classes in the order of the tables, one scale for all "
        + "levels.\(series.seedSentence)",
      section: .geometry, width: .twoColumns,
      layout: PanelLayout(
        columns: columns, left: 6, right: scaleRoom(range), bottom: 8, columnGap: 8),
      panels: panels)
  }

  private static func map(_ matrix: [[Double]], _ range: ClosedRange<Double>) -> Panel {
    var panel = Panel()
    let edges = -0.5...Double(matrix.count) - 0.5
    panel.x = Axis(range: edges)
    panel.y = Axis(range: edges, isReversed: true)
    panel.border = 15
    // A class has no angle with itself: its cell gets a number of the range, and white over it.
    panel.plots = [
      .heatMap(matrix.map { $0.map { $0.isFinite ? $0 : range.lowerBound } }),
      Plot(
        matrix.enumerated().flatMap { row, values in
          values.enumerated().filter { !$0.element.isFinite }.map {
            [Double($0.offset), Double(row), 0.5, 0.5]
          }
        }, "with boxxyerror fs solid noborder fc rgb 'white'"),
    ]
    panel.commands = [
      FigureStyle.paletteCommand,
      "set cbrange [\(range.lowerBound.shortestText):\(range.upperBound.shortestText)]",
    ]
    let ticks = ticks(range).map {
      "\(GnuplotText.quotedTick($0.label)) \($0.value.shortestText)"
    }
    panel.commands.append(
      "set cbtics scale 0.3 offset -0.8,0 font ',7' (\(ticks.joined(separator: ", ")))")
    return panel
  }

  /// The ticks of the colours' scale, in degrees.
  private static func ticks(_ range: ClosedRange<Double>) -> [Tick] {
    Scale.linear(range, count: 5).map { Tick(value: $0.value, label: $0.label + "°") }
  }

  /// The room right of a map for the colours' scale, in points: more for labels with powers of ten.
  private static func scaleRoom(_ range: ClosedRange<Double>) -> Double {
    let longest = ticks(range).map(\.label.count).max() ?? 0
    return 54 + 7 * Double(max(0, longest - 6))
  }

  /// The colours' scale right of a map; its width a share of the map's.
  private static func colorBox(width: Double = 0.035) -> [String] {
    [
      "set colorbox user origin graph \(1 + width), graph 0 size graph \(width), graph 1 border",
      "set cblabel \(GnuplotText.quoted("Mean principal angle")) offset -0.6,0",
    ]
  }
}
