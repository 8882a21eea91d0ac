import CLIP
import Files
import Foundation
import LinearAlgebra
import Version

/// What produced a run directory: enough to repeat it and to distrust it.
struct Manifest: Codable {
  var program: ProgramVersion
  var arguments: [String]
  var startedAt: Date
  var finishedAt: Date
  var configuration: [String: String]
  var configurationDigest: String
  var noiseSeeds: [UInt64]
  var model: ModelRecord?
  var data: DataRecord?
  var zeroShot: ZeroShotRecord?
  var cells: CellCounts?
  var precision: PrecisionRecord?
  var host: Host
  var stages: [StageUsage]
  var outputs: [String: String]

  /// The model that made the embeddings.
  struct ModelRecord: Codable {
    var name: String
    var digest: String
    /// The folder, from the root; nil for the built-in model and for random weights.
    var path: String?
    var files: [String: String]
    var dimension: Int

    init(_ model: CLIPModel) {
      name = model.name
      digest = "\(model.digest)"
      path = model.directory.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
      files = model.fileDigests.mapValues { "\($0)" }
      dimension = model.configuration.projectionDimension
    }
  }

  /// The images or embeddings that went in.
  struct DataRecord: Codable {
    var source: String
    var images: Int
    var classes: Int
    /// SHA-256 over the digests of all images, in order of rows.
    var digest: String
    var leftOut: [ExperimentError.UnusableImage]

    enum CodingKeys: String, CodingKey {
      case source, images, classes, digest
      case leftOut = "left_out"
    }
  }

  /// What zero-shot classification used.
  struct ZeroShotRecord: Codable {
    var logitScale: Double
    var prompts: [String]
    var truncatedPrompts: Int

    enum CodingKeys: String, CodingKey {
      case prompts
      case logitScale = "logit_scale"
      case truncatedPrompts = "truncated_prompts"
    }
  }

  /// How many cells the run needed, and how many were there.
  struct CellCounts: Codable {
    var total: Int
    var cached: Int
  }

  /// The machine.
  struct Host: Codable {
    var name: String
    var system: String
    var processor: String
    var threads: Int
    var memoryBytes: UInt64
    var blasCore: String
    var blasConfiguration: String

    enum CodingKeys: String, CodingKey {
      case name, system, processor, threads
      case memoryBytes = "memory_bytes"
      case blasCore = "blas_core"
      case blasConfiguration = "blas_configuration"
    }

    /// The machine this process runs on.
    static func current() -> Host {
      let information = ProcessInfo.processInfo
      return Host(
        name: information.hostName, system: information.operatingSystemVersionString,
        processor: processorName(), threads: Parallel.workers,
        memoryBytes: information.physicalMemory, blasCore: BLAS.coreName,
        blasConfiguration: BLAS.configuration)
    }

    private static func processorName() -> String {
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
      return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
    }
  }

  enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, model, data, cells, precision, host, stages, outputs
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configurationDigest = "configuration_sha256"
    case noiseSeeds = "noise_seeds"
    case zeroShot = "zero_shot"
  }

  /// Writes `manifest.json` into a run directory, with the digest of every file that it names.
  func write(to run: RunDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try AtomicFile.write(encoder.encode(self), to: run.file("manifest.json"))
  }

  /// The manifest of a run directory; nil when there is none.
  static func read(_ run: RunDirectory) throws -> Manifest? {
    let path = run.file("manifest.json")
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(Manifest.self, from: FileContents.read(path))
    } catch let error as DecodingError {
      throw FileError(path, "is not a manifest that this version wrote: \(error)")
    }
  }
}
