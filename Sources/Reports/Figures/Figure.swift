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
}

/// How panels are arranged, in points.
struct PanelLayout: Sendable {
  var columns: Int
  /// The height of the inside of a panel; nil for as high as it is wide.
  var panelHeight: Double?
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
  var titleSize = FigureStyle.fontSize
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

/// An axis of a panel.
struct Axis: Sendable {
  var label = ""
  var range = 0.0...1.0
  var ticks: [Tick] = []
  /// Whether the ticks' labels are shown; panels inside a row share those of the first.
  var showsLabels = true
  /// Whether it grows downwards or to the left.
  var isReversed = false
  var tickFontSize = FigureStyle.tickFontSize
  /// Whether ticks' labels stand upright.
  var isRotated = false
}

/// Something plotted in a panel.
struct Plot: Sendable {
  enum Content: Sendable {
    /// Rows of numbers; an empty row ends a line.
    case rows([[Double]])
    /// A matrix, its first row at y = 0; NaN is left blank.
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

  private init(content: Content, style: String) {
    self.content = content
    self.style = style
  }

  /// A heat map.
  static func heatMap(_ matrix: [[Double]]) -> Plot {
    Plot(content: .matrix(matrix), style: "with image")
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
