import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

struct TrainableCLIPTests {
  private static func transformer(
    width: Int, heads: Int, layers: Int, activation: Activation
  ) -> TransformerConfiguration {
    TransformerConfiguration(
      width: width, mlpWidth: 2 * width, layers: layers, heads: heads, activation: activation,
      layerNormEpsilon: 1e-5)
  }

  /// Small towers of unlike widths; the texts' is odd so that no vector fits.
  private static func configuration(
    layers: Int = 2, activation: Activation = .quickGELU
  ) -> CLIPConfiguration {
    CLIPConfiguration(
      vision: VisionConfiguration(
        transformer: transformer(width: 12, heads: 2, layers: layers, activation: activation),
        imageSize: 9, patchSize: 3),
      text: TextConfiguration(
        transformer: transformer(width: 10, heads: 2, layers: layers, activation: activation),
        vocabularySize: 20, contextLength: 7, endOfTextID: 19),
      projectionDimension: 6)
  }

  private static func model(_ configuration: CLIPConfiguration) -> CLIPModel {
    CLIPModel(random: configuration, name: "small", seed: 3)
  }

  /// Random images, and texts of 2 to 7 tokens, some with padding behind their end.
  private static func batch(_ configuration: CLIPConfiguration, count: Int) -> TrainingBatch {
    var stream = RandomStream(domain: "test/training", seed: 1)
    let size = configuration.vision?.pixelCount ?? 0
    let texts = (0..<count).map { index -> [Int] in
      let words = (0..<index % 6).map { _ in Int.random(in: 0..<18, using: &stream) }
      return words + [19] + [Int](repeating: 19, count: index % 2)
    }.map { Array($0.prefix(7)) }
    return TrainingBatch(
      count: count, pixels: stream.normals(count: count * size), texts: texts,
      labels: (0..<count).map { $0 / 2 })
  }

  /// Moves every parameter a little, so that no gain is one and no bias zero.
  private static func disturb(_ model: TrainableCLIP) throws {
    for tensor in model.parameters.tensors where tensor.name != "logit_scale" {
      let noise = RandomStream(domain: "test/" + tensor.name, seed: 0).normals(
        count: tensor.range.count)
      let values = try model.parameters.floats(tensor.name)
      model.parameters.replace(tensor.name, with: zip(values, noise).map { $0 + 0.2 * $1 })
    }
  }

