import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

@testable import CLIP

struct CLIPModelTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `a folder in Hugging Face layout opens and embeds`() throws {
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let model = try CLIPModel(directory: tiny.folder.path)
    #expect(try model.configuration == TinyModel.configuration())
    let pixels = [Float](repeating: 0.5, count: 3 * 32 * 32)
    let features = try model.visionTower().features(pixels, count: 1)
    #expect(features.columns == 16)
    #expect(features.values.allSatisfy { $0.isFinite })
    // The same weights by the other route.
    let random = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: 0)
    let again = try random.visionTower().features(pixels, count: 1)
    #expect(again == features)
    let scale = try model.logitScale()
    #expect(abs(scale - 1 / 0.07) < 1e-4)
  }

  @Test func `a sharded checkpoint equals the single file`() throws {
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let whole = try CLIPModel(directory: tiny.folder.path)
    let expected = try whole.visionTower().features([Float](repeating: 1, count: 3072), count: 1)
    let tensors = try TinyModel.tensors(seed: 0)
    var map: [String: String] = [:]
    for (shard, isVision) in [("a.safetensors", true), ("b.safetensors", false)] {
      let part = tensors.filter { $0.key.hasPrefix("vis") == isVision }
      try TinyModel.safetensors(part).write(to: tiny.folder.appending(path: shard))
      for name in part.keys { map[name] = shard }
    }
    try FileManager.default.removeItem(at: tiny.folder.appending(path: "model.safetensors"))
    try tiny.write(["weight_map": map], to: "model.safetensors.index.json")
    let model = try CLIPModel(directory: tiny.folder.path)
    let features = try model.visionTower().features([Float](repeating: 1, count: 3072), count: 1)
    #expect(features == expected)

    map["logit_scale"] = "a.safetensors"
    try tiny.write(["weight_map": map], to: "model.safetensors.index.json")
    #expect(
      message { _ = try CLIPModel(directory: tiny.folder.path) }
        .contains("places tensor logit_scale in a.safetensors"))
    for name in ["../a.safetensors", "../\u{301}a.safetensors"] {
      map["logit_scale"] = name
      try tiny.write(["weight_map": map], to: "model.safetensors.index.json")
      #expect(
        message { _ = try CLIPModel(directory: tiny.folder.path) }.contains("beside their index"))
    }
  }

  @Test func `missing and misshapen tensors are listed by name`() throws {
    let tiny = try TinyModel { tensors in
      tensors["visual_projection.weight"] = nil
      tensors["vision_model.post_layernorm.bias"] = ([16], [Float](repeating: 0, count: 16))
    }
    defer { tiny.remove() }
    let model = try CLIPModel(directory: tiny.folder.path)
    let message = message { _ = try model.visionTower() }
    #expect(message.contains("visual_projection.weight [16, 32] is missing"))
    #expect(message.contains("vision_model.post_layernorm.bias has shape [16], expected [32]"))
    #expect(message.contains("2 of 40 tensors"))
    _ = try model.textTower()
  }

  @Test func `a NaN in the weights is refused`() throws {
    let tiny = try TinyModel { tensors in
      tensors["visual_projection.weight"]?.values[3] = .nan
    }
    defer { tiny.remove() }
    let model = try CLIPModel(directory: tiny.folder.path)
    #expect(
      message { _ = try model.visionTower() }
        .contains("visual_projection.weight holds nan at element 3"))
  }

  @Test func `a pickle gets the way to convert it`() throws {
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let manager = FileManager.default
    try manager.moveItem(
      at: tiny.folder.appending(path: "model.safetensors"),
      to: tiny.folder.appending(path: "pytorch_model.bin"))
    let message = message { _ = try CLIPModel(directory: tiny.folder.path) }
    #expect(message.contains("pytorch_model.bin"))
    #expect(message.contains("save_pretrained"))
    try manager.removeItem(at: tiny.folder.appending(path: "pytorch_model.bin"))
    #expect(
      self.message { _ = try CLIPModel(directory: tiny.folder.path) }
        .contains("neither model.safetensors nor"))
  }

  @Test func `other things that do not fit`() throws {
    let tiny = try TinyModel()
    defer { tiny.remove() }
    #expect(
      message { _ = try CLIPModel(directory: "/nowhere") }.contains("/nowhere: no such folder"))
    #expect(
      message { _ = try CLIPModel(named: "random:b64", seed: 0) }.contains("random:b32, random:b16")
    )
    try tiny.write(["size": 24, "crop_size": 24] as [String: Any], to: "preprocessor_config.json")
    #expect(
      message { _ = try CLIPModel(directory: tiny.folder.path) }.contains("images of 24 × 24"))
    try tiny.write(["size": 32, "crop_size": 32] as [String: Any], to: "preprocessor_config.json")

    var fields = TinyModel.fields
    var text = fields["text_config"] as? [String: Any] ?? [:]
    text["eos_token_id"] = 5
    fields["text_config"] = text
    try tiny.write(fields, to: "config.json")
    #expect(
      message { _ = try CLIPModel(directory: tiny.folder.path).tokenizer() }
        .contains("eos_token_id is 5, the vocabulary's end of text is 513"))
  }

  @Test func `the digest follows weights and configuration`() throws {
    let one = try TinyModel()
    let same = try TinyModel()
    let other = try TinyModel(seed: 1)
    defer { for model in [one, same, other] { model.remove() } }
    let digests = try [one, same, other].map { try CLIPModel(directory: $0.folder.path).digest }
    #expect(digests[0] == digests[1])
    #expect(digests[0] != digests[2])
    #expect(
      CLIPModel(random: .b32, seed: 0).digest != CLIPModel(random: .b32, seed: 1).digest)
  }

  @Test func `a model of one tower says what it lacks`() throws {
    var configuration = try TinyModel.configuration()
    configuration.text = nil
    let model = CLIPModel(random: configuration, name: "vision only", seed: 0)
    #expect(message { _ = try model.textTower() }.contains("has no text tower"))
    configuration = try TinyModel.configuration()
    configuration.vision = nil
    let text = CLIPModel(random: configuration, name: "text only", seed: 0)
    #expect(message { _ = try text.visionTower() }.contains("has no image tower"))
  }

  @Test(arguments: [
    (
      "openai/clip-vit-base-patch32",
      "hf download openai/clip-vit-base-patch32 --local-dir clip-vit-base-patch32, and then"
    ),
    ("hf-hub:laion/CLIP-ViT-B-32", "hf download laion/CLIP-ViT-B-32 --local-dir CLIP-ViT-B-32,"),
    ("https://huggingface.co/a/b/", "hf download a/b --local-dir b,"),
    ("ViT-B/32", "hf download openai/clip-vit-base-patch32 --local-dir"),
    ("clip-vit-large-patch14", "hf download openai/clip-vit-large-patch14 --local-dir"),
    (
      "models/clip-vit-base-patch32",
      "hf download openai/clip-vit-base-patch32 --local-dir models/clip-vit-base-patch32"
    ),
  ])
  func `a name of the Hub gets the way to fetch it`(name: String, words: String) {
    let message = message { _ = try CLIPModel(named: name, seed: 0) }
    #expect(message.hasPrefix("\(name): no such folder; if "))
    #expect(message.contains(words), "\(message)")
  }

  @Test func `a path that is none of the Hub's names is absent, and a file is no folder`() throws {
    for path in ["/nowhere/model", "../x", "a/b/c"] {
      let message = message { _ = try CLIPModel(named: path, seed: 0) }
      #expect(message.hasPrefix("\(path): no such folder; expected"), "\(message)")
    }
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let file = tiny.folder.appending(path: "model.safetensors").path
    #expect(
      message { _ = try CLIPModel(named: file, seed: 0) }.contains("is a file; expected the folder")
    )
  }

  @Test func `tensors that no tower has are listed, and positions are none`() throws {
    let tiny = try TinyModel { tensors in
      let prefix = "vision_model.encoder.layers."
      for (name, tensor) in tensors where name.hasPrefix(prefix + "1.") {
        tensors[prefix + "2." + name.dropFirst(prefix.count + 2)] = tensor
      }
      tensors["vision_model.embeddings.position_ids"] = ([1, 2], [0, 1])
      tensors["head.weight"] = ([1], [0])
    }
    defer { tiny.remove() }
    let unused = try CLIPModel(directory: tiny.folder.path).unusedTensors
    #expect(unused.count == 17 && unused.first == "head.weight")
    #expect(unused.dropFirst().allSatisfy { $0.hasPrefix("vision_model.encoder.layers.2.") })
    let plain = try TinyModel()
    defer { plain.remove() }
    #expect(try CLIPModel(directory: plain.folder.path).unusedTensors.isEmpty)
  }
}
