import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct LayoutUnitsTests {
  private static let quick = [
    "layouts.iterations=60", "layouts.epochs=30", "layouts.sample-classes=a,c",
  ]

  private func run() throws -> HandmadeRun {
    try HandmadeRun(
      [
        "clean": HandmadeRun.clusters(8),
        "gaussian-1-s0": HandmadeRun.clusters(8, seed: 2, spread: 0.4),
      ], classes: HandmadeRun.classes(8))
  }

  @Test func `every setting of a layout is one of some method`() {
    #expect(
      Set(LayoutMethod.allCases.flatMap(\.settings)) == Set(LayoutRecipe.declared.map(\.key)))
  }

  @Test(arguments: [
    (["layouts.min-dist=0.3"], ["umap of all", "umap of sample"]),
    (["layouts.perplexity=4"], ["tsne of all", "tsne of sample"]),
    (["layouts.seed=7"], ["tsne of all", "tsne of sample", "umap of all", "umap of sample"]),
    (["layouts.sample-classes=a,b"], ["pca of sample", "tsne of sample", "umap of sample"]),
    (["layouts.methods=pca"], []), (["layouts.joint=false"], []),
  ])
  func `a setting leaves the layouts that do not read it`(
    assignments: [String], changed: [String]
  ) throws {
    let run = try run()
    let store = UnitStore(folder: nil)
    let first = try run.context(Self.quick, store: store)
    for unit in try first.analysis(LayoutsAnalysis.self).units(first) {
      try unit.finish(in: store)
    }
    #expect(try first.unfinished(LayoutsAnalysis.self).isEmpty)
    let names = try run.context(Self.quick + assignments, store: store)
      .unfinished(LayoutsAnalysis.self)
    let series = Set(
      names.map { name in
        name.dropFirst("layouts 1: ".count).split(separator: " ").prefix(3).joined(separator: " ")
      })
    #expect(series == Set(changed))
  }

  @Test func `other embeddings are other layouts, of their condition and of all together`() throws {
    let (run, other) = (
      try run(),
      try HandmadeRun(
        [
          "clean": HandmadeRun.clusters(8),
          "gaussian-1-s0": HandmadeRun.clusters(8, seed: 3, spread: 0.4),
        ], classes: HandmadeRun.classes(8))
    )
    let settings = Self.quick + ["layouts.methods=pca", "layouts.sample-classes=all"]
    let store = UnitStore(folder: nil)
    try run.context(settings, store: store).perform(LayoutsAnalysis.self)
    let names = try other.context(settings, store: store).unfinished(LayoutsAnalysis.self)
    #expect(
      names == [
        "layouts 1: pca of all gaussian-1-s0", "layouts 1: pca of all shown gaussian-1-s0",
        "layouts 1: pca of all together", "layouts 1: pca of all shown together clean",
        "layouts 1: pca of all shown together gaussian-1-s0",
      ])
  }

  @Test func `layouts that were kept are written to the same bytes`() throws {
    let run = try run()
    let folder = try TemporaryFolder()
    func written(_ store: UnitStore) throws -> [String: Data] {
      try run.context(Self.quick, store: store).perform(LayoutsAnalysis.self)
      return try Dictionary(
        uniqueKeysWithValues: run.files("layouts").map {
          ($0, try FileContents.read(run.run.file($0)))
        })
    }
    let computed = try written(UnitStore(folder: nil))
    #expect(try written(UnitStore(folder: folder.path)) == computed)
    let later = UnitStore(folder: folder.path)
    #expect(try run.context(Self.quick, store: later).unfinished(LayoutsAnalysis.self).isEmpty)
    #expect(try written(later) == computed)
  }
}
