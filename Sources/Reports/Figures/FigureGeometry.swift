import Files

/// Where the parts of a figure lie, in points from its upper left corner.
struct FigureGeometry {
  struct Box {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double
  }

  let layout: PanelLayout
  let legend: [LegendEntry]
  let size: FigureSize
  /// How far below a panel the label of its axis lies.
  let axisOffset = 21.0

  private static let legendRowHeight = 10.0
  private static let legendMargin = 4.0

  private let panelWidth: Double
  private let panelHeight: Double
  private let legendRows: Int
  /// The left ends of the legend's columns.
  private let legendColumns: [Double]
  private let legendHeight: Double

  /// 85 mm and 175 mm in points.
  static func points(_ width: FigureWidth) -> Double {
    switch width {
    case .oneColumn: 241
    case .twoColumns: 496
    }
  }

  init(_ figure: Figure) {
    let layout = figure.layout
    let width = Self.points(figure.width)
    let columns = Double(layout.columns)
    let rows = Double((figure.panels.count + layout.columns - 1) / layout.columns)
    panelWidth =
      (width - layout.left - layout.right - (columns - 1) * layout.columnGap) / columns
    panelHeight = layout.panelHeight ?? panelWidth
    (legendRows, legendColumns) = Self.legendColumns(
      figure.legend.map(\.text.count), width: width - layout.left)
    legendHeight =
      legendRows == 0 ? 0 : Double(legendRows) * Self.legendRowHeight + Self.legendMargin
    self.layout = layout
    legend = figure.legend
    let height =
      legendHeight + layout.top + rows * panelHeight + (rows - 1) * layout.rowGap + layout.bottom
    size = FigureSize(width: width, height: height.rounded(.up))
  }

  /// The inside of a panel.
  func panel(_ index: Int) -> Box {
    let (row, column) = (Double(index / layout.columns), Double(index % layout.columns))
    let left = layout.left + column * (panelWidth + layout.columnGap)
    let top = legendHeight + layout.top + row * (panelHeight + layout.rowGap)
    return Box(left: left, top: top, right: left + panelWidth, bottom: top + panelHeight)
  }

  /// The fewest rows of a legend, filled by columns, that fit, and where its columns begin.
  private static func legendColumns(
    _ lengths: [Int], width: Double
  ) -> (rows: Int, columns: [Double]) {
    for rows in stride(from: 1, through: lengths.count, by: 1) {
      var places: [Double] = []
      var left = 0.0
      for first in stride(from: 0, to: lengths.count, by: rows) {
        places.append(left)
        let longest = lengths[first..<min(first + rows, lengths.count)].max() ?? 0
        // DejaVu Sans, the widest of the usual fonts, takes up to 0.66 of its size a character.
        left += 30 + 0.66 * FigureStyle.tickFontSize * Double(longest)
      }
      if left <= width || rows == lengths.count { return (rows, places) }
    }
    return (0, [])
  }

  /// The left end and the middle of an entry of the legend.
  func legendPlace(_ index: Int) -> (left: Double, middle: Double) {
    let (column, row) = (index / legendRows, index % legendRows)
    return (
      layout.left + legendColumns[column],
      Self.legendMargin + (Double(row) + 0.5) * Self.legendRowHeight
    )
  }

  /// A place across, as a share of the width.
  func x(_ points: Double) -> String { Self.share(points / size.width) }

  /// A place down, as a share of the height from below.
  func y(_ points: Double) -> String { Self.share(1 - points / size.height) }

  private static func share(_ value: Double) -> String {
    ((value * 100_000).rounded() / 100_000).shortestText
  }
}
