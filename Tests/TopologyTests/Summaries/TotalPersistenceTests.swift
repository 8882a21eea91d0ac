import Foundation
import Testing

@testable import Topology

@Suite struct TotalPersistenceTests {
  @Test func `it sums powers of lengths`() throws {
    let diagram = try summarisedDiagram()
    let sum = try diagram.totalPersistence(dimension: 1)
    #expect(sum == DiagramStatistic(value: 6, excludedCount: 1))
    #expect(try diagram.totalPersistence(dimension: 1, exponent: 2).value == 20)
    #expect(try diagram.totalPersistence(dimension: 5).value == 0)
    #expect(throws: TopologyError.self) {
      try diagram.totalPersistence(dimension: 1, exponent: 0)
    }
  }

  @Test func `essential bars are clipped, or left out if born too late`() throws {
    let diagram = try summarisedDiagram()
    let clipped = try diagram.totalPersistence(dimension: 1, essential: .clipped(at: 10))
    #expect(clipped == DiagramStatistic(value: 14, excludedCount: 0))
    let late = try diagram.totalPersistence(dimension: 1, essential: .clipped(at: 2))
    #expect(late == DiagramStatistic(value: 6, excludedCount: 1))
    let unborn = try diagram.totalPersistence(dimension: 2, essential: .clipped(at: 2))
    #expect(unborn == DiagramStatistic(value: 0, excludedCount: 1))
    #expect(throws: TopologyError.self) {
      try diagram.totalPersistence(dimension: 1, essential: .clipped(at: .infinity))
    }
  }

  @Test func `entropy is that of the shares of the lengths`() throws {
    let entropy = try summarisedDiagram().persistentEntropy(dimension: 1)
    let expected = -(2.0 / 3 * log(2.0 / 3) + 1.0 / 3 * log(1.0 / 3))
    #expect(abs(entropy.value - expected) < 1e-15)
    #expect(entropy.excludedCount == 1)
    let equal = try PersistenceDiagram(
      (0..<8).map {
        PersistenceBar(dimension: 0, birth: Double($0), death: Double($0) + 0.5)
      })
    #expect(abs(try equal.persistentEntropy(dimension: 0).value - log(8)) < 1e-14)
    #expect(try equal.persistentEntropy(dimension: 1).value == 0)
  }
}
