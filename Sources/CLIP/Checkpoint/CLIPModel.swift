public import Files
public import Foundation
public import Images

/// A CLIP on disk, the built-in one, or one of seeded random weights: its shape, tokenizer and
/// preprocessing, with the towers built on request so that memory holds only those in use.
public struct CLIPModel: Sendable {
  /// What to call the model in messages and the manifest: the folder, `builtin`, or `random:b32`.
  public let name: String
  /// The folder; nil for the built-in model and for random weights.
  public let directory: String?
  /// The shape of both towers.
  public let configuration: CLIPConfiguration
  /// How images become the image tower's input.
  public let preprocessing: ImagePreprocessing
  /// The identity of everything that decides an embedding: SHA-256 over the digests of the weights
  /// and the configuration.
  public let digest: Digest
  /// SHA-256 of every file of the model, those of its tokenizer too, by name; empty for random
  /// weights.
  public let fileDigests: [String: Digest]
  private let tokenizerSource: @Sendable () throws -> Tokenizer
  let weights: any WeightSource
  /// The files of its tokenizer and preprocessing, by name: what an export has beside the weights.
  let companions: @Sendable () throws -> [String: Data]

  /// Opens a model folder in Hugging Face layout.
  ///
  /// - Throws: `FileError` when a file is missing or damaged; with only a `pytorch_model.bin`, how
  ///   to convert it.
  public init(directory: String) throws { try self.init(.folder(directory)) }

  /// The small model that the program carries, trained on procedural textures.
  ///
  /// Its weights are read from the program itself, and not copied before a tower is built.
  public static func builtIn() throws -> CLIPModel { try CLIPModel(.builtIn) }

  /// The word that stands for the built-in model where a folder could; `./builtin` is the folder.
  public static let builtInName = "builtin"

  init(_ files: ModelFiles) throws {
    if case .folder(let path) = files {
      guard let status = try FileStatus(path) else { throw AbsentModel.error(path) }
      guard status.kind == .folder else {
        throw FileError(
          path,
          "is a file; expected the folder of a CLIP in Hugging Face layout (config.json, "
            + "model.safetensors, vocab.json and merges.txt or tokenizer.json)")
      }
    }
    guard try files.contains("config.json") else {
      throw FileError(
        files.title,
        "has no config.json; expected a CLIP in Hugging Face layout (config.json, "
          + "model.safetensors, vocab.json and merges.txt or tokenizer.json)")
    }
    name = files.title
    if case .folder(let path) = files { directory = path } else { directory = nil }
    configuration = try CLIPConfiguration(
      decoding: files.read("config.json"), file: files.path("config.json"))

    var weightFiles = ["model.safetensors"]
    if try files.contains("model.safetensors") {
      weights = try Safetensors(
        data: files.read("model.safetensors"), file: files.path("model.safetensors"))
    } else if try files.contains(ShardedSafetensors.indexName) {
      let shards = try ShardedSafetensors(files)
      weights = shards
      weightFiles = shards.names
    } else if try files.contains("pytorch_model.bin") {
      throw FileError(
        files.path("pytorch_model.bin"),
        """
        is a pickle, which can run code and is not read; convert it once in Python:
          from transformers import CLIPModel
          CLIPModel.from_pretrained("\(files.title)").save_pretrained("\(files.title)")
        """)
    } else {
      throw FileError(
        files.title, "has neither model.safetensors nor model.safetensors.index.json")
    }

    let imageSize = configuration.vision?.imageSize ?? 224
    let preprocessingName = "preprocessor_config.json"
    preprocessing =
      try files.contains(preprocessingName)
      ? ImagePreprocessing(
        decoding: files.read(preprocessingName), file: files.path(preprocessingName))
      : .clip(size: imageSize)
    if configuration.vision != nil,
      preprocessing.width != imageSize || preprocessing.height != imageSize
    {
      throw FileError(
        files.path(preprocessingName),
        "makes images of \(preprocessing.width) × \(preprocessing.height); "
          + "config.json's image_size is \(imageSize)")
    }

    func digests(_ names: [String]) throws -> [String: Digest] {
      try Dictionary(uniqueKeysWithValues: names.map { ($0, try files.digest($0)) })
    }
    let encoder = try digests(["config.json"] + weightFiles)
    digest = Digest(
      of: encoder.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined())
    fileDigests = try encoder.merging(digests(Self.otherFiles.filter(files.contains))) { $1 }
    tokenizerSource = { try Tokenizer(files) }
    companions = {
      let names = try ["config.json"] + Self.otherFiles.filter(files.contains)
      return try Dictionary(uniqueKeysWithValues: names.map { ($0, try files.read($0)) })
    }
  }

