package import CLIP
import FileAnalyses
import Foundation
import LinearAlgebra
import Runs

/// A shape of model and batch whose training is timed.
package enum TrainingWorkload: String, Sendable, CaseIterable, Codable {
  /// Some four million parameters, of the built-in model's size: both towers.
  case tiny
  /// ViT-B/32 with its text tower frozen.
  case b32FrozenText = "b32-frozen-text"

  /// What a measurement says; as the peers' script prints it.
  struct Measurement: Codable {
    let config: String
    let batch: Int
    let samplesPerSecond: Double
    let peakMebibytes: Int

    enum CodingKeys: String, CodingKey {
      case config, batch
      case samplesPerSecond = "samples_per_s"
      case peakMebibytes = "peak_mb"
    }
  }

  /// The model's shape.
  package var configuration: CLIPConfiguration {
    guard self == .tiny else { return Architecture.b32.configuration }
    func transformer(width: Int, layers: Int) -> TransformerConfiguration {
      TransformerConfiguration(
        width: width, mlpWidth: 4 * width, layers: layers, heads: width / 64,
        activation: .quickGELU, layerNormEpsilon: 1e-5)
    }
    return CLIPConfiguration(
      vision: VisionConfiguration(
        transformer: transformer(width: 192, layers: 6), imageSize: 64, patchSize: 8),
      text: TextConfiguration(
        transformer: transformer(width: 128, layers: 3), vocabularySize: 2048, contextLength: 32,
        endOfTextID: 2047), projectionDimension: 128)
  }

  /// Pairs in a batch.
  package var batchSize: Int { self == .tiny ? 128 : 16 }

  private var textLength: Int { self == .tiny ? 16 : 77 }

  /// Measures steps of training on random data.
  ///
  /// Pairs a second by the median step after two warm-ups, and the process's largest memory. Frozen
  /// texts are embedded anew in every step.
  func measure(seconds: Double) throws -> Measurement {
    let model = try TrainableCLIP(
      CLIPModel(random: configuration, name: rawValue, seed: 0),
      trained: self == .tiny ? [.vision, .text] : [.vision])
    model.keepsFrozenTexts = false
    let engine = TrainingEngine(
      model, .imageText,
      TrainingEngine.Settings(
        schedule: LearningRateSchedule(rate: 1e-4, course: .constant),
        optimizer: AdamW.Settings(weightDecay: 0.01), gradientLimit: nil))
    let batch = try batch()
    var times: [Double] = []
    let start = ContinuousClock.now
    while times.count < 5 || (ContinuousClock.now - start) / .seconds(1) < seconds {
      let step = ContinuousClock.now
      try engine.takeStep(batch)
      times.append((ContinuousClock.now - step) / .seconds(1))
      if times.count > 200 { break }
    }
    let kept = times.dropFirst(2).sorted()
    return Measurement(
      config: rawValue, batch: batchSize,
      samplesPerSecond: Double(batchSize) / kept[kept.count / 2],
      peakMebibytes: StageClock.usage().peakMemoryBytes >> 20)
  }

  private func batch() throws -> TrainingBatch {
    guard let vision = configuration.vision, let text = configuration.text else {
      preconditionFailure("both towers are there")
    }
    var stream = RandomStream(domain: "benchmark/training", seed: 0)
    let texts = (0..<batchSize).map { _ in
      (1..<textLength).map { _ in Int.random(in: 3..<text.vocabularySize - 3, using: &stream) }
        + [text.endOfTextID]
    }
    return TrainingBatch(
      count: batchSize,
      pixels: stream.normals(count: batchSize * 3 * vision.imageSize * vision.imageSize),
      texts: texts)
  }
}
