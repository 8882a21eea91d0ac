import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Runs
import Testing
import Textures

/// The first run as a user meets it: nothing but the program.
@Suite(.serialized)
struct BuiltInProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(arguments + ["--quiet"], in: folder.path)
  }

  private func read(_ name: String) throws -> CSV { try CSV(path: folder.path + "/" + name) }

  /// Settings that make the built-in experiment small.
  private let small = [
    "--classes", "banded,chequered,dotted,woven", "--limit", "24", "--levels", "0,1",
    "--set", "angles.null-draws=5", "--set", "topology.halvings=2",
  ]

  @Test func `a sweep without arguments in an empty folder runs to its tables`() throws {
    let outcome = try run(["sweep"] + small)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("| none | 0 |  | 24 |"), "\(outcome)")
    #expect(outcome.output.contains("| gaussian | 1 | 0 | 24 |"))
    #expect(outcome.output.contains("results/builtin: 24 samples, 2 conditions"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["results"])
    let samples = try read("results/builtin/samples.csv")
    #expect(samples.records.count == 24)
    #expect(
      samples.records[7].fields == ["7", "textures/test/chequered/0001", "chequered", "test"])
    for table in [
      "accuracy.csv", "angles/clean.csv", "geometry.csv", "layouts/quality.csv", "distances.csv",
      "diagrams/all-gaussian-1-s0.csv",
    ] {
      #expect(try !read("results/builtin/" + table).records.isEmpty, "\(table)")
    }
    let manifest = try #require(
      try Manifest.read(RunDirectory(folder.path + "/results/builtin")))
    #expect(manifest.model?.name == "builtin" && manifest.model?.path == nil)
    #expect(manifest.model?.files.count == 5 && manifest.model?.dimension == 128)
    #expect(
      manifest.data?.source
        == "textures (generated, version 1, split test, seed 0, 96 × 96 pixels)")
    #expect(manifest.configuration["dataset.texture-size"] == "96")

    // Again it finds everything done; other threads would have given the same.
    let again = try run(["sweep"] + small)
    #expect(again.output == outcome.output, "\(again)")
    let alone = try run(["sweep"] + small + ["--threads", "1", "--output", "alone"])
    #expect(alone.code == 0, "\(alone)")
    for file in ["embeddings/clean.npy", "embeddings/gaussian-1-s0.npy", "accuracy.csv"] {
      #expect(
        FileManager.default.contentsEqual(
          atPath: folder.path + "/alone/" + file, andPath: folder.path + "/results/builtin/" + file),
        "\(file)")
    }
  }

  @Test func `generated textures equal the same ones from files`() throws {
    // Lossless files of the same pixels; the noise is keyed by the file there, so only clean is alike.
    let stream = TextureStream(split: .test, seed: 3)
    for texture in [Texture.banded, .woven] {
      for index in 0..<3 {
        let image = stream.sample(.init(texture, index: index), size: 64).image
        _ = try folder.write(image.pngData(), "files/\(texture.name)/\(index).png")
      }
    }
    let options = ["--model", "builtin", "--levels", "0,2"]
    let files = try run(["embed", "files", "--output", "a"] + options)
    #expect(files.code == 0, "\(files)")
    let generated = try run(
      [
        "embed", "textures", "--classes", "banded,woven", "--per-class", "3", "--output", "b",
        "--set", "dataset.texture-size=64", "--set", "dataset.texture-seed=3",
      ] + options)
    #expect(generated.code == 0, "\(generated)")
    func embeddings(_ run: String, _ name: String) throws -> [Float] {
      try MatrixFile.readFloats("\(folder.path)/\(run)/embeddings/\(name).npy").values
    }
    let (a, b) = (try embeddings("a", "clean"), try embeddings("b", "clean"))
    #expect(a.count == 6 * 128 && b.count == a.count)
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(try embeddings("a", "gaussian-2-s0") != embeddings("b", "gaussian-2-s0"))
  }

  @Test func `zero-shot tables of generated textures, with other prompts`() throws {
    #expect(
      try run([
        "embed", "textures", "--model", "builtin", "--classes", "4", "--per-class", "2", "--output",
        "run",
      ]).code == 0)
    let prompts = try folder.write("a {} surface.\n", "prompts.txt")
    let outcome = try run([
      "zeroshot", "run", "--model", "builtin", "--templates", prompts, "--split", "test",
      "--output", "tables",
    ])
    #expect(outcome.code == 0 && outcome.output.contains("| none | 0 |  | 8 |"), "\(outcome)")
    #expect(try read("tables/predictions.csv").records.count == 8 * 4)
    let other = try run(["zeroshot", "run", "--split", "val", "--output", "none"])
    #expect(other.code == 1 && other.error.contains("no sample of the split val"), "\(other)")
  }

  @Test func `a folder of a word's name is told apart`() throws {
    for name in ["textures", "builtin"] { _ = try folder.write("x", name + "/file.txt") }
    let outcome = try ProgramRun(
      [
        "embed", "textures", "--model", "builtin", "--classes", "2", "--per-class", "1", "--output",
        "run", "--quiet",
      ], in: folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.error.contains("the folder of that name is ./textures"), "\(outcome)")
    #expect(outcome.error.contains("the folder of that name is ./builtin"))
    let folders = try run(["embed", "./textures", "--model", "./builtin"])
    #expect(folders.code == 1 && folders.error.contains("./builtin: has no config.json"))
  }

  @Test(arguments: [
    (
      ["sweep", "--model", "bultin", "--dataset", "textures"],
      "bultin: no such folder; did you mean builtin?", 1
    ),
    (
      ["sweep", "--model", "builtin", "--dataset", "texture"],
      "texture: no such folder or file; did you mean textures?", 1
    ),
    (
      ["embed", "textures", "--model", "builtin", "--classes", "stripped"], "did you mean striped?",
      1
    ),
    (
      ["embed", "textures", "--model", "builtin", "--partition", "2"],
      "generated textures have no lists", 2
    ),
    (["sweep", "--set", "dataset.texture-size=3"], "expected a whole number from 16 to 2048", 2),
    (["sweep", "--limit", "10"], "--per-class", 1),
  ])
  func `a name that is nearly right gets a suggestion`(
    arguments: [String], part: String, code: Int
  ) throws {
    let outcome = try run(arguments)
    #expect(Int(outcome.code) == code && outcome.error.contains(part), "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `tokenize reads the built-in vocabulary`() throws {
    let outcome = try ProgramRun(
      ["tokenize", "--model", "builtin"], input: "\"a woven texture.\"\n", in: folder.path)
    let ids = outcome.output.dropFirst().dropLast(2).split(separator: ", ")
    #expect(outcome.code == 0 && ids.count == 32, "\(outcome)")
  }
}
