package import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
import Runs
import Version

/// How fast the encoder is on this machine.
package struct EncoderBenchmark {
  private let architecture: Architecture
  private let model: String?
  private let arithmetic: Arithmetic
  private let batches: [Int]
  private let promptBatch: Int
  private let secondsPerFigure: Double
  private let peers: EncoderPeers?

  /// A benchmark as options say it.
  ///
  /// - Parameters:
  ///   - architecture: The shape of a model with random weights.
  ///   - model: The folder of a model in its place; nil for none.
  ///   - arithmetic: Precision and kernels.
  ///   - batches: The numbers of images in a call, separated by commas.
  ///   - promptBatch: The number of prompts in a call.
  ///   - secondsPerFigure: About how long to measure each figure.
  ///   - peers: The script that times other encoders, in turn with the image tower on batches of the last size; nil
  ///     for none.
  ///   - rounds: How often ours and each of them are measured.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    architecture: Architecture, model: String?, arithmetic: Arithmetic, batches: String,
    promptBatch: Int, secondsPerFigure: Double, peers: PeerScripts?, rounds: Int, isQuiet: Bool
  ) throws {
    let sizes = batches.split(separator: ",").compactMap { Int($0) }
    try require(
      !sizes.isEmpty && sizes.count == batches.split(separator: ",").count
        && sizes.allSatisfy { (1...4096).contains($0) },
      "--batches \(batches): expected whole numbers from 1 to 4096")
    try require(
      (1...4096).contains(promptBatch), "--prompt-batch \(promptBatch): expected 1 to 4096")
    try requireRounds(rounds)
    try require(
      peers == nil || model == nil, "--model: peers have random weights; leave it out or --peers")
    try requireSeconds(secondsPerFigure)
    self.architecture = architecture
    self.model = model
    self.arithmetic = arithmetic
    self.batches = sizes
    self.promptBatch = promptBatch
    self.secondsPerFigure = secondsPerFigure
    self.peers = peers.map {
      EncoderPeers(
        $0, architecture: architecture, precision: arithmetic.precision, rounds: rounds,
        isQuiet: isQuiet)
    }
  }

  /// Measures both towers; images of random pixels, prompts of 9 to 11 tokens.
  ///
  /// - Returns: The rates of both towers, those that the model has.
  /// - Throws: `FileError` when the model's weights are damaged, `RunError.failure` when a
  ///   peer fails, `RunError.interrupted`.
  package func run() throws -> Report {
    let model =
      try model.map { try CLIPModel(directory: $0) } ?? CLIPModel(random: architecture, seed: 0)
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

  private func measure(_ kind: String, batch: Int, _ body: () throws -> Void) throws -> Rate {
    func seconds() throws -> Double {
      try Interruption.check()
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
