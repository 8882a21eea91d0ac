import Foundation
package import Version

extension EncoderBenchmark {
  /// What was measured, and on what.
  package struct Report: BenchmarkResult, Codable, Sendable {
    /// The program that was measured.
    package let program: ProgramVersion
    /// The model's name.
    package let model: String
    /// The arithmetic.
    package let precision: String
    /// Library and kernels of the matrix products.
    package let kernels: String
    /// Worker threads.
    package let threads: Int
    /// The machine's processor.
    package let processor: String
    /// Seconds from the model's opening to the first image's embedding.
    package let secondsToFirstEmbedding: Double
    /// One entry a batch size of images, then one for prompts.
    package let rates: [Rate]
    /// The largest resident memory of the process with the image tower alone, in bytes.
    package let imagePeakMemoryBytes: Int
    /// The largest resident memory of the process with the text tower too, in bytes.
    package let peakMemoryBytes: Int
    /// Images a second beside other encoders, ours first; empty without any.
    package let comparison: [EncoderPeers.Result]

    enum CodingKeys: String, CodingKey {
      case program, model, precision, kernels, threads, processor, rates, comparison
      case imagePeakMemoryBytes = "image_peak_memory_bytes"
      case secondsToFirstEmbedding = "seconds_to_first_embedding"
      case peakMemoryBytes = "peak_memory_bytes"
    }
  }

  /// Items a second for one batch size.
  package struct Rate: Codable, Sendable {
    /// `images` or `prompts`.
    package let kind: String
    /// Items in one call.
    package let batch: Int
    /// The median over the runs.
    package let medianPerSecond: Double
    /// The best run.
    package let bestPerSecond: Double
    /// How many runs were timed.
    package let runs: Int

    enum CodingKeys: String, CodingKey {
      case kind, batch, runs
      case medianPerSecond = "median_per_second"
      case bestPerSecond = "best_per_second"
    }
  }
}

extension EncoderBenchmark.Report {
  package var table: String {
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
