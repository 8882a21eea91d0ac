import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

/// Zero-shot accuracy and statistics of a run as a sweep makes them.
@Suite(.serialized)
struct StatisticsUnitsTests {
  private static let names = ["a", "b", "c", "d", "e"]

  /// Five classes around five axes, the last ones wider; noise widens all of them.
  private func run() throws -> HandmadeRun {
    func points(_ spread: Float, seed: UInt64) -> Matrix<Float> {
      let numbers = RandomStream(domain: "test/five", seed: seed).normals(count: 30 * 6)
      return Matrix(
        (0..<30).map { row in
          (0..<6).map {
            spread * (1 + Float(row % 5)) * numbers[6 * row + $0] + ($0 == row % 5 ? 1 : 0)
          }
        })
    }
    var text = Matrix<Float>(rows: 5, columns: 6)
    for label in 0..<5 { text[label, label] = 1 }
    return try HandmadeRun(
      [
        "clean": points(0.05, seed: 0), "gaussian-1-s0": points(0.2, seed: 1),
        "gaussian-1-s1": points(0.2, seed: 2), "gaussian-2-s0": points(0.4, seed: 3),
        "blur-2": points(0.3, seed: 4),
      ], classes: (0..<30).map { Self.names[$0 % 5] }, text: text)
  }

  private let settings = [
    "statistics.replicates=50", "statistics.permutations=99", "statistics.groups.wide=c,d,e,b",
  ]

  /// The bytes of all files that the two analyses write.
  private func results(_ run: HandmadeRun) throws -> [String: Data] {
    let files = ZeroShotAnalysis.files + StatisticsAnalysis.files
    let contents = try run.run.existing(files).map {
      ($0, try Data(contentsOf: URL(filePath: run.run.file($0))))
    }
    return Dictionary(uniqueKeysWithValues: contents)
  }

  private func perform(
    _ assignments: [String] = [], store: UnitStore = UnitStore(folder: nil)
  ) throws -> (results: [String: Data], said: [String]) {
    let run = try run()
    let context = try run.context(settings + assignments, logitScale: 10, store: store)
    let said = [
      try context.perform(ZeroShotAnalysis.self), try context.perform(StatisticsAnalysis.self),
    ]
    return (try results(run), said)
  }

  @Test func `the same bytes with a store, from a store and without, on any number of threads`()
    throws
  {
    let folder = try TemporaryFolder()
    let first = try perform(store: UnitStore(folder: folder.path))
    let found = try perform(store: UnitStore(folder: folder.path))
    #expect(found == first)
    let before = Parallel.workers
    defer { Parallel.workers = before }
    for workers in [1, 3] {
      Parallel.workers = workers
      #expect(try perform() == first)
    }
    let files = Set(first.results.keys)
    #expect(files.count == 1 + 3 + 1 + 5 + StatisticsAnalysis.files.count)
    #expect(first.said[0].contains("| gaussian | 2 | 0 | 30 |"))
    #expect(first.said[1].contains("with the drop, within levels"))
  }

  @Test func `what is finished is found, and a setting that is read computes again`() throws {
    let folder = try TemporaryFolder()
    _ = try perform(store: UnitStore(folder: folder.path))
    func unfinished(_ assignments: String...) throws -> [String] {
      let run = try run()
      let context = try run.context(
        settings + assignments, logitScale: 10, store: UnitStore(folder: folder.path))
      return try withExtendedLifetime(run) {
        try context.unfinished(ZeroShotAnalysis.self)
          + context.unfinished(StatisticsAnalysis.self)
      }
    }
    #expect(try unfinished() == [])
    // Folds are read by scaled calibration alone.
    #expect(
      try unfinished("statistics.folds=3") == [
        "zeroshot 2: accuracy clean", "zeroshot 2: accuracy gaussian-1-s0",
        "zeroshot 2: accuracy gaussian-1-s1", "zeroshot 2: accuracy gaussian-2-s0",
        "zeroshot 2: accuracy blur-2", "statistics 2: level clean",
        "statistics 2: level gaussian-1", "statistics 2: level gaussian-2",
        "statistics 2: level blur-2",
      ])
    #expect(
      try unfinished("statistics.permutations=98") == [
        "statistics 2: levels clean and gaussian-1", "statistics 2: levels clean and gaussian-2",
        "statistics 2: levels gaussian-1 and gaussian-2",
        "statistics 2: levels clean and blur-2", "statistics 2: tracking",
        "statistics 2: added by topology",
      ])
  }

  @Test func `of a setting of another analysis what it changes is correlated again`()
    throws
  {
    let folder = try TemporaryFolder()
    _ = try perform(store: UnitStore(folder: folder.path))
    let store = UnitStore(folder: folder.path)
    let run = try run()
    defer { withExtendedLifetime(run) {} }
    let context = try run.context(
      settings + ["geometry.overlap-neighbors=3"], logitScale: 10, store: store)
    let waiting = try context.unfinished(StatisticsAnalysis.self)
    #expect(waiting.suffix(2) == ["statistics 2: tracking", "statistics 2: added by topology"])
    #expect(waiting.dropLast(2).allSatisfy { $0.hasPrefix("geometry 1: classes") })
    let analysis = context.analysis(StatisticsAnalysis.self)
    let tracking = try #require(
      Tracking(analysis, context, ClassifiedLevels(analysis, context)))
    let noises = try tracking.noises()
    #expect(noises.map(\.noise) == ["gaussian", "blur"])
    let changed = noises.filter { !store.contains($0.unit(analysis).key) }
    #expect(changed.map(\.noise) == ["gaussian", "blur"])
  }
}
