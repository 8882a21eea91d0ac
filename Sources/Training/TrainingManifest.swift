import CLIP
import Files
import Foundation
import Runs
import Version

/// What a training was made from and with: `training.json`.
struct TrainingManifest: Encodable {
  private let program = ProgramVersion.current
  private let arguments: [String]
  private let startedAt: Date
  private let finishedAt = Date()
  private let configuration: [String: String]
  private let configurationDigest: String
  private let source: Source
  private let data: Data
  private let epochs: Int
  private let steps: Int
  private let metric: String
  private let best: TrainingProgress.Best?
  private let model: [String: String]
  private let logDigest: String
  private let host = Manifest.Host.current()
  /// Of the session that ended the training.
  private let stages: [StageUsage]

  /// What training started from.
  private struct Source: Encodable {
    let name: String
    let digest: String
    let files: [String: String]
  }

  /// What it was trained on.
  private struct Data: Encodable {
    let digest: String
    let pairs: Int
    let validationPairs: Int
    let leftOut: [RunError.UnusableImage]

    enum CodingKeys: String, CodingKey {
      case digest, pairs
      case validationPairs = "validation_pairs"
      case leftOut = "left_out"
    }
  }

  enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, source, data, epochs, steps, metric, best, model, host
    case stages
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configurationDigest = "configuration_sha256"
    case logDigest = "log_sha256"
  }

  // `modelFolder` is that of the model that was written; nil when there is none.
  init(
    plan: TrainingPlan, arguments: [String], startedAt: Date, input: TrainingInput,
    progress: TrainingProgress, steps: Int, stages: [StageUsage], modelFolder: String?,
    log: String
  ) throws {
    self.arguments = arguments
    self.startedAt = startedAt
    configuration = progress.settings
    configurationDigest = "\(plan.digest)"
    source = Source(
      name: input.model.name, digest: "\(input.model.digest)",
      files: input.model.fileDigests.mapValues { "\($0)" })
    data = Data(
      digest: "\(input.digest)", pairs: input.training.labels.count,
      validationPairs: input.validation?.labels.count ?? 0, leftOut: input.leftOut)
    epochs = progress.epoch
    self.steps = steps
    metric = plan.validation.metric.rawValue
    best = progress.best
    var files: [String: String] = [:]
    if let modelFolder {
      // What a kill left half written begins with a dot.
      for name in try FileManager.default.contentsOfDirectory(atPath: modelFolder)
      where !name.hasPrefix(".") {
        files[name] = "\(try Digest(ofFile: modelFolder + "/" + name))"
      }
    }
    model = files
    logDigest = "\(try Digest(ofFile: log))"
    self.stages = stages
  }

  /// The digest of the configuration of a training that a file tells of.
  static func configurationDigest(_ path: String) throws -> String {
    struct Record: Decodable {
      let digest: String

      enum CodingKeys: String, CodingKey {
        case digest = "configuration_sha256"
      }
    }
    do {
      return try JSONDecoder().decode(Record.self, from: FileContents.read(path)).digest
    } catch let error as DecodingError {
      throw FileError(path, "is no report of a training: \(error)")
    }
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try AtomicFile.write(encoder.encode(self), to: path)
  }
}
