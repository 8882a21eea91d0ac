import Foundation
import Testing

@testable import Topology

@Suite struct PersistenceImageTests {
  private func frame(_ births: (Double, Double), _ persistences: (Double, Double), sigma: Double)
    throws -> PersistenceImage.Frame
  {
    PersistenceImage.Frame(
      births: try SampleGrid(from: births.0, to: births.1, count: 3),
      persistences: try SampleGrid(from: persistences.0, to: persistences.1, count: 4),
      standardDeviation: sigma)
  }

  @Test func `all of the plane holds the sum of the persistences`() throws {
    let image = try summarisedDiagram().image(
      dimension: 1, frame: frame((-50, 50), (-50, 50), sigma: 0.5))
    #expect(image.columns == 2 && image.rows == 3)
    #expect(image.pixels.count == 6)
    let mass = image.pixels.reduce(0, +)
    #expect(abs(mass - 6) < 1e-12)
    #expect(image.excludedCount == 1)
  }

  @Test func `a bar on a corner of four pixels gives each a quarter`() throws {
    let diagram = try PersistenceDiagram([PersistenceBar(dimension: 1, birth: 2, death: 5)])
    let edges = try SampleGrid(from: -98, to: 102, count: 3)
    let image = try diagram.image(
      dimension: 1,
      frame: PersistenceImage.Frame(
        births: edges, persistences: SampleGrid(from: -97, to: 103, count: 3),
        standardDeviation: 1))
    #expect(image.pixels == [0.75, 0.75, 0.75, 0.75])
  }

  @Test func `rows ascend in persistence and pixels are normal masses`() throws {
    let diagram = try PersistenceDiagram([PersistenceBar(dimension: 0, birth: 1, death: 3)])
    let image = try diagram.image(dimension: 0, frame: frame((0, 2), (0, 3), sigma: 1))
    // Φ(1) − Φ(0) of each column; persistence 2 lies on the edge of the upper two rows.
    let half = 0.341_344_746_068_543
    let beyond = 0.135_905_121_983_278
    for (pixel, expected) in zip(
      image.pixels, [beyond, beyond, half, half, half, half].map { 2 * half * $0 })
    {
      #expect(abs(pixel - expected) < 1e-14)
    }
  }

  @Test func `tails keep their digits`() throws {
    let diagram = try PersistenceDiagram([PersistenceBar(dimension: 0, birth: 0, death: 1)])
    let image = try diagram.image(
      dimension: 0, frame: frame((20, 22), (-100, 200), sigma: 1))
    // The mass beyond 20 standard deviations.
    let tail = 2.753_624_118_606_233_7e-89
    #expect(abs(image.pixels.reduce(0, +) - tail) < 1e-12 * tail)
  }

  @Test func `a bad width and far too many pixels are errors`() throws {
    for sigma in [0, -1, .nan, .infinity] {
      #expect(throws: TopologyError.self) {
        try summarisedDiagram().image(dimension: 1, frame: frame((0, 1), (0, 1), sigma: sigma))
      }
    }
    let edges = try SampleGrid(from: 0, to: 1, count: 1_000_000)
    #expect(throws: TopologyError.self) {
      try summarisedDiagram().image(
        dimension: 1,
        frame: PersistenceImage.Frame(births: edges, persistences: edges, standardDeviation: 1))
    }
  }
}
