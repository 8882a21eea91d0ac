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
    #expect(places.allSatisfy { $0.left >= 0 && $0.left < 241 })
    #expect(Set(places.map { "\($0.left) \($0.middle)" }).count == 15)
    let panel = geometry.panel(0)
    #expect(places.allSatisfy { $0.middle < panel.top })
  }
}
