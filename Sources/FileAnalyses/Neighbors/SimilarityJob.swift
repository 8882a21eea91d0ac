import Files
import Runs

/// The cosines of all pairs of rows, as `topoclip similarity` tells how they are distributed.
package struct SimilarityJob: Job, Sendable {
  private let inputs: [String]
  private let bins: Int
  private let sample: Int?
  private let seed: UInt64
  private let keepsDuplicates: Bool
  private let summary: String?
  private let output: String?
  private let isQuiet: Bool

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - inputs: The embeddings' files.
  ///   - bins: The bins of a histogram over [−1, 1].
  ///   - sample: How many rows to draw; nil for all.
  ///   - seed: The seed that draws them.
  ///   - keepsDuplicates: Whether pairs of cosine 0.999 and more count like the others.
  ///   - summary: Where mean, deviation and extremes go; nil for nowhere.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    inputs: [String], bins: Int, sample: Int?, seed: UInt64, keepsDuplicates: Bool = false,
    summary: String?, output: String?, isQuiet: Bool
  ) throws {
    try require(!inputs.isEmpty, "give one embedding or several")
    try requireCount("--bins", bins, in: 1...100_000)
    try requireCount("--sample", sample, in: 2...1_000_000_000)
    try requireSeparateFiles([output, summary], inputs: inputs)
    self.inputs = inputs
    self.bins = bins
    self.sample = sample
    self.seed = seed
    self.keepsDuplicates = keepsDuplicates
    self.summary = summary
    self.output = output
    self.isQuiet = isQuiet
  }

  /// Counts the cosines; a line an input goes to standard error.
  ///
  /// - Returns: CSV `input,low,high,count,share`; empty when it went to a file.
  /// - Throws: `FileError` naming the file; `CancellationError`.
  package func run() throws -> String {
    let table = try SimilarityTable(
      inputs: inputs, bins: bins, sample: sample, seed: seed, keepsDuplicates: keepsDuplicates,
      isQuiet: isQuiet)
    for line in table.messages { announce(line, isQuiet: isQuiet) }
    if let summary { try AtomicFile.write(table.summary, to: summary) }
    return try delivered(table.csv, to: output)
  }
}
