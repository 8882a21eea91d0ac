import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Testing

@testable import RunAnalyses
@testable import Runs

/// What a run's topology computes again, and what it finds.
struct TopologyUnitsTests {
  private static let conditions = ["clean", "gaussian-1-s0", "gaussian-1-s1", "gaussian-2-s0"]

  private func run(_ conditions: [String] = Self.conditions) throws -> HandmadeRun {
    try HandmadeRun(
      embeddings: conditions.enumerated().map { place, name in
        (key: name, value: HandmadeRun.clusters(8, seed: UInt64(place), spread: 0.1))
      }, classes: HandmadeRun.classes(8))
  }

  /// The kinds of units, without their conditions.
  private func kinds(_ names: some Sequence<String>) -> Set<String> {
    Set(
      names.map { name in
        let unit = name.replacing("topology 2: ", with: "")
        return (Self.conditions + ["gaussian"]).reduce(unit) { $0.replacing(" " + $1, with: "") }
      })
  }

  private static let bands = ["topology.band-replicates=200"]

  private static let all: Set<String> = [
    "clouds", "bands", "halves", "distances", "groups", "tests", "moved bars", "witnesses",
  ]

  @Test(
    arguments: [
      ("topology.halvings=4", ["halves"]), ("topology.halving-seed=1", ["halves"]),
      ("topology.band-replicates=100", ["bands"]), ("topology.test-permutations=99", ["tests"]),
      ("topology.resampling-seed=1", ["bands", "tests"]),
      ("topology.witnesses=3", ["moved bars", "witnesses"]),
      ("topology.witness-points=9", ["moved bars", "witnesses"]),
      (
        "topology.exact-wasserstein-limit=9",
        ["halves", "distances", "groups", "tests", "moved bars", "witnesses"]
      ),
      ("topology.max-dimension=2", Self.all.subtracting(["bands"])),
      ("topology.threshold=1", Self.all.subtracting(["bands"])),
      ("topology.landmarks=5", Self.all), ("topology.metric=angular", Self.all),
    ] as [(String, Set<String>)])
  func `a setting is read by some units alone`(setting: String, readers: Set<String>) throws {
    let run = try run()
    let before = try TopologyRun(run, Self.bands).keys()
    let after = try TopologyRun(run, Self.bands + [setting]).keys()
    #expect(kinds(before.keys) == Self.all && before.keys == after.keys)
    #expect(kinds(before.keys.filter { before[$0] != after[$0] }) == readers)
  }

  @Test func `embeddings are read by the units of their condition and of those beside it`() throws {
    let before = try TopologyRun(run(), Self.bands).keys()
    let other = try HandmadeRun(
      embeddings: Self.conditions.enumerated().map { place, name in
        let seed = UInt64(name == "gaussian-1-s1" ? 9 : place)
        return (key: name, value: HandmadeRun.clusters(8, seed: seed, spread: 0.1))
      }, classes: HandmadeRun.classes(8))
    let after = try TopologyRun(other, Self.bands).keys()
    let changed = before.keys.filter { before[$0] != after[$0] }
    let own = ["clouds", "bands", "distances", "groups", "moved bars"].map {
      "topology 2: \($0) gaussian-1-s1"
    }
    // The level's other seed is compared with it, a kind of noise is a family of tests, and witnesses are
    // told of all conditions.
    #expect(
      Set(changed)
        == Set(
          own + [
            "topology 2: distances gaussian-1-s0", "topology 2: tests gaussian",
            "topology 2: witnesses",
          ]))
  }

  @Test func `each unit comes behind those that it reads`() throws {
    let topology = try TopologyRun(run())
    for unit in try topology.analysis.units(topology.context) {
      #expect(!topology.context.store.contains(unit.key), "\(unit.key.name) was computed before")
      try unit.finish(in: topology.context.store)
    }
  }

  /// All files of the topology, by their names.
  private func files(_ run: HandmadeRun) throws -> [String: Data] {
    let names = try run.run.existing(TopologyAnalysis.files)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try FileContents.read(run.run.file($0))) })
  }

  @Test(arguments: [[], ["topology.landmarks=20", "topology.max-dimension=2"]])
  func `with a store, without one and by any number of threads the tables are the same`(
    settings: [String]
  ) throws {
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let folder = try TemporaryFolder()
    var found: [[String: Data]] = []
    for (count, store) in [(1, nil), (2, folder.path), (3, folder.path)] {
      Parallel.workers = count
      let run = try run()
      try TopologyRun(run, settings, store: UnitStore(folder: store)).write()
      found.append(try files(run))
    }
    // Four clouds under four conditions, distances, tests and witnesses; landmarks where they stand for the
    // cloud of all, and their rows.
    #expect(found[0].count == 16 + 3 + (settings.isEmpty ? 0 : 2))
    #expect(found[1] == found[0] && found[2] == found[0])
  }

  @Test func `what is finished needs no embeddings`() throws {
    let folder = try TemporaryFolder()
    let run = try run()
    let first = try TopologyRun(run, store: UnitStore(folder: folder.path))
    try first.write()
    let written = try files(run)
    struct Unwanted: Error {}
    let (analysis, context) = (first.analysis, first.context)
    let again = RunContext(
      run: run.run, samples: run.samples, conditions: run.conditions, analyses: AnalysisSet(),
      chosen: [TopologyAnalysis.name], store: UnitStore(folder: folder.path),
      source: .init {
        _ in
        throw Unwanted()
      } digest: {
        try context.digest($0)
      } classes: {
        throw Unwanted()
      })
    for file in written.keys { try FileManager.default.removeItem(atPath: run.run.file(file)) }
    _ = try analysis.write(again)
    #expect(try files(run) == written)
    #expect(try analysis.changes(again).count == analysis.changes(context).count)
  }

  @Test func `a condition more leaves those that are there`() throws {
    let folder = try TemporaryFolder()
    try TopologyRun(
      run(Self.conditions.dropLast()), Self.bands, store: UnitStore(folder: folder.path)
    ).write()
    let more = try TopologyRun(run(), Self.bands, store: UnitStore(folder: folder.path))
    let missing = try more.analysis.units(more.context).filter {
      !more.context.store.contains($0.key)
    }
    #expect(
      Set(missing.map(\.key.name))
        == Set(
          ["clouds", "bands", "distances", "groups", "moved bars"].map {
            "topology 2: \($0) gaussian-2-s0"
          } + ["topology 2: tests gaussian", "topology 2: witnesses"]))
    try more.write()
    let fresh = try run()
    try TopologyRun(fresh, Self.bands).write()
    #expect(try files(more.run) == files(fresh))
  }
}
