import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct LayoutsAnalysisTests {
  private static let quick = ["layouts.iterations=60", "layouts.epochs=30"]

  /// Three conditions of 24 samples in three classes; the second is the first, turned.
  private func run() throws -> HandmadeRun {
    let clean = HandmadeRun.clusters(8)
    var turned = clean
    for i in 0..<clean.rows {
      // A permutation of the axes and a reflection.
      for j in 0..<4 { turned.values[4 * i + j] = clean[i, (j + 1) % 4] * (j == 0 ? -1 : 1) }
    }
    return try HandmadeRun(
      [
        "clean": clean, "gaussian-1-s0": turned,
        "gaussian-2-s0": HandmadeRun.clusters(8, seed: 2, spread: 0.4),
      ], classes: HandmadeRun.classes(8))
  }

  private func settings(_ assignments: [String]) throws -> LayoutSettings {
    try LayoutSettings(ConfigurationSection(assignments: assignments).section("layouts"))
  }

  private func write(_ run: HandmadeRun, _ settings: [String]) throws {
    try run.context(Self.quick + settings).perform(LayoutsAnalysis.self)
  }

  @Test(arguments: [
    ([], 3 * 3 * 2), (["layouts.sample-classes=2"], 3 * 3 * 2 * 2),
    (["layouts.joint=false", "layouts.methods=pca"], 3),
    (["layouts.sample-classes=a,c", "layouts.methods=umap"], 3 * 2 * 2),
    (["layouts.sample-classes=3"], 3 * 3 * 2),  // all classes: the whole again
  ])
  func `a file a layout and condition, all of them declared`(settings: [String], count: Int) throws
  {
    let run = try run()
    try write(run, settings)
    let files = try run.files("layouts")
    #expect(files.count == count + 2)
    #expect(try Set(run.run.existing(LayoutsAnalysis.files, of: run.conditions)) == files)
    #expect(files.contains("layouts/quality.csv") && files.contains("layouts/quality.json"))
    #expect(try run.lines("layouts/quality.csv").count == count)
  }

  @Test func `the file of a layout says what it shows`() throws {
    let run = try run()
    try write(run, ["layouts.sample-classes=2"])
    let named = [false, true].flatMap { isSample in
      [false, true].flatMap { isJoint in
        LayoutMethod.allCases.flatMap { method in
          run.conditions.map {
            LayoutColumns.path(method, isSample: isSample, isJoint: isJoint, $0)
          }
        }
      }
    }
    #expect(
      Set(named + ["layouts/quality.csv", "layouts/quality.json"]) == (try run.files("layouts")))
  }

  private func isLayout(_ name: String) -> Bool {
    LayoutsAnalysis.files.contains { $0.pattern.matches("layouts/" + name) }
  }

  @Test(arguments: [
    "tsne-clean.csv", "umap-sample-joint-gaussian-0.5-s0.csv", "pca-joint-blur-3.csv",
    "tsne-sample-jpeg-1.csv", "quality.csv", "quality.json", "umap-defocus_blur-2-3.csv",
  ])
  func `layouts of every kind of noise are known by their names`(name: String) {
    #expect(isLayout(name))
  }

  @Test(arguments: [
    "notes.csv", "tsne.csv", "tsne-.csv", "tsne-other-clean.csv", "mds-clean.csv",
    "tsne-gaussian-x-s0.csv", "tsne-clean.png", "quality.txt", "tsne-blur-3-s0.csv",
  ])
  func `files of the user's own are no layout`(name: String) {
    #expect(!isLayout(name))
  }

  @Test func `a layout of its own is moved onto the clean one`() throws {
    let run = try run()
    try write(run, ["layouts.methods=pca"])
    // A turned cloud has the same principal components up to their signs.
    let clean = try MatrixFile.read(run.run.file("layouts/pca-clean.csv"))
    let turned = try MatrixFile.read(run.run.file("layouts/pca-gaussian-1-s0.csv"))
    for (a, b) in zip(clean.values, turned.values) { #expect(abs(a - b) < 1e-4) }
    let own = try run.lines("layouts/quality.csv").filter { $0["frame"] == "own" }
    #expect(own.map { $0["level"] } == ["0", "1", "2"])
    #expect(own[0]["disparity"] == "")
    #expect(try #require(own[1]["disparity"].flatMap { Double($0) }) < 1e-8)
    #expect(try #require(own[2]["disparity"].flatMap { Double($0) }) > 1e-3)
  }

  @Test func `a joint layout has every condition in one frame`() throws {
    let run = try run()
    try write(run, ["layouts.methods=pca"])
    // By hand: the components of all rows together.
    let levels = try run.conditions.map { try run.run.readEmbeddings($0, rowCount: 24) }
    var all = Matrix(rows: 72, columns: 4, values: levels.flatMap(\.values))
    let together = try LayoutRecipe(.pca).layout(of: &all, control: ComputationControl())
    for (index, condition) in run.conditions.enumerated() {
      let file = run.run.file("layouts/pca-joint-\(condition.name).csv")
      let text = LayoutTable.csv(together.positions.selectingRows(index * 24..<(index + 1) * 24))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    }
    let joint = try run.lines("layouts/quality.csv").filter { $0["frame"] == "joint" }
    #expect(joint.count == 3 && joint.allSatisfy { $0["disparity"] == "" })
  }

  @Test func `a sample is laid out by itself, and keeps the rows' numbers`() throws {
    let run = try run()
    try write(run, ["layouts.sample-classes=a,c", "layouts.methods=pca"])
    let table = try run.lines("layouts/pca-sample-clean.csv")
    #expect(table.map { $0["row"] } == (0..<24).filter { $0 % 3 != 1 }.map { "\($0)" })
    #expect(try run.object("layouts/quality.json")["sample_classes"] as? [String] == ["a", "c"])
    try write(run, ["layouts.methods=pca"])
    #expect(try run.object("layouts/quality.json")["sample_classes"] is NSNull)
  }

  @Test func `a seed draws the sample, always the same`() throws {
    let samples = try run().samples
    func drawn(_ seed: Int) throws -> [Int]? {
      let settings = try settings(["layouts.sample-classes=2", "layouts.class-seed=\(seed)"])
      return try LayoutScope.all(of: samples, settings: settings).last?.classes
    }
    #expect(try drawn(0)?.count == 2 && drawn(0) == drawn(0))
    #expect(try Set((0..<8).map(drawn)).count > 1)
  }

  @Test func `one condition has no joint layout, one class no silhouette`() throws {
    let run = try HandmadeRun(
      ["gaussian-1-s0": HandmadeRun.clusters(2)], classes: [String](repeating: "a", count: 6))
    try write(run, [])
    let lines = try run.lines("layouts/quality.csv")
    #expect(lines.map { $0["method"] } == ["tsne", "umap", "pca"])
    #expect(lines.allSatisfy { $0["silhouette"] == "" && $0["disparity"] == "" })
    #expect(lines[0]["notes"] == "perplexity 1, the largest that 6 points allow")
    #expect(lines[1]["notes"] == "6 neighbours, all that there are" && lines[2]["notes"] == "")
  }

  @Test func `classes of one image each have layouts without a silhouette`() throws {
    let run = try HandmadeRun(
      ["clean": HandmadeRun.clusters(2)], classes: (0..<6).map { "c\($0)" })
    try write(run, ["layouts.methods=pca"])
    #expect(try run.lines("layouts/quality.csv").map { $0["silhouette"] } == [""])
  }

  @Test func `the quality's columns are the library's numbers, in JSON as in CSV`() throws {
    let run = try run()
    try write(run, ["layouts.methods=tsne"])
    let header = try CSV(path: run.run.file("layouts/quality.csv")).header
    #expect(
      header == [
        "method", "frame", "scope", "noise", "level", "seed", "points", "trustworthiness",
        "continuity", "recall_10", "silhouette", "neighbors", "sampled_rows", "kl_divergence",
        "disparity", "notes",
      ])
    let lines = try run.lines("layouts/quality.csv")
    let objects = try #require(
      try JSONTables(path: run.run.file("layouts/quality.json")).layouts)
    #expect(lines.count == objects.count)
    for (line, object) in zip(lines, objects) {
      #expect(Set(line.keys) == Set(object.keys))
      for (column, text) in line {
        #expect(object[column]?.isEqual(toField: text) == true, "\(column): \(text)")
      }
    }
    #expect(lines.allSatisfy { (Double($0["silhouette"] ?? "") ?? 0) > 0.2 }, "\(lines)")
  }

  @Test func `what the samples do not allow is told before anything is embedded`() throws {
    let samples = try run().samples
    func refusal(_ settings: [String]) throws -> String {
      let layouts = try self.settings(settings)
      return problem { try LayoutsAnalysis(layouts).require(samples) }
    }
    #expect(try refusal([]) == "")
    #expect(try refusal(["layouts.perplexity=8"]).contains("tsne of all images: a perplexity of 8"))
    #expect(try refusal(["layouts.neighbors=25"]).contains("expected 2 to 24"))
    // 24 images allow it, the sample's 8 do not.
    let sample = ["layouts.perplexity=5", "layouts.sample-classes=a"]
    #expect(try refusal(sample).contains("tsne of the sample of classes: a perplexity of 5"))
    #expect(
      try refusal(["layouts.sample-classes=a,z"])
        == "samples.csv (layouts.sample-classes): has no class \"z\"; its classes are a, b, c")
    let few = samples.selecting([0, 1, 2, 3, 4, 5])
    let named = try settings(["layouts.sample-classes=a"])
    #expect(
      problem { try LayoutsAnalysis(named).require(few) }.contains("a have 2 images"))
    // Drawn and too small: only the whole.
    let drawn = try settings(["layouts.sample-classes=1"])
    #expect(try LayoutScope.all(of: few, settings: drawn).map(\.name) == ["all"])
  }
}
