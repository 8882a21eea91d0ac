import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Synchronization
import Testing

@testable import CLIP
@testable import Files

/// Both towers against the reference implementation's outputs (transformers 5.23, torch 2.13,
/// float32): every hidden state, embedding and logit of four tiny models, and a full-size ViT-B/32
/// whose weights are a formula, in float64 as well.
@Suite(
  .enabled(if: SharedData.has("clip-parity"), "needs ../shared/data/clip-parity, which is not here")
)
struct ParityTests {
  static let tiny = [
    "tiny_gelu_eos100", "tiny_gelu_neweos", "tiny_quick_legacy", "tiny_quick_neweos_asym",
  ]

  private struct Reference {
    let model: CLIPModel
    let values: Safetensors

    init(_ name: String) throws {
      let folder = SharedData.folder.appending(path: "clip-parity").appending(path: name).path
      model = try CLIPModel(directory: folder)
      values = try Safetensors(path: folder + "/io.safetensors")
    }

    var inputs: [[Int]] { integerRows(values, "input_ids") }
    var imageCount: Int { values.entries["pixel_values"]?.shape[0] ?? 0 }
  }

  /// The backends that this CPU has kernels for.
  static let backends = MatrixBackend.allCases
  /// Each of the tiny models with each backend.
  static let cases = tiny.flatMap { name in backends.map { (name, $0) } }

  @Test(arguments: cases)
  func `every hidden state of the image tower`(name: String, backend: MatrixBackend) throws {
    let reference = try Reference(name)
    let tower = try reference.model.visionTower(Arithmetic(backend: backend))
    let sequences = tower.sequences(count: reference.imageCount)
    try tower.transformer.withWorkspace(sequences) { workspace in
      let count = sequences.total * tower.configuration.transformer.width
      func expect(_ state: String) throws {
        let expected = try reference.values.floats(state)
        #expect(largestDifference(workspace.residual.prefix(count), expected) < 2e-5, "\(state)")
      }
      tower.embed(
        try reference.values.floats("pixel_values"), count: reference.imageCount, workspace)
      try expect("vision_hidden_0")
      for (index, block) in tower.transformer.blocks.enumerated() {
        block.forward(sequences, workspace)
        try expect("vision_hidden_\(index + 1)")
      }
    }
  }

  @Test(arguments: cases)
  func `every hidden state of the text tower`(name: String, backend: MatrixBackend) throws {
    let reference = try Reference(name)
    let tower = try reference.model.textTower(Arithmetic(backend: backend))
    let sequences = TokenSequences(causal: reference.inputs)
    let width = tower.configuration.transformer.width
    try tower.transformer.withWorkspace(sequences) { workspace in
      func expect(_ state: String) throws {
        // The reference has a row a token, also where sequences begin alike.
        let found = sequences.paths.flatMap(\.rows).flatMap { row in
          workspace.residual.prefix((row + 1) * width).suffix(width)
        }
        let expected = try reference.values.floats(state)
        #expect(largestDifference(found, expected) < 2e-5, "\(state)")
      }
      tower.embed(sequences, workspace)
      try expect("text_hidden_0")
      for (index, block) in tower.transformer.blocks.enumerated() {
        block.forward(sequences, workspace)
        try expect("text_hidden_\(index + 1)")
      }
    }
  }

  @Test(arguments: cases)
  func `features, embeddings and logits`(name: String, backend: MatrixBackend) throws {
    let reference = try Reference(name)
    let values = reference.values
    let arithmetic = Arithmetic(backend: backend)
    let image = try reference.model.visionTower(arithmetic).features(
      values.floats("pixel_values"), count: reference.imageCount)
    #expect(largestDifference(image.values, try values.floats("image_features_raw")) < 2e-5)
    let text = try reference.model.textTower(arithmetic).features(reference.inputs)
    #expect(largestDifference(text.values, try values.floats("text_features_raw")) < 2e-5)

    let imageUnit = try #require(image.withUnitRows())
    let textUnit = try #require(text.withUnitRows())
    #expect(largestDifference(imageUnit.values, try values.floats("image_embeds_norm")) < 2e-5)
    #expect(largestDifference(textUnit.values, try values.floats("text_embeds_norm")) < 2e-5)
    // A mask over the padding changes nothing that is read: attention is causal.
    if values.entries["text_embeds_norm_with_mask"] != nil {
      let masked = try values.floats("text_embeds_norm_with_mask")
      #expect(largestDifference(textUnit.values, masked) < 2e-5)
    }

    let scale = Float(try reference.model.logitScale())
    let cosines = imageUnit.converted(to: Double.self)
      .timesTransposed(textUnit.converted(to: Double.self))
    let logits = cosines.values.map { Float($0) * scale }
    #expect(largestDifference(logits, try values.floats("logits_per_image")) < 2e-3)
  }

