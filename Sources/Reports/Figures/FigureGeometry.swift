import Files

/// Where the parts of a figure lie, in points from its upper left corner.
struct FigureGeometry {
  struct Box: Equatable {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double
  }

  /// The place of a panel among the others.
  private struct Cell {
    let row: Int
    let column: Int
    /// How many panels before it begin a row of themselves.
    let block: Int
  }

  let layout: PanelLayout
  let legend: [LegendEntry]
  let size: FigureSize
  /// How far below a panel the label of its axis lies.
  let axisOffset = 21.0

  private static let legendRowHeight = 10.0
  private static let legendMargin = 4.0
  private static let legendSize = FigureStyle.tickFontSize
  /// Room between rows of panels where a new block begins, for the axes that its panels share.
  private static let blockGap = 20.0
  /// Nothing is drawn closer to the edge.
  private static let margin = 2.0

  private let panelWidth: Double
  private let panelHeight: Double
  private let legendRows: Int
  /// The left ends of the legend's columns.
  private let legendColumns: [Double]
  private let legendHeight: Double
  private let cells: [Cell]

  /// Where the parts of a figure lie.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - asked: The width that all figures are to have; nil for its own.
  init(_ figure: Figure, width asked: FigureWidth? = nil) {
    let layout = figure.layout
    let width = (asked ?? figure.width).points
    func panelWidth(_ columns: Int, of width: Double) -> Double {
      (width - layout.left - layout.right - Double(columns - 1) * layout.columnGap)
        / Double(columns)
    }
    let most =
      (1...max(layout.columns, 1)).last { columns in
        let own = panelWidth(columns, of: width)
        return own >= layout.leastPanelWidth
          && (columns == 1
            || figure.panels.allSatisfy { Self.fits($0, own + layout.columnGap - 4) })
      } ?? 1
    let columns = Self.balanced(figure.panels, columns: most)
    self.panelWidth = panelWidth(columns, of: width)
    var panelHeight = layout.panelHeight ?? self.panelWidth
    if layout.panelHeight != nil, !layout.isHeightFixed {
      if width < figure.width.points {
        panelHeight = min(panelHeight, max(70, 0.9 * self.panelWidth))
      } else if width > figure.width.points {
        panelHeight *= 1.4
      }
    }
    self.panelHeight = panelHeight
    cells = Self.cells(figure.panels, columns: columns)
    (legendRows, legendColumns) = Self.legendColumns(
      figure.legend.map { TextWidth.points($0.text, size: Self.legendSize) },
      width: width - layout.left)
    legendHeight =
      legendRows == 0 ? 0 : Double(legendRows) * Self.legendRowHeight + Self.legendMargin
    self.layout = layout
    legend = figure.legend
    let rows = Double((cells.last?.row ?? 0) + 1)
    let blocks = layout.sharesHorizontal ? Double(cells.last?.block ?? 0) : 0
    let height =
      legendHeight + layout.top + rows * panelHeight + (rows - 1) * layout.rowGap
      + blocks * Self.blockGap + layout.bottom
    size = FigureSize(width: width, height: height.rounded(.up))
  }

  /// Whether the title and the label below a panel have room beside those of its neighbours.
  private static func fits(_ panel: Panel, _ room: Double) -> Bool {
    TextWidth.points(panel.title, size: panel.titleSize) <= room
      && TextWidth.points(panel.subtitle, size: FigureStyle.leastFontSize) <= room
      && TextWidth.points(panel.x.label, size: FigureStyle.fontSize) <= room
  }

  /// The fewest columns that need no more rows: four panels are two and two rather than three and one.
  private static func balanced(_ panels: [Panel], columns: Int) -> Int {
    var (longest, length) = (0, 0)
    for panel in panels {
      length = panel.startsRow ? 1 : length + 1
      longest = max(longest, length)
    }
    guard longest > columns else { return columns }
    let rows = (longest + columns - 1) / columns
    return (longest + rows - 1) / rows
  }

  private static func cells(_ panels: [Panel], columns: Int) -> [Cell] {
    var cells: [Cell] = []
    var (row, column, block) = (0, 0, 0)
    for (index, panel) in panels.enumerated() {
      if index > 0, column == columns || panel.startsRow { (row, column) = (row + 1, 0) }
      if index > 0, panel.startsRow { block += 1 }
      cells.append(Cell(row: row, column: column, block: block))
      column += 1
    }
    return cells
  }

  // MARK: Panels

  /// The inside of a panel.
  func panel(_ index: Int) -> Box {
    let cell = cells[index]
    let left = layout.left + Double(cell.column) * (panelWidth + layout.columnGap)
    let top =
      legendHeight + layout.top + Double(cell.row) * (panelHeight + layout.rowGap)
      + (layout.sharesHorizontal ? Double(cell.block) * Self.blockGap : 0)
    return Box(left: left, top: top, right: left + panelWidth, bottom: top + panelHeight)
  }

  /// Whether a panel shows the labels of its axis upwards.
  func showsVertical(_ index: Int) -> Bool {
    !layout.sharesVertical || cells[index].column == 0
  }

  /// Whether a panel shows the labels of its axis across.
  func showsHorizontal(_ index: Int) -> Bool {
    let cell = cells[index]
    return !layout.sharesHorizontal
      || !cells.contains {
        $0.row == cell.row + 1 && $0.column == cell.column && $0.block == cell.block
      }
  }

  /// Whether a panel is the last of the first row, where a scale of colours stands.
  func isEndOfFirstRow(_ index: Int) -> Bool {
    cells[index].row == 0 && (index + 1 == cells.count || cells[index + 1].row > 0)
  }

  /// Where a text begins, is centred or ends, so that all of it is inside the figure.
  func inside(
    _ x: Double, _ text: String, size: Double, _ alignment: PanelLabel.Alignment
  ) -> Double {
    let width = TextWidth.points(text, size: size)
    let before =
      switch alignment {
      case .left: 0.0
      case .center: width / 2
      case .right: width
      }
    let (first, last) = (
      Self.margin + before, self.size.width - Self.margin - (width - before)
    )
    return first > last ? first : min(max(x, first), last)
  }

  // MARK: The legend

  /// The fewest rows of a legend, filled by columns, that fit, and where its columns begin.
  private static func legendColumns(
    _ lengths: [Double], width: Double
  ) -> (rows: Int, columns: [Double]) {
    for rows in stride(from: 1, through: lengths.count, by: 1) {
      var places: [Double] = []
      var left = 0.0
      for first in stride(from: 0, to: lengths.count, by: rows) {
        places.append(left)
        left += 30 + (lengths[first..<min(first + rows, lengths.count)].max() ?? 0)
      }
      // The last column needs no room behind it.
      if left - 10 <= width || rows == lengths.count { return (rows, places) }
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

  // MARK: Shares

  /// A place across, as a share of the width.
  func x(_ points: Double) -> String { Self.share(points / size.width) }

  /// A place down, as a share of the height from below.
  func y(_ points: Double) -> String { Self.share(1 - points / size.height) }

  /// A height, as a share of the figure's.
  func heightShare(_ points: Double) -> String { Self.share(points / size.height) }

  private static func share(_ value: Double) -> String {
    ((value * 100_000).rounded() / 100_000).shortestText
  }
}
