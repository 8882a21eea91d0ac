import Testing

@testable import CLIP

struct RandomWeightsTests {
  private let weights = RandomWeights(Architecture.b32.configuration, seed: 0, name: "random:b32")

  /// Standard deviations of the reference initialisation, worked out by hand for ViT-B/32.
  @Test(arguments: [
    ("vision_model.encoder.layers.3.self_attn.q_proj.weight", 18_432.0),  // 768 · 2 · 12
    ("vision_model.encoder.layers.3.self_attn.out_proj.weight", 768),
    ("vision_model.encoder.layers.3.mlp.fc1.weight", 1536),
    ("vision_model.encoder.layers.3.mlp.fc2.weight", 18_432),
    ("text_model.encoder.layers.0.self_attn.k_proj.weight", 12_288),  // 512 · 2 · 12
    ("vision_model.embeddings.patch_embedding.weight", 2500),
    ("visual_projection.weight", 768),
    ("text_projection.weight", 512),
  ])
  func `have the reference's variances`(name: String, inverseVariance: Double) throws {
    let expected = 1 / inverseVariance.squareRoot()
    let values = try weights.floats(name)
    let squares = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    let deviation = (squares / Double(values.count)).squareRoot()
    // Four standard errors of a standard deviation.
    let error = 1 / (2 * Double(values.count)).squareRoot()
    #expect(abs(deviation / expected - 1) < 4 * error)
  }

  @Test func `are the same for a seed and differ between seeds and names`() throws {
    let name = "visual_projection.weight"
    let again = RandomWeights(Architecture.b32.configuration, seed: 0, name: "random:b32")
    let other = RandomWeights(Architecture.b32.configuration, seed: 1, name: "random:b32")
    #expect(try weights.floats(name) == again.floats(name))
    #expect(try weights.floats(name) != other.floats(name))
    let layer = "vision_model.encoder.layers."
    #expect(
      try weights.floats(layer + "0.mlp.fc1.weight") != weights.floats(layer + "1.mlp.fc1.weight"))
  }

  @Test func `gains are one and biases zero`() throws {
    #expect(try weights.floats("vision_model.pre_layrnorm.weight").allSatisfy { $0 == 1 })
    #expect(try weights.floats("vision_model.pre_layrnorm.bias").allSatisfy { $0 == 0 })
    #expect(
      try weights.floats("text_model.encoder.layers.0.mlp.fc1.bias").allSatisfy { $0 == 0 })
  }

  @Test func `a control has a model's shape, tokenizer and pixels, and weights of its own`() throws
  {
    let model = try CLIPModel.builtIn()
    let control = try CLIPModel(named: "random:builtin", seed: 3)
    #expect(control.name == "random:builtin" && control.configuration == model.configuration)
    #expect(control.preprocessing == model.preprocessing)
    #expect(try control.tokenizer().encode("a photo") == model.tokenizer().encode("a photo"))
    #expect(control.digest != model.digest)
    #expect(try CLIPModel(named: "random:builtin", seed: 4).digest != control.digest)
    let name = "visual_projection.weight"
    let learnt = try model.weights.floats(name)
    #expect(try control.weights.floats(name) != learnt)
    #expect(throws: (any Error).self) { try CLIPModel(named: "random:nothing", seed: 0) }
  }
}
