import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import Experiments

/// A sweep over embeddings made elsewhere, with every analysis that looks at their geometry.
@Suite(.serialized)
struct SweepAnalysesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func sweep(
    _ output: String, _ settings: [String] = [], overwrites: Bool = false
  ) throws {
    let base = [
      "name=tiny", "embeddings=\(path("in"))", "output=\(path(output))",
      "analyses=geometry,layouts,angles", "angles.rank=2", "angles.null-draws=5",
      "layouts.iterations=90", "layouts.epochs=40", "layouts.sample-classes=2",
    ]
    _ = try Sweep(
      experiment(base + settings), arguments: ["test"], isQuiet: true, overwrites: overwrites
    )
    .execute()
  }

  private func writeSource(conditions: [String], perClass: Int = 8) throws {
    for (index, condition) in conditions.enumerated() {
      let points = HandmadeRun.clusters(
        perClass, seed: UInt64(index), spread: 0.1 + 0.1 * Float(index))
      _ = try folder.write(NumPyFile.encode(points), "in/\(condition).npy")
    }
    let lines = HandmadeRun.classes(perClass).enumerated().map { "\($0),\($1)\n" }
    _ = try folder.write("row,class\n" + lines.joined(), "in/samples.csv")
  }

  /// The bytes of every file but the manifest.
  private func results(_ output: String) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path(output))
    var files: [String: Data] = [:]
    for name in names
    where name.contains(".") && name != "manifest.json" && !name.hasPrefix("units/") {
      files[name] = try Data(contentsOf: URL(filePath: path(output + "/" + name)))
    }
    return files
  }

  @Test func `one thread and three write the same bytes, all named in the manifest`() throws {
    let conditions = ["clean", "gaussian-0.5-s0", "gaussian-0.5-s1", "gaussian-2-s0"]
    try writeSource(conditions: conditions)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    try sweep("one")
    Parallel.workers = 3
    try sweep("three")
    let one = try results("one")
    #expect(try results("three") == one)
    // 4 conditions: 3 methods of two sets of samples, each alone and joint; 3 files of angles.
    #expect(one.keys.count { $0.hasPrefix("layouts/") } == 4 * 3 * 2 * 2 + 2)
    #expect(one.keys.count { $0.hasPrefix("angles/") } == 4 * 3)
    #expect(one.keys.contains("geometry.csv") && one.keys.contains("geometry.json"))
    let manifest = try #require(try Manifest.read(RunDirectory(path("one"))))
    // The list of work has its digest apart from those of results.
    #expect(Set(manifest.outputs.keys) == Set(one.keys).subtracting(["objects.csv"]))
  }

  @Test func `begun anew, fewer conditions and methods leave nothing of the run before`() throws {
    try writeSource(conditions: ["clean", "gaussian-1-s0"])
    try sweep("out")
    _ = try folder.write("mine", "out/layouts/notes.csv")
    try FileManager.default.removeItem(atPath: path("in/gaussian-1-s0.npy"))
    try sweep(
      "out", ["layouts.methods=pca", "layouts.sample-classes=all", "analyses=layouts"],
      overwrites: true)
    #expect(
      try Set(results("out").keys) == [
        "samples.csv", "classes.csv", "conditions.csv", "objects.csv", "embeddings/clean.npy",
        "layouts/pca-clean.csv",
        "layouts/quality.csv", "layouts/quality.json", "layouts/notes.csv",
      ])
  }

  @Test func `settings that the samples do not allow stop the sweep before it writes`() throws {
    try writeSource(conditions: ["clean", "gaussian-1-s0"])
    for (setting, part) in [
      ("layouts.perplexity=8", "a perplexity of 8"), ("layouts.neighbors=25", "expected 2 to 24"),
      ("layouts.sample-classes=a,z", "has no class \"z\""),
    ] {
      let message = problem { try sweep("out", [setting]) }
      #expect(message.contains(part), "\(message)")
    }
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func `few samples are left out, unless they were asked for by name`() throws {
    try writeSource(conditions: ["clean"], perClass: 1)
    #expect(problem { try sweep("out", ["analyses=geometry"]) }.contains("needs 5 images or more"))
    #expect(problem { try sweep("out", ["analyses=layouts"]) }.contains("expected 5 or more"))
    let all = [
      "embeddings=\(path("in"))", "output=\(path("all"))", "angles.center=false", "angles.rank=1",
      "angles.null-draws=2",
    ]
    _ = try Sweep(experiment(all), arguments: [], isQuiet: true).execute()
    let names = try results("all").keys
    #expect(names.contains("angles/clean.csv") && names.contains("distances.csv"))
    #expect(!names.contains("geometry.csv") && !names.contains { $0.hasPrefix("layouts/") })
  }

  @Test func `conditions of different models are refused`() throws {
    try writeSource(conditions: ["clean", "gaussian-1-s0"])
    let narrow = Matrix<Float>(rows: 24, columns: 3, values: [Float](repeating: 1, count: 72))
    _ = try folder.write(NumPyFile.encode(narrow), "in/gaussian-1-s0.npy")
    let message = problem { try sweep("out") }
    #expect(
      message.contains("gaussian-1-s0.npy: has 3 columns; ") && message.contains("has 4"),
      "\(message)")
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }
}
