package import Runs

/// Whether anything tells, image by image, that an image under noise is classified wrongly.
package struct FailuresAnalysis: RunAnalysis {
  package static let name = "failures"
  package static let summary = "what tells, image by image, that classification fails"
  package static let version = 1
  package static let withoutClean: String? =
    "all of it: images under noise are compared with the clean ones"
  package static let files = [FailureColumns.file, FailureScoreColumns.file]
  /// What images are taken for.
  package static let reads: [any RunAnalysis.Type] = [ZeroShotAnalysis.self]
  package static let readSettings = [
    StatisticsAnalysis.name: ["permutations", "seed"]
  ]
  package static let fewestSamples = 5

  package let settings: FailureSettings

  package init(_ settings: FailureSettings) { self.settings = settings }

  package func require(_ samples: SampleTable) throws {
    guard samples.labels.count >= Self.fewestSamples else {
      throw RunError.failure(
        "signals of failure need \(Self.fewestSamples) images or more, and there are "
          + "\(samples.labels.count): take more, or leave failures out of --analyses")
    }
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try RunFailures(self, context)?.units() ?? []
  }

  package func writing(_ context: RunContext) -> Work {
    .writing(files: 2, lines: Double(context.noisy.count) * context.imageCount)
  }

  /// Writes `failures.csv` and `failure_scores.csv`; nothing without zero-shot classification, clean images
  /// or noise.
  ///
  /// - Returns: The best signals for a person.
  package func write(_ context: RunContext) throws -> String {
    try RunFailures(self, context)?.write() ?? ""
  }
}
