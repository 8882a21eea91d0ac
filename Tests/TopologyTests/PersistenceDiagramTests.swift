import Foundation
import Testing

@testable import Topology

@Suite struct PersistenceDiagramTests {
  @Test func `bars are sorted by dimension, birth and death`() throws {
    let rows = [(1, 0.5, 2.0), (0, 0.0, Double.infinity), (1, 0.5, 1.0), (0, -.infinity, 3.0)]
    let diagram = try PersistenceDiagram(
      rows.map { PersistenceBar(dimension: $0.0, birth: $0.1, death: $0.2) })
    #expect(diagram.bars.map(\.dimension) == [0, 0, 1, 1])
    #expect(diagram.bars.map(\.death) == [3, .infinity, 1, 2])
    #expect(diagram.bars(dimension: 1).map(\.death) == [1, 2])
    #expect(diagram.bars(dimension: 7).isEmpty)
    #expect(diagram.maximumDimension == 1)
    #expect(try PersistenceDiagram([]).maximumDimension == nil)
  }

  @Test func `NaN and a death before the birth are errors that name the row`() throws {
    for (birth, death) in [(0, Double.nan), (.nan, 1), (2, 1), (0, -.infinity)] {
      let bars = [
        PersistenceBar(dimension: 0, birth: 0, death: 1),
        PersistenceBar(dimension: 0, birth: birth, death: death),
      ]
      let error = try #require(throws: TopologyError.self) { try PersistenceDiagram(bars) }
      #expect(error.description.hasPrefix("row 1: birth \(birth), death \(death): "))
    }
    #expect(throws: TopologyError.self) {
      try PersistenceDiagram([PersistenceBar(dimension: -1, birth: 0, death: 1)])
    }
  }

  @Test func `a diagram goes through JSON bit for bit, and is checked on the way back`() throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let diagram = try PersistenceDiagram([
      PersistenceBar(dimension: 1, birth: 1.0 / 3, death: 1e300),
      .init(dimension: 0, birth: 0, death: 0.1),
      PersistenceBar(dimension: 0, birth: -.infinity, death: .infinity),
      PersistenceBar(dimension: 0, birth: 0, death: Double.leastNonzeroMagnitude),
    ])
    let data = try encoder.encode(diagram)
    #expect(try decoder.decode(PersistenceDiagram.self, from: data) == diagram)
    #expect(throws: TopologyError.self) {
      try decoder.decode(
        PersistenceDiagram.self, from: Data(#"[{"dimension": 0, "birth": 2, "death": 1}]"#.utf8))
    }
  }

  @Test func `persistence is the length, and zero on the diagonal even at infinity`() {
    #expect(PersistenceBar(dimension: 0, birth: 1, death: 3).persistence == 2)
    #expect(PersistenceBar(dimension: 0, birth: 1, death: .infinity).persistence == .infinity)
    #expect(PersistenceBar(dimension: 0, birth: .infinity, death: .infinity).persistence == 0)
  }
}
