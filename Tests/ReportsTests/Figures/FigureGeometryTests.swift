import Testing

@testable import Reports

struct FigureGeometryTests {
  @Test func `legends fill columns of their own width`() {
    var figure = FigureScriptTests.figure()
    figure.legend = (0..<15).map {
      LegendEntry(text: "class number \($0)", color: "#000000", mark: .point(marker: 7))
    }
    let geometry = FigureGeometry(figure)
    let places = figure.legend.indices.map { geometry.legendPlace($0) }
    #expect(places.allSatisfy { $0.left >= 0 && $0.left < 245 })
    #expect(Set(places.map { "\($0.left) \($0.middle)" }).count == 15)
    let panel = geometry.panel(0)
    #expect(places.allSatisfy { $0.middle < panel.top })
  }

  /// A figure of panels with titles.
  private func figure(
    _ titles: [String], columns: Int, width: FigureWidth = .twoColumns
  ) -> Figure {
    var figure = FigureScriptTests.figure()
    figure.width = width
    figure.layout = PanelLayout(columns: columns, panelHeight: 50)
    figure.panels = titles.map { Panel(title: $0) }
    return figure
  }

  @Test(arguments: [FigureWidth.oneColumn, .twoColumns])
  func `no title reaches the next`(width: FigureWidth) {
    let titles = (0..<9).map { "H₁, severity \($0) of something" }
    let figure = figure(titles, columns: 9)
    let geometry = FigureGeometry(figure, width: width)
    let boxes = titles.enumerated().map { index, title in
      let box = geometry.panel(index)
      let right = box.left + TextWidth.points(title, size: FigureStyle.fontSize)
      return (top: box.top, left: box.left, right: right)
    }
    for (one, next) in zip(boxes, boxes.dropFirst()) where one.top == next.top {
      #expect(one.right < next.left)
    }
    #expect(boxes.allSatisfy { $0.right <= geometry.size.width })
    #expect(geometry.panel(8).bottom <= geometry.size.height)
  }

  @Test func `panels stay beside each other where there is room`() {
    let geometry = FigureGeometry(figure(["a", "b", "c"], columns: 3))
    #expect(Set((0..<3).map { geometry.panel($0).top }).count == 1)
    #expect(geometry.isEndOfFirstRow(2) && !geometry.isEndOfFirstRow(1))
    let narrow = FigureGeometry(figure(["a", "b", "c"], columns: 3), width: .oneColumn)
    #expect(narrow.size.width == 245)
  }

  @Test func `the lowest panel of a column of its block shows the axis`() {
    var figure = figure(["a", "b", "c", "d", "e"], columns: 2)
    figure.layout.sharesHorizontal = true
    figure.panels[3].startsRow = true
    let geometry = FigureGeometry(figure)
    // Rows: a b, c, then the block d e.
    #expect((0..<5).map { geometry.showsHorizontal($0) } == [false, true, true, true, true])
    #expect(geometry.panel(3).top - geometry.panel(2).bottom > figure.layout.rowGap)
  }

  @Test func `texts are kept inside`() {
    let geometry = FigureGeometry(figure(["a"], columns: 1))
    let width = TextWidth.points("severity 5", size: 8)
    #expect(geometry.inside(500, "severity 5", size: 8, .left) == 502 - width)
    #expect(geometry.inside(0, "severity 5", size: 8, .center) == 2 + width / 2)
    #expect(geometry.inside(250, "severity 5", size: 8, .right) == 250)
  }

  @Test func `rows are filled evenly`() {
    var figure = figure(["a", "b", "c", "d"], columns: 4)
    // Three would have room beside each other.
    figure.layout.leastPanelWidth = 60
    let geometry = FigureGeometry(figure, width: .oneColumn)
    let tops = (0..<4).map { geometry.panel($0).top }
    #expect(tops[0] == tops[1] && tops[1] < tops[2] && tops[2] == tops[3])
  }
}
