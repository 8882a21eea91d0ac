package import Foundation
package import Version

/// What scores were made from and with: `score.json`.
package struct ScoreManifest: ManifestFile {
  package static let fileName = "score.json"

  package var program: ProgramVersion?
  package var arguments: [String]
  package var startedAt: Date?
  package var finishedAt: Date?
  package var configuration: [String: String]
  package var model: Manifest.ModelRecord?
  /// The table of pairs, or the two folders.
  package var input: String
  package var inputDigest: String
  /// The table that was written.
  package var output: String
  package var counts: Counts
  /// The digests of the tables in the folder.
  package var outputs: [String: String]
  /// What is to be known of the inputs, a sentence each.
  package var messages: [String]
  package var host: Machine?
  package var stages: [StageUsage]

  /// Pairs and what became of them.
  package struct Counts: Codable, Sendable, Equatable {
    /// Records of the input.
    package var records = 0
    package var scored = 0
    /// Records whose captions are longer than the context.
    package var truncated = 0
    package var distinctImages = 0
    package var distinctCaptions = 0
    /// Those that were kept; nil when none were asked for.
    package var kept: Int?

    package init() {}

    package enum CodingKeys: String, CodingKey {
      case records, scored, truncated, kept
      case distinctImages = "distinct_images"
      case distinctCaptions = "distinct_captions"
    }
  }

  package init(
    program: ProgramVersion? = nil, arguments: [String], startedAt: Date? = nil,
    finishedAt: Date? = nil, configuration: [String: String], model: Manifest.ModelRecord? = nil,
    input: String, inputDigest: String, output: String, counts: Counts,
    outputs: [String: String], messages: [String] = [], host: Machine? = nil,
    stages: [StageUsage]
  ) {
    self.program = program
    self.arguments = arguments
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.configuration = configuration
    self.model = model
    self.input = input
    self.inputDigest = inputDigest
    self.output = output
    self.counts = counts
    self.outputs = outputs
    self.messages = messages
    self.host = host
    self.stages = stages
  }

  package enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, model, input, output, counts, outputs, messages, host
    case stages
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case inputDigest = "input_digest"
  }
}
