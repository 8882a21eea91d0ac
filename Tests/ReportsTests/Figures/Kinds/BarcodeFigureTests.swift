import Runs
import Testing
import Topology

@testable import Reports

struct BarcodeFigureTests {
  @Test func `longest bars are shown by birth`() {
    let bars = (0..<200).map { PersistenceBar(1, Double($0), Double($0) + ($0 < 150 ? 1 : 2)) }
    let longest = BarcodeFigure.longest(bars)
    #expect(longest.count == BarcodeFigure.barLimit)
    #expect(longest.suffix(50).map(\.birth) == (150..<200).map(Double.init))
    #expect(longest.map(\.birth) == longest.map(\.birth).sorted())
  }

  @Test func `panels wrap at four a row, a dimension from a new row on`() {
    let conditions =
      [Condition.clean]
      + (1...8).compactMap { Condition(name: "gaussian-\($0)-s0") }
    let clouds = conditions.map {
      DiagramFigures.Cloud(condition: $0, bars: [PersistenceBar(0, 0, 1), PersistenceBar(1, 1, 2)])
    }
    let series = NoiseSeries(kind: "gaussian", conditions: conditions, seedCount: 1)
    let figure = BarcodeFigure.figure(series, clouds, [0, 1])
    let geometry = FigureGeometry(figure)
    let tops = (0..<18).map { geometry.panel($0).top }
    let rows = Dictionary(grouping: tops) { $0 }
    #expect(rows.values.allSatisfy { $0.count <= 4 })
    #expect(tops[9] > tops[8])
    // No higher than a page, and no title on the next.
    #expect(geometry.size.height < 720)
    for index in figure.panels.indices.dropLast() where tops[index] == tops[index + 1] {
      let right =
        geometry.panel(index).left
        + TextWidth.points(figure.panels[index].title, size: FigureStyle.fontSize)
      #expect(right < geometry.panel(index + 1).left)
    }
  }
}
