import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Testing
import Textures

/// `embed` as a user meets it.
@Suite(.serialized)
struct EmbedCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(arguments + ["--quiet"], in: folder.path)
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

  @Test func `embed in bfloat16 says how far it is from float32`() throws {
    let model = try TinyModel()
    let dataset = try TinyDataset()
    let output = FileManager.default.temporaryDirectory.appending(path: "embed-\(UUID())").path
    defer {
      model.remove()
      dataset.remove()
      try? FileManager.default.removeItem(atPath: output)
    }
    let arguments = [
      "embed", dataset.folder.path, "--model", model.folder.path, "--levels", "0", "--output",
      output, "--precision", "bfloat16", "--backend", "panels", "--quiet",
    ]
    let outcome = try ProgramRun(arguments)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.contains("18 of 18 embeddings were computed in float32 too"))
    let stopped = try ProgramRun(arguments + ["--precision-tolerance", "1e-9"])
    #expect(stopped.code == 1 && stopped.output.isEmpty)
    #expect(stopped.error.contains("bfloat16 is too far from float32 for this model"))
  }

  @Test(arguments: [
    (
      ["embed", "textures", "--model", "builtin", "--classes", "stripped"], "did you mean striped?",
      1
    ),
    (
      ["embed", "textures", "--model", "builtin", "--partition", "2"],
      "generated textures have no lists", 2
    ),
  ])
  func `a name that is nearly right gets a suggestion`(
    arguments: [String], part: String, code: Int
  ) throws {
    let outcome = try run(arguments)
    #expect(Int(outcome.code) == code && outcome.error.contains(part), "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `a run without a data set is told of the built-in ones`() throws {
    let outcome = try ProgramRun(["embed"])
    #expect(outcome.code == 1 && outcome.error.contains("--model builtin"), "\(outcome)")
  }
}
