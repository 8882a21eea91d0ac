import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

/// Gradients, losses and one optimiser step against the reference implementation's (transformers 5.23,
/// torch 2.13, float32) on four tiny models.
@Suite(
  .enabled(if: SharedData.has("clip-parity"), "needs ../shared/data/clip-parity, which is not here")
)
struct GradientParityTests {
  private struct Losses: Decodable {
    struct Contrastive: Decodable {
      let positive: Double
      let negative: Double
    }
    let infonce: Double
    let labels: [Int]
    let supervisedImage: Double
    let supervisedFused: Double
    let contrastive: Contrastive

    enum CodingKeys: String, CodingKey {
      case infonce, labels
      case supervisedImage = "supcon_image_tau0.1"
      case supervisedFused = "supcon_fused_w0.3_tau0.1"
      case contrastive = "contrastive_fused_w0.3_pos0_neg0.5"
    }
  }

  private struct Reference {
    let model: CLIPModel
    let values: Safetensors
    let gradients: Safetensors
    let losses: Losses
    let batch: TrainingBatch

    init(_ name: String) throws {
      let folder = SharedData.folder.appending(path: "clip-parity").appending(path: name).path
      model = try CLIPModel(directory: folder)
      values = try Safetensors(path: folder + "/io.safetensors")
      gradients = try Safetensors(path: folder + "/gradients.safetensors")
      losses = try JSONDecoder().decode(
        Losses.self, from: FileContents.read(folder + "/losses.json"))
      batch = TrainingBatch(
        count: 5, pixels: try values.floats("pixel_values"),
        texts: Array(integerRows(values, "input_ids").prefix(5)), labels: losses.labels)
    }
  }

  private func length(_ values: [Float]) -> Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  @Test(arguments: ParityTests.tiny)
  func `the gradient of every tensor, and the parameters after a step along it`(name: String) throws
  {
    let reference = try Reference(name)
    let model = try TrainableCLIP(reference.model)
    let loss = try model.computeGradient(reference.batch, .imageText)
    #expect(abs(loss - reference.losses.infonce) < 1e-5)
    for tensor in model.parameters.tensors {
      let expected = try reference.gradients.floats("grad." + tensor.name)
      let found = try #require(model.parameters.gradient(tensor.name))
      let difference = length(zip(found, expected).map { $0 - $1 })
      #expect(difference <= 1e-4 * max(length(expected), 1e-3), "\(tensor.name)")
    }
    try expectStep(model, reference.gradients) {
      // Adam's first step is the gradient's sign, so rounding decides where the true gradient is zero
      // or next to it: all of the keys' biases', whose part of a query's scores is the same for all keys.
      !$0.hasSuffix("k_proj.bias") && (abs($1) > 1e-5 || $1 == 0)
    }
  }

  @Test(arguments: ParityTests.tiny)
  func `the parameters after a step along the reference's own gradient`(name: String) throws {
    let reference = try Reference(name)
    let model = try TrainableCLIP(reference.model)
    for tensor in model.parameters.tensors {
      model.parameters.gradients.replace(
        try reference.gradients.floats("grad." + tensor.name)[...], at: tensor.range.lowerBound)
    }
    try expectStep(model, reference.gradients) { _, _ in true }
  }

  /// Takes a step of AdamW, after which numbers are the reference's, where a condition on the tensor and
  /// the gradient holds.
  private func expectStep(
    _ model: TrainableCLIP, _ reference: Safetensors, where condition: (String, Float) -> Bool
  ) throws {
    let optimizer = AdamW(model.parameters, AdamW.Settings(weightDecay: 0.1))
    optimizer.takeStep(learningRate: 1e-3)
    for tensor in model.parameters.tensors {
      let expected = try reference.floats("after_step." + tensor.name)
      let gradient = try reference.floats("grad." + tensor.name)
      let found = try model.parameters.floats(tensor.name)
      let differences = gradient.indices.filter { condition(tensor.name, gradient[$0]) }
        .map { abs(found[$0] - expected[$0]) }
      #expect(differences.max() ?? 0 < 1e-5, "\(tensor.name)")
    }
  }

  @Test(arguments: ParityTests.tiny)
  func `the losses of labelled rows`(name: String) throws {
    let reference = try Reference(name)
    let images = try #require(
      UnitFeatures(
        Matrix<Float>(
          rows: 5, columns: reference.model.configuration.projectionDimension,
          values: try reference.values.floats("image_embeds_norm")
        ).converted()))
    let texts = try #require(
      UnitFeatures(
        Matrix<Float>(
          rows: 5, columns: images.rows.columns,
          values: Array(
            try reference.values.floats("text_embeds_norm").prefix(5 * images.rows.columns))
        ).converted()))
    let labels = reference.losses.labels
    let supervised = SupervisedContrastiveLoss(temperature: 0.1)
    let image = try #require(supervised.evaluate(images.rows, labels: labels))
    #expect(abs(image.value - reference.losses.supervisedImage) < 1e-5)
    let fused = try TrainingObjective.supervised(supervised, imageWeight: 0.3).evaluate(
      images: images.rows, texts: texts.rows, labels: labels, logitScale: 0)
    #expect(abs(fused.loss - reference.losses.supervisedFused) < 1e-5)
    let pairwise = try TrainingObjective.pairwise(
      PairwiseContrastiveLoss(positiveMargin: 0, negativeMargin: 0.5), imageWeight: 0.3
    ).evaluate(images: images.rows, texts: texts.rows, labels: labels, logitScale: 0)
    let expected = reference.losses.contrastive
    #expect(abs(pairwise.loss - expected.positive - expected.negative) < 1e-5)
  }
}
