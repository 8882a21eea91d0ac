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
}
