import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Testing
import Textures

@testable import CLIP

/// The model that the program carries, whatever its weights are.
struct BuiltInModelTests {
  private let model: CLIPModel

  init() throws { model = try .builtIn() }

  /// The files where they are kept in the project.
  private var folder: URL {
    Checkout.folder.appending(path: "Sources/CBuiltInModel/model")
  }

  @Test func `it is the folder of its files, byte for byte`() throws {
    let again = try CLIPModel(directory: folder.path)
    #expect(model.digest == again.digest && model.fileDigests == again.fileDigests)
    #expect(model.configuration == again.configuration)
    #expect(model.preprocessing == again.preprocessing)
    #expect(
      Set(model.fileDigests.keys) == [
        "config.json", "model.safetensors", "preprocessor_config.json", "vocab.json", "merges.txt",
      ])
    #expect(model.name == "builtin" && model.directory == nil)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == Set(model.fileDigests.keys).union(["README.md"]))
  }

  @Test func `it embeds an image and a text to the same length`() throws {
    let vision = try #require(model.configuration.vision)
    let pixels = [Float](repeating: 0.1, count: 3 * vision.imageSize * vision.imageSize)
    let image = try model.visionTower().features(pixels, count: 1)
    let tokenizer = try model.tokenizer()
    let ids = tokenizer.modelInput("a photo of a banded texture.", contextLength: 32).ids
    let text = try model.textTower().features([ids])
    #expect(image.columns == 128 && text.columns == 128)
    let values = image.values + text.values
    let areFinite = values.allSatisfy { $0.isFinite }
    #expect(areFinite)
    #expect(try model.logitScale() > 1)
  }

  @Test func `its vocabulary knows the classes' names`() throws {
    let tokenizer = try model.tokenizer()
    #expect(tokenizer.vocabularySize == model.configuration.text?.vocabularySize)
    for texture in Texture.describable {
      let ids = tokenizer.encode("a photo of a \(texture.name) texture.")
      // Seven words and the hyphen's two more at most; letter by letter it would be over twenty.
      #expect(ids.count <= 9, "\(texture)")
    }
  }

  @Test func `it fits a repository`() {
    let size = model.fileDigests.keys.reduce(0) { size, name in
      size + ((try? ModelFiles.builtIn.read(name).count) ?? Int.max / 8)
    }
    #expect(size <= 8_000_000)
  }

  @Test func `it is opened by its word, and the words are told apart from folders`() throws {
    #expect(try CLIPModel(named: "builtin", seed: 0).digest == model.digest)
    for (name, word) in [
      ("built-in", "builtin"), ("bultin", "builtin"), ("randm:b32", "random:b32"),
    ] {
      let error = #expect(throws: FileError.self) { try CLIPModel(named: name, seed: 0) }
      #expect(error?.description == "\(name): no such folder; did you mean \(word)?")
    }
  }

  @Test func `a model in memory with a file too few or damaged names the file`() throws {
    guard case .memory(_, let files) = ModelFiles.builtIn else {
      Issue.record("the built-in model is not in memory")
      return
    }
    func message(_ change: (inout [String: Data]) -> Void) -> String {
      var changed = files
      change(&changed)
      let model = Result {
        let model = try CLIPModel(.memory(title: "m", changed))
        _ = try model.tokenizer()
        return model
      }
      guard case .failure(let error) = model else { return "" }
      return "\(error)"
    }
    #expect(message { $0["config.json"] = nil }.hasPrefix("m: has no config.json"))
    #expect(message { $0["model.safetensors"] = nil }.hasPrefix("m: has neither"))
    #expect(message { $0["merges.txt"] = nil }.hasPrefix("m: no tokenizer"))
    #expect(message { $0["vocab.json"] = Data("{".utf8) }.hasPrefix("m/vocab.json: "))
    let half = files["model.safetensors"]?.prefix(10_000)
    let truncated = message { $0["model.safetensors"] = half }
    #expect(truncated.hasPrefix("m/model.safetensors: "))
    #expect(message { _ in }.isEmpty)
  }
}
