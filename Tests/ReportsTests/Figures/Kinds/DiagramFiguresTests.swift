import Testing
import Topology

@testable import Reports

struct DiagramFiguresTests {
  @Test func `essential bars lie on the line of infinity`() {
    let points = DiagramFigures.points(
      [PersistenceBar(0, 0, 1), PersistenceBar(0, 0, .infinity)], 2, 0...3)
    #expect(points == [[0, 1], [0, Scale.infinity(above: 2)]])
  }
}
