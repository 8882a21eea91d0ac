import Foundation
public import Version

extension EncoderBenchmark {
  /// What was measured, and on what.
  public struct Report: BenchmarkResult, Codable, Sendable {
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
}

extension EncoderBenchmark.Report {
  /// Tables in Markdown.
  public var table: String {
    func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
    var text = "\(model), \(precision), \(threads) threads, "
    text += "\(processor), \(kernels)\n"
    text += "| items | batch | median a second | best | runs |\n|---|---:|---:|---:|---:|\n"
    for rate in rates {
      text += "| \(rate.kind) | \(rate.batch) | \(rounded(rate.medianPerSecond)) "
      text += "| \(rounded(rate.bestPerSecond)) | \(rate.runs) |\n"
    }
    text += "first embedding after \(rounded(secondsToFirstEmbedding)) s, "
    text += "peak memory \(imagePeakMemoryBytes >> 20) MiB with the image tower, "
    text += "\(peakMemoryBytes >> 20) MiB with the text tower too\n"
    guard let batch = comparison.first?.batch else { return text }
    text += "\n| encoder, batch \(batch) | images a second, median | rounds | ours / it | MiB |\n"
    text += "|---|---:|---|---:|---:|\n"
    for result in comparison {
      text += "| \(result.name) | \(rounded(result.medianPerSecond)) "
      text += "| \(result.rounds.map(rounded).joined(separator: ", ")) | \(rounded(result.ratio)) "
      text += "| \(result.peakMebibytes.map { "\($0)" } ?? "") |\n"
    }
    return text
  }
}