  @Test(arguments: Activation.allCases)
  func `the forward passes of training and of inference agree`(activation: Activation) throws {
    let configuration = Self.configuration(activation: activation)
    let model = try TrainableCLIP(Self.model(configuration))
    try Self.disturb(model)
    let batch = Self.batch(configuration, count: 50)
    let vision = try #require(configuration.vision)
    let text = try #require(configuration.text)
    let images = TrainableVisionTower(vision, dimension: 6, model.parameters)
      .forward(batch.pixels, images: 0..<50)
    #expect(
      largestDifference(
        images, try model.visionTower().features(batch.pixels, count: 50).values) < 1e-5)
    let texts = TrainableTextTower(text, dimension: 6, model.parameters).forward(batch.texts[...])
    #expect(
      largestDifference(texts, try model.textTower().features(batch.texts).values) < 1e-5)
  }

  @Test(arguments: Activation.allCases, [1, 2])
  func `the gradient of every tensor is what central differences give`(
    activation: Activation, layers: Int
  ) throws {
    let configuration = Self.configuration(layers: layers, activation: activation)
    let model = try TrainableCLIP(Self.model(configuration))
    try Self.disturb(model)
    let batch = Self.batch(configuration, count: 6)
    for objective: TrainingObjective in [
      .imageText, .supervised(SupervisedContrastiveLoss(), imageWeight: 0.4),
      .pairwise(PairwiseContrastiveLoss(negativeMargin: 1.2), imageWeight: 0.7),
    ] {
      _ = try model.computeGradient(batch, objective)
      let gradients = model.parameters.tensors.map { model.parameters.gradient($0.name) ?? [] }
      let length = model.parameters.gradientNorm()
      for (tensor, gradient) in zip(model.parameters.tensors, gradients) {
        // Along the gradient itself the slope is its length.
        let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > 1e-3 * length else { continue }
        let values = try model.parameters.floats(tensor.name)
        func loss(_ step: Double) throws -> Double {
          model.parameters.replace(
            tensor.name,
            with: zip(values, gradient).map { $0 + Float(step * Double($1) / norm) })
          return try model.computeGradient(batch, objective)
        }
        let step = 2e-3
        let slope = (try loss(step) - loss(-step)) / (2 * step)
        model.parameters.replace(tensor.name, with: values)
        #expect(abs(slope - norm) < 0.02 * norm + 2e-4 * length, "\(tensor.name)")
      }
    }
  }

  @Test func `one number at a time, by central differences`() throws {
    let configuration = Self.configuration()
    let model = try TrainableCLIP(Self.model(configuration))
    try Self.disturb(model)
    let batch = Self.batch(configuration, count: 4)
    _ = try model.computeGradient(batch, .imageText)
    let gradients = model.parameters.tensors.map { model.parameters.gradient($0.name) ?? [] }
    for (tensor, gradient) in zip(model.parameters.tensors, gradients) {
      // The largest of a tensor's slopes, which differences show best.
      guard let index = gradient.indices.max(by: { abs(gradient[$0]) < abs(gradient[$1]) }),
        abs(gradient[index]) > 1e-3
      else { continue }
      let values = try model.parameters.floats(tensor.name)
      func loss(_ step: Float) throws -> Double {
        var moved = values
        moved[index] += step
        model.parameters.replace(tensor.name, with: moved)
        return try model.computeGradient(batch, .imageText)
      }
      let slope = (try loss(2e-3) - loss(-2e-3)) / 4e-3
      model.parameters.replace(tensor.name, with: values)
      #expect(
        abs(slope - Double(gradient[index])) < 0.02 * abs(slope) + 1e-3, "\(tensor.name)")
    }
  }

  /// All numbers of the gradient, after a batch of more than one piece.
  private func gradientBytes(pieceSize: Int? = nil) throws -> [Float] {
    let configuration = Self.configuration()
    let model = try TrainableCLIP(Self.model(configuration))
    try Self.disturb(model)
    let batch = Self.batch(configuration, count: 120)
    _ = try model.computeGradient(batch, .imageText, pieceSize: pieceSize)
    return model.parameters.tensors.flatMap { model.parameters.gradient($0.name) ?? [] }
  }

  @Test func `the same bytes for any number of threads`() throws {
    let alone = try withWorkers(1) { try gradientBytes() }
    #expect(try withWorkers(2) { try gradientBytes() } == alone)
    #expect(try withWorkers(5) { try gradientBytes() } == alone)
  }

  private func withWorkers<Value>(_ count: Int, _ body: () throws -> Value) rethrows -> Value {
    let before = Parallel.workers
    Parallel.workers = count
    defer { Parallel.workers = before }
    return try body()
  }

  @Test(arguments: [1, 7, 50, 119])
  func `the gradient of a batch taken in pieces is that of the whole`(pieceSize: Int) throws {
    let whole = try gradientBytes()
    let pieces = try gradientBytes(pieceSize: pieceSize)
    let length = whole.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(Double(largestDifference(whole, pieces)) < 1e-5 * length)
  }

  @Test func `a frozen text tower has no gradient, and the other's stays`() throws {
    let configuration = Self.configuration()
    let both = try TrainableCLIP(Self.model(configuration))
    let one = try TrainableCLIP(Self.model(configuration), trained: [.vision])
    #expect(one.parameters["text_projection.weight"] == nil)
    #expect(one.parameters.gradient("text_model.final_layer_norm.weight") == nil)
    #expect(one.parameters["logit_scale"] != nil)
    let batch = Self.batch(configuration, count: 8)
    let loss = try both.computeGradient(batch, .imageText)
    for _ in 0..<2 {  // the second time with the texts' embeddings kept
      #expect(abs(try one.computeGradient(batch, .imageText) - loss) < 1e-5)
      for tensor in one.parameters.tensors {
        let expected = try #require(both.parameters.gradient(tensor.name))
        let found = try #require(one.parameters.gradient(tensor.name))
        #expect(largestDifference(found, expected) < 1e-5, "\(tensor.name)")
      }
    }
  }

  @Test func `a frozen image tower, and a tower that is not read`() throws {
    let configuration = Self.configuration()
    let both = try TrainableCLIP(Self.model(configuration))
    let batch = Self.batch(configuration, count: 8)
    let loss = try both.computeGradient(batch, .imageText)
    let text = try TrainableCLIP(Self.model(configuration), trained: [.text])
    #expect(abs(try text.computeGradient(batch, .imageText) - loss) < 1e-5)
    let name = "text_model.encoder.layers.0.mlp.fc1.weight"
    #expect(
      largestDifference(
        try #require(text.parameters.gradient(name)), try #require(both.parameters.gradient(name)))
        < 1e-5)
    let image = try TrainableCLIP(
      Self.model(configuration), trained: [.vision], read: [.vision])
    let labelled = TrainingBatch(count: 8, pixels: batch.pixels, labels: batch.labels)
    let objective = TrainingObjective.supervised(SupervisedContrastiveLoss(), imageWeight: 1)
    #expect(try image.computeGradient(labelled, objective) > 0)
    #expect(image.parameters.gradientNorm() > 0)
  }

  @Test func `what decays is the matrices of projections and MLPs alone`() throws {
    let model = try TrainableCLIP(Self.model(Self.configuration(layers: 1)))
    let decaying = model.parameters.tensors.filter(\.decays).map(\.name)
    let block = [
      "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "mlp.fc1",
      "mlp.fc2",
    ]
    let expected = [("vision", "visual"), ("text", "text")].flatMap { tower, projection in
      block.map { "\(tower)_model.encoder.layers.0.\($0).weight" }
        + ["\(projection)_projection.weight"]
    }
    #expect(decaying == expected)
  }
}
