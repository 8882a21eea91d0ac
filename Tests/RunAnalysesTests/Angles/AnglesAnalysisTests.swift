import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct AnglesAnalysisTests {
  private func run() throws -> HandmadeRun {
    try HandmadeRun(
      [
        "clean": HandmadeRun.clusters(4),
        "gaussian-1-s0": HandmadeRun.clusters(4, seed: 2, spread: 0.4),
      ], classes: HandmadeRun.classes(4))
  }

  @Test func `tables and heat maps are told apart by their names`() throws {
    let run = try run()
    try run.context().perform(AnglesAnalysis.self)
    let files = try run.files("angles")
    #expect(
      files == [
        "angles/clean.csv", "angles/gaussian-1-s0.csv", "angles/heatmap-clean.csv",
        "angles/heatmap-clean.json", "angles/heatmap-gaussian-1-s0.csv",
        "angles/heatmap-gaussian-1-s0.json",
      ])
    func existing(_ file: RunFile) throws -> [String] {
      try run.run.existing([file], of: run.conditions)
    }
    #expect(try existing(AngleColumns.file) == ["angles/clean.csv", "angles/gaussian-1-s0.csv"])
    #expect(try existing(AngleHeatMapColumns.file).count == 2)
    #expect(try existing(AngleHeatMapColumns.json).count == 2)
    #expect(files.isSubset(of: run.run.written.keys))
    // Of another configuration all of it goes, though a kind could be called heatmap-gaussian.
    _ = try run.folder.write("mine", "angles/notes.csv")
    try run.run.remove(AnglesAnalysis.files)
    #expect(try run.files("angles") == ["angles/notes.csv"])
  }

  @Test func `a kind of noise may be called as heat maps are`() throws {
    let run = try HandmadeRun(
      ["clean": HandmadeRun.clusters(4), "heatmap-fog-1": HandmadeRun.clusters(4, seed: 2)],
      classes: HandmadeRun.classes(4))
    try run.context().perform(AnglesAnalysis.self)
    let files = try run.files("angles")
    #expect(files.count == 6)
    #expect(files.isSubset(of: run.run.written.keys))
    try run.run.remove(AnglesAnalysis.files)
    #expect(try run.files("angles").isEmpty)
  }

  @Test func `the angle of a class has the same bits however classes meet on the cores`() throws {
    func points(_ seed: UInt64) -> Matrix<Float> {
      Matrix(
        rows: 480, columns: 128,
        values: RandomStream(domain: "test/turns", seed: seed).normals(count: 480 * 128))
    }
    let run = try HandmadeRun(
      ["clean": points(1), "gaussian-1-s0": points(2)],
      classes: (0..<480).map { "class \($0 % 8)" })
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let turns = try [1, 2, 3, 8].map { workers -> [[Double?]] in
      Parallel.workers = workers
      let context = try run.context()
      return try context.analysis(AnglesAnalysis.self).changes(context)[0].values
    }
    #expect(turns[0].count == 8 && turns.dropFirst().allSatisfy { $0 == turns[0] })
  }

  @Test func `a row an angle, for a person a row a condition`() throws {
    let run = try run()
    let text = try run.context(["angles.rank=2"]).perform(AnglesAnalysis.self)
    #expect(text.split(separator: "\n").count == 2 + 2)
    let table = try #require(try run.run.table(AngleColumns.file, at: "angles/clean.csv"))
    #expect(
      table.columns.map(\.name) == ["class_a", "class_b", "k_a", "k_b", "index", "angle", "null"])
    #expect(try table[AngleColumns.index] == [0, 1, 0, 1, 0, 1])
    #expect(try table[AngleColumns.firstClass] == ["a", "a", "a", "a", "b", "b"])
    for angle in try table[AngleColumns.angle] { #expect((0...Double.pi / 2).contains(angle)) }
  }

  @Test func `angles that were kept are written to the same bytes`() throws {
    let run = try run()
    let folder = try TemporaryFolder()
    func written(_ store: UnitStore) throws -> [String: Data] {
      try run.context(store: store).perform(AnglesAnalysis.self)
      return try Dictionary(
        uniqueKeysWithValues: run.files("angles").map {
          ($0, try FileContents.read(run.run.file($0)))
        })
    }
    let computed = try written(UnitStore(folder: nil))
    #expect(try written(UnitStore(folder: folder.path)) == computed)
    #expect(try written(UnitStore(folder: folder.path)) == computed)
  }

  @Test func `random planes do not enter into what classes turned by`() throws {
    let run = try run()
    func keys(_ assignments: String...) throws -> [[String]] {
      let context = try run.context(assignments)
      let analysis = context.analysis(AnglesAnalysis.self)
      return try [analysis.units(context), analysis.changeUnits(context)].map {
        $0.map { "\($0.key.digest)" }
      }
    }
    let (before, draws) = (try keys(), try keys("angles.null-draws=10"))
    #expect(before[0] != draws[0] && before[1] == draws[1])
    let rank = try keys("angles.rank=1")
    #expect(before[0] != rank[0] && before[1] != rank[1])
  }

  @Test func `a class that stays does not turn, and one that turns does by its angle`() throws {
    // Two classes of five points on the circle; the second turned by a quarter under noise.
    func points(turn: Double) -> Matrix<Float> {
      Matrix(
        (0..<10).map { row in
          let angle = 0.1 * Double(row * row % 7) + (row < 5 ? 0 : 2 + turn)
          return [Float(cos(angle)), Float(sin(angle))]
        })
    }
    let run = try HandmadeRun(
      ["clean": points(turn: 0), "gaussian-1-s0": points(turn: .pi / 2)],
      classes: (0..<10).map { $0 < 5 ? "a" : "b" })
    let context = try run.context(["angles.rank=1"])
    let changes = try context.analysis(AnglesAnalysis.self).changes(context)
    #expect(changes.map(\.measure) == AnglesAnalysis.measures)
    let values = changes[0].values.map { $0[0] ?? .nan }
    #expect(values[0] < 1e-6 && abs(values[1] - .pi / 2) < 1e-6)
  }

  @Test func `a class without a subspace of the rank has no angle`() throws {
    // One image, two, and three that are equal.
    let points = Matrix<Float>([
      [1, 0, 0], [0, 1, 0], [0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1],
    ])
    let run = try HandmadeRun(
      ["clean": points, "gaussian-1-s0": points], classes: ["a", "b", "b", "c", "c", "c"])
    func values(_ assignments: String...) throws -> [Double?] {
      let context = try run.context(assignments)
      let changes = try context.analysis(AnglesAnalysis.self).changes(context)
      return try #require(changes.first).values.map { $0[0] }
    }
    func isDefined(_ value: Double?) -> Bool { value.map { $0 < 1e-7 } ?? false }
    #expect(try values().map(isDefined) == [false, true, false])
    #expect(try values("angles.rank=2").map(isDefined) == [false, false, false])
    #expect(try values("angles.center=false").map(isDefined) == [true, true, true])
  }
}