  /// What decides pixels and tokens: in the manifest, and in a cell's key by what it comes to.
  private static let otherFiles = [
    "preprocessor_config.json", "vocab.json", "merges.txt", "tokenizer.json",
    "tokenizer_config.json", "special_tokens_map.json",
  ]

  /// A model of seeded random weights with the byte-level vocabulary: the untrained control.
  public init(random architecture: Architecture, seed: UInt64) {
    self.init(
      random: architecture.configuration, name: "random:\(architecture.rawValue)", seed: seed)
  }

  /// Seeded random weights of any shape, with the byte-level vocabulary.
  public init(random configuration: CLIPConfiguration, name: String, seed: UInt64) {
    self.init(random: configuration, name: name, seed: seed, companions: [:]) { .bytes }
  }

  /// Seeded random weights of any shape, with a vocabulary of one's own.
  ///
  /// - Parameters:
  ///   - configuration: The shape.
  ///   - name: What to call the model in messages.
  ///   - seed: The seed of the weights.
  ///   - vocabulary: The contents of `vocab.json`.
  ///   - merges: The contents of `merges.txt`.
  public init(
    random configuration: CLIPConfiguration, name: String, seed: UInt64, vocabulary: Data,
    merges: Data
  ) {
    self.init(
      random: configuration, name: name, seed: seed,
      companions: ["vocab.json": vocabulary, "merges.txt": merges]
    ) {
      try Tokenizer(
        vocabulary: vocabulary, vocabularyFile: "vocab.json", merges: merges,
        mergesFile: "merges.txt")
    }
  }

  private init(
    random configuration: CLIPConfiguration, name: String, seed: UInt64,
    companions: [String: Data], tokenizer: @escaping @Sendable () throws -> Tokenizer
  ) {
    self.name = name
    directory = nil
    self.configuration = configuration
    preprocessing = .clip(size: configuration.vision?.imageSize ?? 224)
    digest = Digest(of: "\(name) seed \(seed) version \(RandomWeights.version)")
    fileDigests = [:]
    weights = RandomWeights(configuration, seed: seed, name: name)
    tokenizerSource = tokenizer
    self.companions = { companions }
  }

  /// The control of a model: seeded random weights in its shape, with its tokenizer and preprocessing.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - seed: The seed of the weights.
  public init(randomLike model: CLIPModel, seed: UInt64) {
    name = Self.randomPrefix + model.name
    directory = nil
    configuration = model.configuration
    preprocessing = model.preprocessing
    // The shape is all of the model that decides the weights; preprocessing is in a cell's own key.
    let shape = model.fileDigests["config.json"] ?? model.digest
    digest = Digest(of: "random \(shape) seed \(seed) version \(RandomWeights.version)")
    fileDigests = [:]
    weights = RandomWeights(model.configuration, seed: seed, name: name)
    tokenizerSource = model.tokenizerSource
    companions = model.companions
  }

  /// What names of models of random weights begin with.
  public static let randomPrefix = "random:"

  /// The words that stand for models where a folder could.
  public static let words =
    [builtInName] + Architecture.allCases.map { randomPrefix + $0.rawValue }

  /// Opens what `--model` names: a folder, `builtin`, or `random:` and an architecture or one of those,
  /// whose shape the random weights then have.
  ///
  /// - Throws: `FileError` when a file is missing or damaged, or nothing has that name.
  public init(named name: String, seed: UInt64) throws {
    if name == Self.builtInName {
      self = try .builtIn()
    } else if name.hasPrefix(Self.randomPrefix) {
      let shape = String(name.dropFirst(Self.randomPrefix.count))
      if let architecture = Architecture(rawValue: shape) {
        self.init(random: architecture, seed: seed)
      } else if try shape == Self.builtInName || FileStatus(shape) != nil {
        try self.init(randomLike: CLIPModel(named: shape, seed: seed), seed: seed)
      } else {
        let known = Self.words.filter { $0.hasPrefix(Self.randomPrefix) }.joined(separator: ", ")
        throw FileError(
          name,
          "is no known random model; there are \(known), and \(Self.randomPrefix) followed by "
            + "\(Self.builtInName) or a model's folder")
      }
    } else {
      if try FileStatus(name) == nil,
        let word = name.nearest(of: Self.words, within: 2)
      {
        throw FileError(name, "no such folder; did you mean \(word)?")
      }
      try self.init(directory: name)
    }
  }

