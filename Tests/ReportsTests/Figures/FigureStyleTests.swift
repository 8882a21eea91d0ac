import Testing

@testable import Reports

struct FigureStyleTests {
  @Test func `classes are told apart by colour and marker`() {
    let pairs = (0..<56).map {
      "\(FigureStyle.color(ofClass: $0)) \(FigureStyle.marker(ofClass: $0))"
    }
    #expect(Set(pairs).count == 56)
    #expect(FigureStyle.viridis(0) == "#440154")
    #expect(FigureStyle.viridis(1) == "#FDE725")
  }
}
