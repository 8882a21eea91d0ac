import Testing

@testable import Topology

@Suite struct BettiCurveTests {
  @Test func `it counts the bars alive, ends excluded`() throws {
    let curve = try summarisedDiagram().bettiCurve(dimension: 1)
    #expect(curve.breakpoints == [0, 1, 2, 3, 4])
    #expect(curve.counts == [1, 2, 3, 2, 1])
    #expect([-1, 0, 0.5, 2.5, 3, 4, 100].map(curve.count(at:)) == [0, 1, 1, 3, 2, 1, 1])
    let grid = try SampleGrid(from: -1, to: 4, count: 6)
    #expect(curve.counts(on: grid) == [0, 1, 2, 3, 2, 1])
  }

  @Test func `a death and a birth at one value are no breakpoint`() throws {
    let diagram = try PersistenceDiagram(
      [(0.0, 1.0), (1.0, 2.0)].map {
        PersistenceBar(dimension: 0, birth: $0.0, death: $0.1)
      })
    #expect(diagram.bettiCurve(dimension: 0).breakpoints == [0, 2])
    #expect(diagram.bettiCurve(dimension: 3).breakpoints.isEmpty)
    #expect(diagram.bettiCurve(dimension: 3).count(at: 1) == 0)
  }

  @Test func `a bar from minus infinity counts from there`() throws {
    let curve = try summarisedDiagram().bettiCurve(dimension: 2)
    #expect(curve.breakpoints == [-.infinity, 5])
    #expect(curve.count(at: -1e300) == 1)
  }
}
