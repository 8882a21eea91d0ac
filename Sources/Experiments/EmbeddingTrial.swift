import CLIP
import Datasets
import Embedding
import Files
import Images
import LinearAlgebra
import Runs
import Synchronization

/// How long embedding takes, from a short trial with some of the images: decoding, each kind of noise, the image tower.
struct EmbeddingTrial: Sendable {
  /// Seconds an image, whatever its conditions.
  let decoding: Double
  /// Seconds an image and condition in the tower.
  let encoding: Double
  /// Seconds an image under a kind of noise; of images as they are under nil.
  private let noise: [NoiseKind?: Double]

  /// Tries a model on the first images of a plan.
  ///
  /// - Throws: `FileError` for weights that are damaged; for an image that cannot be read any more.
  init(
    _ plan: EmbeddingPlan, conditions: [Condition], noise: NoiseSpecification, model: CLIPModel,
    arithmetic: Arithmetic
  ) throws {
    encoding =
      1 / (try ImageEncoder(plan.tower ?? model.visionTower(arithmetic)).trialRate())
    let pixels = NoisyPixels(preprocessing: model.preprocessing, noise: noise)
    let samples = plan.dataset.samples
    let count = min(samples.count, 4 * Parallel.workers)
    // Spread over the classes, whose files may differ.
    let rows = (0..<count).map { $0 * samples.count / count }
    var prepared: [NoisyPixels.Prepared] = []
    decoding =
      try Self.seconds {
        prepared = try Parallel.tryMap(count: count) { index in
          let digest = plan.digests[rows[index]]
          return pixels.prepare(
            try samples[rows[index]].image.pixels(of: digest), digest: digest)
        }
      } / Double(count)
    var noiseSeconds: [NoiseKind?: Double] = [:]
    for condition in conditions where plan.variants.isEmpty && noiseSeconds[condition.kind] == nil {
      let images = prepared
      noiseSeconds[condition.kind] =
        try Self.seconds {
          _ = try Parallel.tryMap(count: count) { index in
            var values: [Float] = []
            try pixels.append(
              images[index], kind: condition.kind, level: condition.level,
              seed: condition.seed ?? 0, to: &values)
          }
        } / Double(count)
    }
    self.noise = noiseSeconds
  }

  /// Seconds of images under a condition, without their decoding.
  func seconds(_ images: Int, _ condition: Condition) -> Double {
    Double(images) * (encoding + (noise[condition.kind] ?? 0))
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