  /// All backends with weights that are made once, which takes longer than the model.
  @Test func `a full-size ViT-B/32 in float32 and float64`() throws {
    let folder = SharedData.folder.appending(path: "clip-parity").appending(
      path: "full_b32_formula"
    ).path
    let values = try Safetensors(path: folder + "/io.safetensors")
    let configuration = try CLIPConfiguration(
      decoding: FileContents.read(folder + "/config.json"), file: "config.json")
    #expect(configuration.vision == Architecture.b32.configuration.vision)
    let manifest = folder + "/manifest.json"
    let pixels = (0..<2 * 3 * 224 * 224).map { (index: Int) -> Float in
      let i = Double(index)
      return Float(sin(0.011 * i) + 0.5 * cos(0.0173 * i))
    }
    // A tower's weights go before the other's come.
    var weights = try FormulaWeights(manifest: manifest)
    let visionShape = try #require(configuration.vision)
    let images = try Self.backends.map { backend in
      let tower = try VisionTower(
        visionShape, projectionDimension: 512, weights: weights,
        arithmetic: Arithmetic(backend: backend))
      return try #require(tower.features(pixels, count: 2).withUnitRows())
    }
    weights = try FormulaWeights(manifest: manifest)
    let textShape = try #require(configuration.text)
    let texts = try Self.backends.map { backend in
      let tower = try TextTower(
        textShape, projectionDimension: 512, weights: weights,
        arithmetic: Arithmetic(backend: backend))
      return try #require(tower.features(integerRows(values, "input_ids")).withUnitRows())
    }
    let scale = Float(exp(Double(try weights.floats("logit_scale")[0])))
    for ((backend, image), text) in zip(zip(Self.backends, images), texts) {
      for (found, name) in [(image, "image_embeds_norm"), (text, "text_embeds_norm")] {
        for name in [name, name + "_fp64"] {
          let difference = largestDifference(found.values, try values.floats(name))
          #expect(difference < 2e-5, "\(backend): \(name)")
        }
      }
      let logits = image.converted(to: Double.self)
        .timesTransposed(text.converted(to: Double.self)).values.map { Float($0) * scale }
      #expect(
        largestDifference(logits, try values.floats("logits_per_image")) < 2e-3, "\(backend)")
    }
  }

  @Test(arguments: tiny)
  func `batches of one give what a batch of all gives`(name: String) throws {
    let reference = try Reference(name)
    let tower = try reference.model.visionTower()
    let pixels = try reference.values.floats("pixel_values")
    let together = tower.features(pixels, count: reference.imageCount)
    let size = tower.pixelCount
    for image in 0..<reference.imageCount {
      let alone = tower.features(Array(pixels[image * size..<(image + 1) * size]), count: 1)
      #expect(largestDifference(alone.values, Array(together.row(image))) < 1e-5)
    }
  }
}

/// Weights that `formulaTensor` gives; each is made once.
private final class FormulaWeights: WeightSource {
  let file: String
  private struct Tensor {
    let shape: [Int]
    let scale: Double
    let offset: Double
    let index: Double
  }
  private let tensors: [String: Tensor]
  private let made = Mutex<[String: [Float]]>([:])

  init(manifest: String) throws {
    file = manifest
    let root = try #require(
      JSONSerialization.jsonObject(with: FileContents.read(manifest)) as? [String: Any])
    let list = try #require(root["tensors"] as? [[Any]])
    var tensors: [String: Tensor] = [:]
    for item in list {
      let name = try #require(item[0] as? String)
      let shape = try #require(item[1] as? [Int])
      if name == "logit_scale" {
        tensors[name] = Tensor(shape: shape, scale: 0, offset: 2.65919995, index: 0)
      } else {
        tensors[name] = Tensor(
          shape: shape, scale: try #require(item[2] as? Double),
          offset: try #require(item[3] as? Double), index: try #require(item[4] as? Double))
      }
    }
    self.tensors = tensors
  }

  func shape(_ name: String) -> [Int]? { tensors[name]?.shape }

  func floats(_ name: String) throws -> [Float] {
    if let known = made.withLock({ $0[name] }) { return known }
    let tensor = try #require(tensors[name])
    let values = formulaTensor(
      count: tensor.shape.reduce(1, *), index: tensor.index, scale: tensor.scale,
      offset: tensor.offset)
    made.withLock { $0[name] = values }
    return values
  }
}

/// The rows of a tensor of 32-bit integers.
func integerRows(_ tensors: Safetensors, _ name: String) -> [[Int]] {
  guard let entry = tensors.entries[name], entry.type == "I32", entry.shape.count == 2 else {
    return []
  }
  let bytes = [UInt8](tensors.bytes(entry))
  let values = stride(from: 0, to: bytes.count, by: 4).map { (start: Int) -> Int in
    let bits = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Int(Int32(bitPattern: bits))
  }
  let columns = entry.shape[1]
  return (0..<entry.shape[0]).map { Array(values[$0 * columns..<($0 + 1) * columns]) }
}

func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count, !a.isEmpty else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
