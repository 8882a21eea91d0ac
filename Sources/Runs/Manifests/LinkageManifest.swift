package import Foundation
package import Version

/// What a linkage was made from and with, and its tables: `link.json`.
package struct LinkageManifest: ManifestFile {
  package static let fileName = "link.json"

  package var program: ProgramVersion?
  package var arguments: [String]
  package var startedAt: Date?
  package var finishedAt: Date?
  package var host: Machine?
  package var stages: [StageUsage]
  /// The digests of the tables that were written.
  package var outputs: [String: String]
  /// What records were compared by.
  package var inputs: [String]
  package var test: Records
  package var validation: Records?
  /// The records for training that a split has set aside.
  package var trainingRecords: Int?
  package var model: Manifest.ModelRecord?
  package var split: Split?
  /// The digests of the files that decide the result.
  package var files: [String: String]
  package var messages: [String]
  package var leftOut: [RunError.UnusableImage]
  package var linkage: [[String: JSONField]]
  package var jaccard: [[String: JSONField]]?
  package var weights: [[String: JSONField]]?

  package init(
    program: ProgramVersion? = nil, arguments: [String], startedAt: Date? = nil,
    finishedAt: Date? = nil, host: Machine? = nil, stages: [StageUsage], outputs: [String: String],
    inputs: [String], test: Records, validation: Records? = nil, trainingRecords: Int? = nil,
    model: Manifest.ModelRecord? = nil, split: Split? = nil, files: [String: String],
    messages: [String], leftOut: [RunError.UnusableImage], linkage: [[String: JSONField]],
    jaccard: [[String: JSONField]]? = nil, weights: [[String: JSONField]]? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.host = host
    self.stages = stages
    self.outputs = outputs
    self.inputs = inputs
    self.test = test
    self.validation = validation
    self.trainingRecords = trainingRecords
    self.model = model
    self.split = split
    self.files = files
    self.messages = messages
    self.leftOut = leftOut
    self.linkage = linkage
    self.jaccard = jaccard
    self.weights = weights
  }

  /// Its settings are on the command line.
  package var configuration: [String: String] { [:] }

  /// Some records.
  package struct Records: Codable, Sendable {
    package var file: String
    package var records: Int
    package var labelled: Int
    package var labels: Int

    package init(file: String, records: Int, labelled: Int, labels: Int) {
      self.file = file
      self.records = records
      self.labelled = labelled
      self.labels = labels
    }
  }

  /// How labels were shared out.
  package struct Split: Codable, Sendable {
    package var shares: [Double]
    package var seed: UInt64

    package init(shares: [Double], seed: UInt64) {
      self.shares = shares
      self.seed = seed
    }
  }

  package enum CodingKeys: String, CodingKey {
    case program, arguments, host, stages, outputs, inputs, test, validation, model, split, files
    case messages, linkage, jaccard, weights
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case trainingRecords = "training_records"
    case leftOut = "left_out"
  }
}
