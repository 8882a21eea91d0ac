import Images
import RunAnalyses

/// A figure to be drawn: panels of one size in rows and columns, and a legend above them.
struct Figure: Sendable {
  var name: String
  var title: String
  var caption: String
  var section: PageSection
  var width: FigureWidth
  var layout: PanelLayout
  /// The panels, by rows.
  var panels: [Panel]
  var legend: [LegendEntry] = []
  /// What the colours of heat maps mean; stands right of the first row.
  var colorScale: ColorScale?

  /// Whether it shows pictures, which are as light in the dark.
  var hasPictures: Bool {
    panels.contains {
      $0.plots.contains { if case .image = $0.content { true } else { false } }
    }
  }
}

/// How panels are arranged, in points.
struct PanelLayout: Sendable {
  /// The most panels of a row; fewer where their titles or labels would meet.
  var columns: Int
  /// The height of the inside of a panel; nil for as high as it is wide.
  var panelHeight: Double?
  /// Whether that height stays where panels are narrower or wider than they were meant to be.
  var isHeightFixed = false
  /// Whether only the first panel of a row shows its axis upwards.
  var sharesVertical = false
  /// Whether only the lowest panel of a column shows its axis across.
  var sharesHorizontal = false
  /// A panel narrower than this is of no use.
  var leastPanelWidth = 44.0
  /// Room left of the first column: ticks' labels and the axis's.
  var left = 36.0
  var right = 10.0
  /// Room above the first row, for panels' titles.
  var top = 14.0
  var bottom = 30.0
  var columnGap = 10.0
  var rowGap = 22.0
}

/// A panel: two axes and what is plotted between them.
struct Panel: Sendable {
  var title = ""
  /// Whether a new row of panels begins with it.
  var startsRow = false
  var titleSize = FigureStyle.fontSize
  /// A second line above the panel, in a colour of its own.
  var subtitle = ""
  var subtitleColor = FigureStyle.control.color
  var x = Axis()
  var y = Axis()
  var plots: [Plot] = []
  var labels: [PanelLabel] = []
  /// The sides that have a line, in gnuplot's numbers: 1 bottom, 2 left, 4 top, 8 right; 0 for pictures.
  var border = 3
  /// Further commands of gnuplot, before the plot.
  var commands: [String] = []

  /// Whether it shows a matrix.
  var hasHeatMap: Bool {
    plots.contains { if case .matrix = $0.content { true } else { false } }
  }
}

/// Something plotted in a panel.
struct Plot: Sendable {
  enum Content: Sendable {
    /// Rows of numbers; an empty row ends a line.
    case rows([[Double]])
    /// A matrix, its first row at y = 0; of finite numbers, or gnuplot warns.
    case matrix([[Double]])
    /// A picture, its first row at y = 0, a unit a pixel.
    case image(RGBImage)
  }

  var content: Content
  /// The style in gnuplot's words, such as `with lines`; S scales points.
  var style: String

  /// Rows of numbers in a style.
  init(_ rows: [[Double]], _ style: String) {
    content = .rows(rows)
    self.style = style
  }

  /// A line through points.
  static func line(
    _ rows: [[Double]], color: String, width: Double = 1.1, dash: Int = 1, steps: Bool = false
  ) -> Plot {
    Plot(rows, "with \(steps ? "steps" : "lines") lw \(width) dt \(dash) lc rgb '\(color)'")
  }

  /// Points with a marker.
  static func points(_ rows: [[Double]], color: String, marker: Int = 7, size: Double) -> Plot {
    Plot(rows, "with points pt \(marker) ps S*\(size) lw 0.5 lc rgb '\(color)'")
  }

  /// Upright lines from the third to the fourth number of rows, at the first.
  static func intervals(_ rows: [[Double]], color: String) -> Plot {
    .line(rows.flatMap { [[$0[0], $0[2]], [$0[0], $0[3]], []] }, color: color, width: 0.8)
  }

  /// An area between two heights, from the one to the other end.
  static func band(
    from left: Double, to right: Double, low: Double, high: Double, color: String,
    opacity: Double = 1
  ) -> Plot {
    Plot(
      [[left, low, high], [right, low, high]],
      "with filledcurves fs transparent solid \(opacity) noborder fc rgb '\(color)'")
  }

  private init(content: Content, style: String) {
    self.content = content
    self.style = style
  }

  /// A heat map.
  static func heatMap(_ matrix: [[Double]]) -> Plot {
    Plot(content: .matrix(matrix), style: "with image")
  }

  /// A heat map in which what has no number is white.
  ///
  /// - Parameters:
  ///   - matrix: The numbers, the first row at y = 0; NaN for none.
  ///   - low: A number of the scale, for what lies under the white.
  /// - Returns: The map, and the white over it, a box for all that is beside each other in a row.
  static func heatMap(withGaps matrix: [[Double]], low: Double) -> [Plot] {
    var gaps: [[Double]] = []
    for (row, values) in matrix.enumerated() {
      var column = 0
      while column < values.count {
        let first = column
        while column < values.count, !values[column].isFinite { column += 1 }
        if column > first {
          let half = Double(column - first) / 2
          gaps.append([Double(first) - 0.5 + half, Double(row), half, 0.5])
        } else {
          column += 1
        }
      }
    }
    return [
      .heatMap(matrix.map { $0.map { $0.isFinite ? $0 : low } }),
      Plot(gaps, "with boxxyerror fs solid noborder fc rgb 'white'"),
    ]
  }

  /// A picture.
  static func picture(_ image: RGBImage) -> Plot {
    Plot(content: .image(image), style: "with rgbimage")
  }
}

/// A text in a panel.
struct PanelLabel: Sendable {
  enum Alignment: String, Sendable { case left, center, right }

  var text: String
  var x: Double
  var y: Double
  /// Whether x and y are numbers of the axes; else shares of the panel from its lower left.
  var isOnAxes = false
  var alignment = Alignment.left
  var size = FigureStyle.tickFontSize
  var color = "#000000"
  var isRotated = false
}

/// An entry of a legend.
struct LegendEntry: Sendable, Equatable {
  enum Mark: Sendable, Equatable {
    case line(dash: Int)
    case point(marker: Int)
    case both(marker: Int, dash: Int)
    /// A filled box.
    case area
  }

  var text: String
  var color: String
  var mark: Mark
}
