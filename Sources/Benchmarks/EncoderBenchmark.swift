public import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
import Runs
public import Version

/// How fast the encoder is on this machine.
public struct EncoderBenchmark {
  /// What was measured, and on what.
  public struct Report: Codable, Sendable {
    /// The program that was measured.
    public let program: ProgramVersion
    /// The model's name.
    public let model: String
    /// The arithmetic.
    public let precision: String
    /// Library and kernels of the matrix products.
    public let kernels: String
    /// Worker threads.
    public let threads: Int
    /// The machine's processor.
    public let processor: String
    /// Seconds from the model's opening to the first image's embedding.
    public let secondsToFirstEmbedding: Double
    /// One entry a batch size of images, then one for prompts.
    public let rates: [Rate]
    /// The largest resident memory of the process with the image tower alone, in bytes.
    public let imagePeakMemoryBytes: Int
    /// The largest resident memory of the process with the text tower too, in bytes.
    public let peakMemoryBytes: Int
    /// Images a second beside other encoders, ours first; empty without any.
    public let comparison: [EncoderPeers.Result]

    enum CodingKeys: String, CodingKey {
      case program, model, precision, kernels, threads, processor, rates, comparison
      case imagePeakMemoryBytes = "image_peak_memory_bytes"
      case secondsToFirstEmbedding = "seconds_to_first_embedding"
      case peakMemoryBytes = "peak_memory_bytes"
    }
  }

  /// Items a second for one batch size.
  public struct Rate: Codable, Sendable {
    /// `images` or `prompts`.
    public let kind: String
    /// Items in one call.
    public let batch: Int
    /// The median over the runs.
    public let medianPerSecond: Double
    /// The best run.
    public let bestPerSecond: Double
    /// How many runs were timed.
    public let runs: Int

    enum CodingKeys: String, CodingKey {
      case kind, batch, runs
      case medianPerSecond = "median_per_second"
      case bestPerSecond = "best_per_second"
    }
  }

  private let model: CLIPModel
  private let arithmetic: Arithmetic
  private let secondsPerFigure: Double

  /// A benchmark of `model` that spends about `secondsPerFigure` on each figure.
  public init(_ model: CLIPModel, arithmetic: Arithmetic, secondsPerFigure: Double) {
    self.model = model
    self.arithmetic = arithmetic
    self.secondsPerFigure = secondsPerFigure
  }

  /// Measures both towers; images of random pixels, prompts of 9 to 11 tokens.
  ///
  /// - Parameters:
  ///   - batches: The numbers of images in a call.
  ///   - promptBatch: The number of prompts in a call.
  ///   - peers: Other encoders, measured in turn with the image tower on batches of the last size.
  /// - Returns: The rates of both towers, those that the model has.
  /// - Throws: `FileError` when the model's weights are damaged, `RunError.failure` when a
  ///   peer fails.
  public func run(
    batches: [Int], promptBatch: Int, peers: EncoderPeers? = nil
  ) throws -> Report {
    var rates: [Rate] = []
    var firstEmbedding = 0.0
    var imageMemory = 0
    var comparison: [EncoderPeers.Result] = []
    if model.configuration.vision != nil {
      let start = ContinuousClock.now
      let tower = try model.visionTower(arithmetic)
      let image = Self.pixels(count: 1, tower: tower)
      _ = try Self.embed(image, count: 1, tower: tower)
      firstEmbedding = (ContinuousClock.now - start) / .seconds(1)
      for batch in batches {
        let pixels = Self.pixels(count: batch, tower: tower)
        rates.append(
          try measure("images", batch: batch) {
            _ = try Self.embed(pixels, count: batch, tower: tower)
          })
      }
      imageMemory = StageClock.usage().peakMemoryBytes
      if let peers, let batch = batches.last {
        let pixels = Self.pixels(count: batch, tower: tower)
        comparison = try peers.compare(batch: batch, seconds: secondsPerFigure) {
          try measure("images", batch: batch) {
            _ = try Self.embed(pixels, count: batch, tower: tower)
          }
        }
      }
    }
    if let text = model.configuration.text {
      // A sweep's text is in float32 at every precision.
      let tower = try model.textTower(Arithmetic(backend: arithmetic.backend))
      let prompts = Self.prompts(count: promptBatch, text)
      rates.append(try measure("prompts", batch: promptBatch) { _ = try tower.embed(prompts) })
    }
    let host = Machine.current()
    return Report(
      program: .current, model: model.name, precision: arithmetic.precision.rawValue,
      kernels: arithmetic.backend.kernels(arithmetic.precision), threads: host.threads,
      processor: host.processor, secondsToFirstEmbedding: firstEmbedding, rates: rates,
      imagePeakMemoryBytes: imageMemory, peakMemoryBytes: StageClock.usage().peakMemoryBytes,
      comparison: comparison)
  }

  /// One call of the encoder: several images go to one thread each in batches, as in a sweep; one
  /// image gets all threads inside its products.
  private static func embed(_ pixels: [Float], count: Int, tower: VisionTower) throws -> [Float] {
    if count == 1 { return tower.features(pixels, count: 1, workers: Parallel.workers).values }
    let size = tower.pixelCount
    return try ImageEncoder(tower).features(count: count) { image, input in
      input += pixels[image * size..<(image + 1) * size]
    }.values
  }

  private func measure(_ kind: String, batch: Int, _ body: () throws -> Void) rethrows -> Rate {
    func seconds() throws -> Double {
      let start = ContinuousClock.now
      try body()
      return (ContinuousClock.now - start) / .seconds(1)
    }
    _ = try seconds()  // warm-up
    let trial = try seconds()
    let runs = max(5, min(200, Int(secondsPerFigure / trial)))
    let times = try (0..<runs).map { _ in try seconds() }.sorted()
    return Rate(
      kind: kind, batch: batch, medianPerSecond: Double(batch) / times[runs / 2],
      bestPerSecond: Double(batch) / times[0], runs: runs)
  }

  private static func pixels(count: Int, tower: VisionTower) -> [Float] {
    RandomStream(domain: "benchmark/pixels", seed: 0).normals(count: count * tower.pixelCount)
  }

  /// Token ids as the eight templates for textures make them: what a class's prompts begin with is
  /// the same in four of them.
  private static func prompts(count: Int, _ text: TextConfiguration) -> [[Int]] {
    var stream = RandomStream(domain: "benchmark/prompts", seed: 0)
    let end = text.endIsLargestID ? text.vocabularySize - 1 : text.endOfTextID
    func words(_ count: Int) -> [Int] {
      (0..<count).map { _ in Int.random(in: 0..<max(1, end), using: &stream) }
    }
    let start = words(4)  // start, a photo of
    let articles = words(2)
    let nouns = words(4)
    let stop = words(1)
    var prompts: [[Int]] = []
    while prompts.count < count {
      let name = words(Int.random(in: 1...3, using: &stream))
      for noun in nouns {
        for article in articles { prompts.append(start + [article] + name + [noun] + stop + [end]) }
      }
    }
    // A short context ends them early.
    return prompts.prefix(count).map { $0.count <= text.contextLength ? $0 : [start[0], end] }
  }
}
