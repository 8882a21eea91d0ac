package import Foundation
package import Version

/// What a training was made from and with: `training.json`.
package struct TrainingManifest: ManifestFile {
  package static let fileName = "training.json"

  package var program: ProgramVersion?
  package var arguments: [String]
  package var startedAt: Date?
  package var finishedAt: Date?
  package var configuration: [String: String]
  package var configurationDigest: String
  package var source: Source
  package var data: Examples
  package var epochs: Int
  package var steps: Int
  /// The number that decides which model is the best.
  package var metric: String
  package var best: Best?
  /// The digests of the files of the model that was written; none when there is no model.
  package var model: [String: String]
  package var logDigest: String
  /// What was said of how the data were read, a sentence each.
  package var remarks: [String]
  package var host: Machine?
  /// Of the session that ended the training.
  package var stages: [StageUsage]

  package init(
    program: ProgramVersion? = nil, arguments: [String], startedAt: Date? = nil,
    finishedAt: Date? = nil, configuration: [String: String], configurationDigest: String,
    source: Source, data: Examples, epochs: Int, steps: Int, metric: String, best: Best? = nil,
    model: [String: String], logDigest: String, remarks: [String] = [], host: Machine? = nil,
    stages: [StageUsage]
  ) {
    self.program = program
    self.arguments = arguments
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.configuration = configuration
    self.configurationDigest = configurationDigest
    self.source = source
    self.data = data
    self.epochs = epochs
    self.steps = steps
    self.metric = metric
    self.best = best
    self.model = model
    self.logDigest = logDigest
    self.remarks = remarks
    self.host = host
    self.stages = stages
  }

  /// What training started from.
  package struct Source: Codable, Sendable {
    package var name: String
    package var digest: String
    package var files: [String: String]

    package init(name: String, digest: String, files: [String: String]) {
      self.name = name
      self.digest = digest
      self.files = files
    }
  }

  /// What it was trained on.
  package struct Examples: Codable, Sendable {
    package var digest: String
    package var pairs: Int
    package var validationPairs: Int
    package var leftOut: [RunError.UnusableImage]

    package init(
      digest: String, pairs: Int, validationPairs: Int, leftOut: [RunError.UnusableImage]
    ) {
      self.digest = digest
      self.pairs = pairs
      self.validationPairs = validationPairs
      self.leftOut = leftOut
    }

    package enum CodingKeys: String, CodingKey {
      case digest, pairs
      case validationPairs = "validation_pairs"
      case leftOut = "left_out"
    }
  }

  /// A validation that no earlier one is better than.
  package struct Best: Codable, Sendable {
    /// Epochs of training before it.
    package var epochs: Int
    /// The number that decides.
    package var value: Double
    /// All numbers.
    package var scores: [String: Double]

    package init(epochs: Int, value: Double, scores: [String: Double]) {
      self.epochs = epochs
      self.value = value
      self.scores = scores
    }
  }

  package enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, source, data, epochs, steps, metric, best, model, host
    case stages, remarks
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configurationDigest = "configuration_sha256"
    case logDigest = "log_sha256"
  }

  /// A manifest; what one written by hand or by an older version lacks is not there, or empty.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    program = try values.decodeIfPresent(ProgramVersion.self, forKey: .program)
    arguments = try values.value(.arguments, or: [])
    startedAt = try values.decodeIfPresent(Date.self, forKey: .startedAt)
    finishedAt = try values.decodeIfPresent(Date.self, forKey: .finishedAt)
    configuration = try values.value(.configuration, or: [:])
    configurationDigest = try values.decode(String.self, forKey: .configurationDigest)
    source = try values.value(.source, or: Source(name: "", digest: "", files: [:]))
    data = try values.value(
      .data, or: Examples(digest: "", pairs: 0, validationPairs: 0, leftOut: []))
    epochs = try values.value(.epochs, or: 0)
    steps = try values.value(.steps, or: 0)
    metric = try values.value(.metric, or: "")
    best = try values.decodeIfPresent(Best.self, forKey: .best)
    model = try values.value(.model, or: [:])
    logDigest = try values.value(.logDigest, or: "")
    remarks = try values.value(.remarks, or: [])
    host = try values.decodeIfPresent(Machine.self, forKey: .host)
    stages = try values.value(.stages, or: [])
  }
}
