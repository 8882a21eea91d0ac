import Analyses
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct GeometryChangesTests {
  /// Two classes of five points on the circle; under noise the second is turned by a quarter.
  private func run() throws -> HandmadeRun {
    func points(turn: Double) -> Matrix<Float> {
      Matrix(
        (0..<10).map { row in
          let angle = 0.1 * Double(row * row % 7) + (row < 5 ? 0 : 2 + turn)
          return [Float(cos(angle)), Float(sin(angle))]
        })
    }
    return try HandmadeRun(
      ["clean": points(turn: 0), "gaussian-1-s0": points(turn: .pi / 2)],
      classes: (0..<10).map { $0 < 5 ? "a" : "b" })
  }

  private func changes(
    _ run: HandmadeRun, _ assignments: [String] = [],
    store: UnitStore = UnitStore(folder: nil)
  ) throws -> [MeasuredChange] {
    let context = try run.context(assignments, store: store)
    return try context.analysis(GeometryAnalysis.self).changes(context)
  }

  @Test func `a class that stays changes by nothing, and one that is turned by the turn`() throws {
    let changes = try changes(run(), ["geometry.overlap-neighbors=2"])
    #expect(changes.map(\.measure.name) == ["cka_loss", "neighbor_loss", "paired_distance"])
    let values = changes.map { $0.values.map { $0[0] ?? .nan } }
    // A rotation keeps distances.
    #expect(values[0].allSatisfy { abs($0) < 1e-6 })
    #expect(values[1].allSatisfy { (0...1).contains($0) })
    #expect(values[2][0] == 0 && abs(values[2][1] - 2.0.squareRoot()) < 1e-6)
  }

  @Test func `lost neighbours are counted by hand`() throws {
    let places = try run()
    let loss = try changes(places, ["geometry.overlap-neighbors=2"])[1].values.map { $0[0] }
    let near = try places.conditions.map {
      try NearestNeighbors(
        of: RunDirectory.unitRows(
          places.run.readEmbeddings($0, rowCount: 10), file: $0.name), count: 2,
        metric: .euclidean)
    }
    for (label, rows) in [0..<5, 5..<10].enumerated() {
      let kept = rows.reduce(0) { sum, row in
        sum
          + Set(near[0].indices[2 * row..<2 * row + 2])
          .intersection(near[1].indices[2 * row..<2 * row + 2]).count
      }
      #expect(loss[label] == Double(10 - kept) / 10)
    }
  }

  @Test func `too few or equal images have no alignment, and a class without images nothing`()
    throws
  {
    let few = try HandmadeRun(
      ["clean": HandmadeRun.clusters(3), "gaussian-1-s0": HandmadeRun.clusters(3, seed: 2)],
      classes: HandmadeRun.classes(3))
    let changes = try changes(few)
    #expect(changes[0].values == [[nil], [nil], [nil]])
    #expect(changes[1].values.allSatisfy { $0[0] != nil })
    // Without clean images there is nothing to compare with.
    let noisy = try HandmadeRun(
      ["gaussian-1-s0": HandmadeRun.clusters(3)], classes: HandmadeRun.classes(3))
    #expect(try self.changes(noisy).isEmpty)
  }

  @Test func `they are kept by the neighbours of the overlap alone`() throws {
    let run = try run()
    let folder = try TemporaryFolder()
    let first = try changes(run, store: UnitStore(folder: folder.path))
    func unfinished(_ assignments: String...) throws -> Int {
      let store = UnitStore(folder: folder.path)
      let context = try run.context(assignments, store: store)
      return try context.analysis(GeometryAnalysis.self).changeUnits(context).count {
        !store.contains($0.key)
      }
    }
    #expect(try unfinished() == 0 && unfinished("geometry.dimension-neighbors=4") == 0)
    #expect(try unfinished("geometry.overlap-neighbors=4") == 1)
    let again = try changes(run, store: UnitStore(folder: folder.path))
    #expect(again.map(\.values) == first.map(\.values))
  }

  @Test func `fewer neighbours are the first of the most`() throws {
    let run = try HandmadeRun(["clean": HandmadeRun.clusters(8)], classes: HandmadeRun.classes(8))
    let context = try run.context(["geometry.dimension-neighbors=12"])
    let unit = try context.unitRows(.clean)
    for count in [1, 10, 12, 23] {
      #expect(
        try context.neighbors(.clean, count: count)
          == NearestNeighbors(of: unit, count: count, metric: .euclidean))
    }
  }
}
