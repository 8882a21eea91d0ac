import Testing
import Topology

@testable import Reports

struct BettiCurveFigureTests {
  @Test func `Betti curves count births and not deaths`() {
    let bars = [
      PersistenceBar(1, 1, 3), PersistenceBar(1, 2, 3), PersistenceBar(1, 2, .infinity),
      PersistenceBar(1, 2.5, 2.5),
    ]
    #expect(BettiCurveFigure.curve(bars, to: 4) == [[0, 0], [1, 1], [2, 3], [3, 1], [4, 1]])
    #expect(BettiCurveFigure.curve([], to: 1) == [[0, 0], [1, 0]])
  }
}
