import Testing

@testable import Topology

@Suite struct SampleGridTests {
  @Test func `values reach from end to end`() throws {
    #expect(try SampleGrid(from: -1, to: 1, count: 5).values == [-1, -0.5, 0, 0.5, 1])
  }

  @Test func `bad ends and counts are errors`() {
    for (lower, upper) in [(1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity), (-1e308, 1e308)] {
      #expect(throws: TopologyError.self) { try SampleGrid(from: lower, to: upper, count: 5) }
    }
    for count in [-1, 0, 1, 1_000_001] {
      #expect(throws: TopologyError.self) { try SampleGrid(from: 0, to: 1, count: count) }
    }
  }
}
