import Testing

@testable import Topology

@Suite struct PersistenceLandscapeTests {
  @Test func `functions are the tents, largest first`() throws {
    let grid = try SampleGrid(from: 0, to: 4, count: 9)
    let landscape = try summarisedDiagram().landscape(dimension: 1, functionCount: 3, grid: grid)
    #expect(landscape.functions[0] == [0, 0.5, 1, 1.5, 2, 1.5, 1, 0.5, 0])
    #expect(landscape.functions[1] == [0, 0, 0, 0.5, 1, 0.5, 0, 0, 0])
    #expect(landscape.functions[2] == [Double](repeating: 0, count: 9))
    #expect(landscape.excludedCount == 1)
  }

  @Test func `a clipped bar has a tent of its own`() throws {
    let grid = try SampleGrid(from: 0, to: 4, count: 9)
    let landscape = try summarisedDiagram().landscape(
      dimension: 1, functionCount: 3, grid: grid, essential: .clipped(at: 4))
    #expect(landscape.functions[0] == [0, 0.5, 1, 1.5, 2, 1.5, 1, 0.5, 0])
    #expect(landscape.functions[1] == [0, 0, 0, 0.5, 1, 0.5, 1, 0.5, 0])
    #expect(landscape.functions[2] == [0, 0, 0, 0, 0, 0.5, 0, 0, 0])
    #expect(landscape.excludedCount == 0)
  }

  @Test func `no function, or far too many values, are errors`() throws {
    let grid = try SampleGrid(from: 0, to: 1, count: 1_000_000)
    for count in [-1, 0, 101, .max] {
      #expect(throws: TopologyError.self) {
        try summarisedDiagram().landscape(dimension: 1, functionCount: count, grid: grid)
      }
    }
  }
}
