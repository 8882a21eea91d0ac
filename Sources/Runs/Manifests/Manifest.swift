package import Foundation
package import Version

/// What produced a run directory: enough to repeat it and to distrust it.
package struct Manifest: ManifestFile {
  package static let fileName = "manifest.json"

  package var program: ProgramVersion?
  package var arguments: [String]
  package var startedAt: Date?
  package var finishedAt: Date?
  package var configuration: [String: String]
  package var configurationDigest: String
  package var noiseSeeds: [UInt64]
  package var model: ModelRecord?
  package var data: DataRecord?
  package var zeroShot: ZeroShotRecord?
  /// What the tables of every analysis are of, by its name.
  package var analyses: [String: AnalysisRecord]
  package var cells: CellCounts?
  package var precision: PrecisionRecord?
  package var host: Machine?
  package var stages: [StageUsage]
  package var outputs: [String: String]
  /// The digest of `objects.csv`, which says what finished work there is and is no result.
  package var objectsDigest: String?
  /// The identifier of the plan whose shards the run was merged of; nil of a sweep.
  package var plan: String?
  /// What is to be known of the inputs before the tables are believed, a sentence each; nil for nothing.
  package internal(set) var remarks: [String]?
  /// What each of them is about, in their order; nil in manifests of earlier versions.
  var remarkSubjects: [String]?

  package init(
    program: ProgramVersion, arguments: [String], startedAt: Date, finishedAt: Date? = nil,
    configuration: [String: String], configurationDigest: String, noiseSeeds: [UInt64],
    model: ModelRecord? = nil, data: DataRecord? = nil, zeroShot: ZeroShotRecord? = nil,
    cells: CellCounts? = nil, precision: PrecisionRecord? = nil, host: Machine?,
    stages: [StageUsage],
    outputs: [String: String], analyses: [String: AnalysisRecord] = [:]
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
    self.analyses = analyses
  }

  /// The model that made the embeddings.
  package struct ModelRecord: Codable, Sendable {
    package var name: String
    package var digest: String
    /// The folder, from the root; nil for the built-in model and for random weights.
    package var path: String?
    package var files: [String: String]
    package var dimension: Int
    /// How its pixels are made, in words; nil in manifests of earlier versions.
    package var preprocessing: String?

    package init(
      name: String, digest: String, path: String?, files: [String: String], dimension: Int,
      preprocessing: String? = nil
    ) {
      self.name = name
      self.digest = digest
      self.path = path
      self.files = files
      self.dimension = dimension
      self.preprocessing = preprocessing
    }
  }

  /// The images or embeddings that went in.
  package struct DataRecord: Codable, Sendable {
    package var source: String
    package var images: Int
    package var classes: Int
    /// SHA-256 over the digests of all images, in order of rows.
    package var digest: String
    package var leftOut: [RunError.UnusableImage]
    /// Files that lie there and are not used, and why.
    package var unused: [RunError.UnusableImage]
    /// The SHA-256 of the files of embeddings made elsewhere, by condition; nil where there are none.
    package var embeddings: [String: String]?
    /// Where embeddings made elsewhere are from; nil where that is one place, which `source` names.
    package internal(set) var sources: [String]?
    /// The SHA-256 over the digests of all images of each folder of images that were corrupted beforehand, by the
    /// folder; nil where there are none.
    package var variants: [String: String]?

    /// The digest of the images' contents; nil of embeddings made elsewhere, whose digest is that of their
    /// files.
    package var imageDigest: String? { embeddings == nil && !digest.isEmpty ? digest : nil }

    package init(
      source: String, images: Int, classes: Int, digest: String,
      leftOut: [RunError.UnusableImage], unused: [RunError.UnusableImage] = [],
      embeddings: [String: String]? = nil, variants: [String: String]? = nil
    ) {
      self.source = source
      self.images = images
      self.classes = classes
      self.digest = digest
      self.leftOut = leftOut
      self.unused = unused
      self.embeddings = embeddings
      self.variants = variants
    }

    package enum CodingKeys: String, CodingKey {
      case source, sources, images, classes, digest, variants, embeddings, unused
      case leftOut = "left_out"
    }

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      source = try values.value(.source, or: "")
      images = try values.value(.images, or: 0)
      classes = try values.value(.classes, or: 0)
      digest = try values.value(.digest, or: "")
      leftOut = try values.value(.leftOut, or: [])
      unused = try values.value(.unused, or: [])
      embeddings = try values.decodeIfPresent([String: String].self, forKey: .embeddings)
      sources = try values.decodeIfPresent([String].self, forKey: .sources)
      variants = try values.decodeIfPresent([String: String].self, forKey: .variants)
    }
  }

  /// What zero-shot classification used.
  package struct ZeroShotRecord: Codable, Sendable {
    package var logitScale: Double
    package var prompts: [String]
    package var truncatedPrompts: Int

    package init(logitScale: Double, prompts: [String], truncatedPrompts: Int) {
      self.logitScale = logitScale
      self.prompts = prompts
      self.truncatedPrompts = truncatedPrompts
    }

    /// The factors that a logit can have: those of which no exponential is lost.
    package static let logitScales = 1e-9...1e9

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      logitScale = try values.decode(Double.self, forKey: .logitScale)
      prompts = try values.decode([String].self, forKey: .prompts)
      truncatedPrompts = try values.decode(Int.self, forKey: .truncatedPrompts)
      guard Self.logitScales.contains(logitScale) else {
        throw DecodingError.dataCorruptedError(
          forKey: .logitScale, in: values,
          debugDescription: "is \(logitScale); expected \(Self.logitScales.words)")
      }
    }

    package enum CodingKeys: String, CodingKey {
      case prompts
      case logitScale = "logit_scale"
      case truncatedPrompts = "truncated_prompts"
    }
  }

  /// What the tables of an analysis are of.
  package struct AnalysisRecord: Codable, Sendable, Equatable {
    /// The names of the conditions; none where the tables are still to be written.
    package var conditions: [String]
    /// The settings that decide them, those of other analyses that it reads among them.
    package var settings: [String: String]

    package init(conditions: [String], settings: [String: String]) {
      self.conditions = conditions
      self.settings = settings
    }
  }

  /// How many cells the run needed, and how many were there.
  package struct CellCounts: Codable, Sendable {
    package var total: Int
    package var cached: Int

    package init(total: Int, cached: Int) {
      self.total = total
      self.cached = cached
    }
  }

  package enum CodingKeys: String, CodingKey {
    case program, arguments, configuration, model, data, analyses, cells, precision, host, stages,
      outputs, remarks
    case startedAt = "started_at"
    case finishedAt = "finished_at"
    case configurationDigest = "configuration_sha256"
    case noiseSeeds = "noise_seeds"
    case objectsDigest = "objects_sha256"
    case plan = "plan_id"
    case zeroShot = "zero_shot"
    case remarkSubjects = "remark_subjects"
  }

  /// A manifest; what one written by hand or by an older version lacks is not there, or empty.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    program = try values.decodeIfPresent(ProgramVersion.self, forKey: .program)
    arguments = try values.value(.arguments, or: [])
    startedAt = try values.decodeIfPresent(Date.self, forKey: .startedAt)
    finishedAt = try values.decodeIfPresent(Date.self, forKey: .finishedAt)
    configuration = try values.value(.configuration, or: [:])
    configurationDigest = try values.value(.configurationDigest, or: "")
    noiseSeeds = try values.value(.noiseSeeds, or: [])
    model = try values.decodeIfPresent(ModelRecord.self, forKey: .model)
    data = try values.decodeIfPresent(DataRecord.self, forKey: .data)
    zeroShot = try values.decodeIfPresent(ZeroShotRecord.self, forKey: .zeroShot)
    cells = try values.decodeIfPresent(CellCounts.self, forKey: .cells)
    precision = try values.decodeIfPresent(PrecisionRecord.self, forKey: .precision)
    host = try values.decodeIfPresent(Machine.self, forKey: .host)
    stages = try values.value(.stages, or: [])
    outputs = try values.value(.outputs, or: [:])
    objectsDigest = try values.decodeIfPresent(String.self, forKey: .objectsDigest)
    plan = try values.decodeIfPresent(String.self, forKey: .plan)
    analyses = try values.value(.analyses, or: [:])
    remarks = try values.decodeIfPresent([String].self, forKey: .remarks)
    remarkSubjects = try values.decodeIfPresent([String].self, forKey: .remarkSubjects)
  }

  /// Writes `manifest.json` into a run directory.
  package func write(to run: RunDirectory) throws { try write(to: run.file(Self.fileName)) }

  /// The manifest of a run directory; nil when there is none.
  package static func read(_ run: RunDirectory) throws -> Manifest? {
    try read(run.file(fileName))
  }
}
