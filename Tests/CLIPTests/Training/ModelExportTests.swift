import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

@testable import CLIP

struct ModelExportTests {
  private let pixels = RandomStream(domain: "test/export", seed: 0)
    .normals(count: 3 * 32 * 32)

  @Test(arguments: Safetensors.NumberFormat.allCases)
  func `an exported fine-tune opens like its source`(format: Safetensors.NumberFormat) throws {
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let source = try CLIPModel(directory: tiny.folder.path)
    let model = try TrainableCLIP(source, trained: [.vision])
    let name = "vision_model.encoder.layers.1.mlp.fc2.weight"
    model.parameters.replace(
      name, with: try model.parameters.floats(name).map { $0 * 1.5 })
    let folder = try TemporaryFolder()
    try model.export(to: folder.path + "/model", as: format)
    let again = try CLIPModel(directory: folder.path + "/model")
    #expect(again.configuration == source.configuration)
    #expect(again.preprocessing == source.preprocessing)
    #expect(try again.tokenizer().encode("a") == source.tokenizer().encode("a"))
    let tolerance: Float = format == .float32 ? 0 : 2e-3
    let expected = try model.visionTower().features(pixels, count: 1).values
    let found = try again.visionTower().features(pixels, count: 1).values
    #expect(largestDifference(found, expected) <= tolerance)
    #expect(
      largestDifference(found, try source.visionTower().features(pixels, count: 1).values) > 1e-2)
    // The frozen tower is the source's.
    #expect(
      largestDifference(
        try again.textTower().features([[512, 3, 513]]).values,
        try source.textTower().features([[512, 3, 513]]).values) <= tolerance)
    let config = try FileContents.readText(folder.path + "/model/config.json")
    #expect(config.contains("\"dtype\" : \"\(format.rawValue)\""))
  }

  @Test func `a model from random weights gets its configuration and its vocabulary`() throws {
    let vocabulary = try JSONSerialization.data(withJSONObject: TinyModel.vocabulary)
    let source = try CLIPModel(
      random: TinyModel.configuration(), name: "new", seed: 0, vocabulary: vocabulary,
      merges: Data("#version: 0.2\n".utf8))
    let model = try TrainableCLIP(source)
    let folder = try TemporaryFolder()
    try model.export(to: folder.path)
    let again = try CLIPModel(directory: folder.path)
    #expect(again.configuration == source.configuration)
    #expect(again.preprocessing == source.preprocessing)
    #expect(try again.tokenizer().encode("b") == source.tokenizer().encode("b"))
    for name in RandomWeights(source.configuration, seed: 0, name: "").names {
      #expect(try again.weights.floats(name) == source.weights.floats(name), "\(name)")
    }
  }

  @Test func `a weight beyond float16 is named`() throws {
    let model = try TrainableCLIP(
      CLIPModel(random: TinyModel.configuration(), name: "new", seed: 0))
    model.parameters.replace("logit_scale", with: [70_000])
    let folder = try TemporaryFolder()
    let error = #expect(throws: FileError.self) { try model.export(to: folder.path, as: .float16) }
    #expect("\(error as Any)".contains("logit_scale holds 70000.0 at element 0"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/model.safetensors"))
  }
}