  /// Loads the image tower.
  ///
  /// - Throws: `FileError` listing every tensor that is missing or of the wrong shape, or when the
  ///   model has no image tower.
  public func visionTower(_ arithmetic: Arithmetic = Arithmetic()) throws -> VisionTower {
    guard let vision = configuration.vision else {
      throw FileError(name, "has no image tower; embedding images needs one")
    }
    return try VisionTower(
      vision, projectionDimension: configuration.projectionDimension, weights: weights,
      arithmetic: arithmetic)
  }

  /// Loads the text tower.
  ///
  /// - Throws: `FileError` listing every tensor that is missing or of the wrong shape, or when the
  ///   model has no text tower.
  public func textTower(_ arithmetic: Arithmetic = Arithmetic()) throws -> TextTower {
    guard let text = configuration.text else {
      throw FileError(name, "has no text tower; zero-shot classification needs one")
    }
    return try TextTower(
      text, projectionDimension: configuration.projectionDimension, weights: weights,
      arithmetic: arithmetic)
  }

  /// The tensors of its files that none of its towers has: of layers beyond those that `config.json`
  /// names, or of another model's head.
  ///
  /// The reference implementation once stored the numbers of positions, which are no weights. None where most
  /// tensors have other names, which whoever reads them tells.
  public var unusedTensors: [String] {
    let known = TensorLayout.all(configuration)
    guard 2 * weights.tensorNames.count(where: { known[$0] != nil }) >= known.count else {
      return []
    }
    return weights.tensorNames.filter { known[$0] == nil && !$0.hasSuffix(".position_ids") }
  }

  /// The parameters of the towers that are trained, and the logit scale.
  func trainableParameters(_ trained: Set<Tower>) throws -> ParameterStore {
    for tower in trained {
      let isThere = tower == .vision ? configuration.vision != nil : configuration.text != nil
      guard isThere else { throw FileError(name, "has no \(tower) tower to train") }
    }
    return try ParameterStore(ParameterLayout(configuration, trained: trained), from: weights)
  }

  /// Loads the tokenizer and checks that it and the text tower agree.
  ///
  /// - Throws: `FileError` when the vocabulary is damaged, has more tokens than the
  ///   text tower has embeddings, or ends texts with another id than the tower looks for.
  public func tokenizer() throws -> Tokenizer {
    let tokenizer = try tokenizerSource()
    guard let text = configuration.text else { return tokenizer }
    guard tokenizer.vocabularySize <= text.vocabularySize else {
      throw FileError(
        name,
        "its vocabulary has \(tokenizer.vocabularySize) tokens, its text tower embeddings "
          + "for \(text.vocabularySize)")
    }
    if text.endIsLargestID {
      guard tokenizer.endToken == tokenizer.vocabularySize - 1 else {
        throw FileError(
          name,
          "config.json gives the old eos_token_id 2, which stands for the largest id; the "
            + "vocabulary's end of text is \(tokenizer.endToken): write that into config.json")
      }
    } else if tokenizer.endToken != text.endOfTextID {
      throw FileError(
        name,
        "config.json's eos_token_id is \(text.endOfTextID), the vocabulary's end of text "
          + "is \(tokenizer.endToken); they must agree")
    }
    return tokenizer
  }

  /// e to the power of `logit_scale`: what cosines are multiplied by before the softmax.
  ///
  /// - Throws: `FileError` for a logarithm that no training ends at; CLIP's own is at most ln 100.
  public func logitScale() throws -> Double {
    try weights.require(["logit_scale": []])
    let logarithm = Double(try weights.floats("logit_scale")[0])
    let range = -20.0...20.0
    guard range.contains(logarithm) else {
      throw FileError(
        weights.file,
        "logit_scale is \(logarithm); expected a logarithm from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return exp(logarithm)
  }
}
