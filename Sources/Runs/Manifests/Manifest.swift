import Files
package import Foundation
import LinearAlgebra
package import Version

/// What produced a run directory: enough to repeat it and to distrust it.
package struct Manifest: Codable {
  package var program: ProgramVersion
  package var arguments: [String]
  package var startedAt: Date
  package var finishedAt: Date
  package var configuration: [String: String]
  package var configurationDigest: String
  package var noiseSeeds: [UInt64]
  package var model: ModelRecord?
  package var data: DataRecord?
  package var zeroShot: ZeroShotRecord?
  package var cells: CellCounts?
  package var precision: PrecisionRecord?
  package var host: Host
  package var stages: [StageUsage]
  package var outputs: [String: String]

  package init(
    program: ProgramVersion, arguments: [String], startedAt: Date, finishedAt: Date,
    configuration: [String: String], configurationDigest: String, noiseSeeds: [UInt64],
    model: ModelRecord? = nil, data: DataRecord? = nil, zeroShot: ZeroShotRecord? = nil,
    cells: CellCounts? = nil, precision: PrecisionRecord? = nil, host: Host, stages: [StageUsage],
    outputs: [String: String]
  ) {
    self.program = program
    self.arguments = arguments
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.configuration = configuration
    self.configurationDigest = configurationDigest
    self.noiseSeeds = noiseSeeds
    self.model = model
    self.data = data
    self.zeroShot = zeroShot
    self.cells = cells
    self.precision = precision
    self.host = host
    self.stages = stages
    self.outputs = outputs
  }

  /// The model that made the embeddings.
  package struct ModelRecord: Codable {
    package var name: String
    package var digest: String
    /// The folder, from the root; nil for the built-in model and for random weights.
    package var path: String?
    package var files: [String: String]
    package var dimension: Int

    package init(
      name: String, digest: String, path: String?, files: [String: String], dimension: Int
    ) {
      self.name = name
      self.digest = digest
      self.path = path
      self.files = files
      self.dimension = dimension
    }
  }

  /// The images or embeddings that went in.
  package struct DataRecord: Codable {
    package var source: String
    package var images: Int
    package var classes: Int
    /// SHA-256 over the digests of all images, in order of rows.
    package var digest: String
    package var leftOut: [RunError.UnusableImage]

    package init(
      source: String, images: Int, classes: Int, digest: String, leftOut: [RunError.UnusableImage]
    ) {
      self.source = source
      self.images = images
      self.classes = classes
      self.digest = digest
      self.leftOut = leftOut
    }

    package enum CodingKeys: String, CodingKey {
      case source, images, classes, digest
      case leftOut = "left_out"
    }
  }

  /// What zero-shot classification used.
  package struct ZeroShotRecord: Codable {
    package var logitScale: Double
    package var prompts: [String]
    package var truncatedPrompts: Int

    package init(logitScale: Double, prompts: [String], truncatedPrompts: Int) {
      self.logitScale = logitScale
      self.prompts = prompts
      self.truncatedPrompts = truncatedPrompts
    }

    package enum CodingKeys: String, CodingKey {
      case prompts
      case logitScale = "logit_scale"
      case truncatedPrompts = "truncated_prompts"
    }
  }

  /// How many cells the run needed, and how many were there.
  package struct CellCounts: Codable {
    package var total: Int
    package var cached: Int

    package init(total: Int, cached: Int) {
      self.total = total
      self.cached = cached
    }
  }

  /// The machine.
  package struct Host: Codable {
    package var name: String
    package var system: String
    package var processor: String
    package var threads: Int
    var memoryBytes: UInt64
    var blasCore: String
    var blasConfiguration: String

    package enum CodingKeys: String, CodingKey {
      case name, system, processor, threads
      case memoryBytes = "memory_bytes"
      case blasCore = "blas_core"
      case blasConfiguration = "blas_configuration"
    }

    /// The machine this process runs on.
    package static func current() -> Host {
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

  package enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, model, data, cells, precision, host, stages, outputs
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configurationDigest = "configuration_sha256"
    case noiseSeeds = "noise_seeds"
    case zeroShot = "zero_shot"
  }

  /// Writes `manifest.json` into a run directory, with the digest of every file that it names.
  package func write(to run: RunDirectory) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try AtomicFile.write(encoder.encode(self), to: run.file("manifest.json"))
  }

  /// The manifest of a run directory; nil when there is none.
  package static func read(_ run: RunDirectory) throws -> Manifest? {
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
