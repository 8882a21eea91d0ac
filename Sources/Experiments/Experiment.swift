import Analyses
import CLIP
package import Datasets
package import Embedding
package import Files
import Foundation
package import Images
package import RunAnalyses
package import Runs

/// Everything that decides the results of a sweep, from a YAML file and assignments over it.
package struct Experiment: Sendable {
  /// The name; the run directory is `results/NAME` unless `output` says otherwise.
  package var name: String
  /// The model folder, `builtin`, or `random:` and an architecture; nil when embeddings are imported.
  package var model: String?
  /// The seed of random weights.
  package var modelSeed: UInt64
  /// What the data set is made of; nil when embeddings are imported.
  package var dataset: DatasetSource?
  /// What to choose from the data set.
  package var selection: Dataset.Selection
  /// Whether missing and damaged images are left out and recorded rather than refused.
  package var skipsBroken: Bool
  /// Embeddings made elsewhere, in place of data set and model.
  package var embeddings: String?
  /// What cosines of embeddings made elsewhere are multiplied by; nil for what their run says, or CLIP's 100.
  package var logitScale: Double?
  /// A file of prompt templates; nil for the eight for textures.
  package var templates: String?
  /// How noise is made.
  package var noise: NoiseSpecification
  /// The conditions, clean first if it is one; none when embeddings are imported.
  package var conditions: [Condition]
  /// Whether the program adds noise to the images, which were not corrupted beforehand.
  package private(set) var addsNoise = true
  /// The names of the analyses asked for; nil for all that the inputs allow.
  package var analyses: [String]?
  /// The encoder's arithmetic.
  package var precision: PrecisionSettings
  /// Every analysis with its settings.
  package var analysisSettings: AnalysisSet
  /// Whether the same is done with an encoder of the model's shape whose weights are random.
  package var hasControl: Bool
  /// The run directory.
  package var output: String
  /// A folder of cells shared between runs; nil for `cells/` in the run directory.
  package var cache: String?

  /// Reads an experiment.
  ///
  /// - Parameters:
  ///   - file: A YAML file; nil for the defaults.
  ///   - assignments: Values over it, the last of equals wins.
  ///   - orBuiltIn: Whether the built-in experiment stands in for the file when there is none and no
  ///     assignment names a model, a data set or embeddings.
  /// - Throws: `FileError` or `RunError` naming the line or option, what it holds, and what
  ///   was expected.
  package init(file: String?, assignments: [Assignment], orBuiltIn: Bool = false) throws {
    try self.init(ExperimentSource(file: file, assignments: assignments, orBuiltIn: orBuiltIn))
  }

  /// Reads an experiment.
  ///
  /// - Throws: As above.
  package init(_ source: ExperimentSource) throws {
    let inputs = [["model"], ["dataset", "path"], ["embeddings"]]
    var tree = ConfigurationTree.mapping([:], place: "the command line")
    if let file = source.file {
      tree = try ConfigurationTree(yaml: source.text ?? "", file: file)
      try ConfigurationKind.experiment.require(ConfigurationSection(tree), file: file)
    } else if source.orBuiltIn, !source.assignments.contains(where: { inputs.contains($0.keys) }) {
      tree = try ConfigurationTree(yaml: Self.builtIn, file: Self.builtInPlace)
    }
    for assignment in source.assignments {
      tree = try tree.setting(
        assignment.keys[...], to: assignment.text, place: assignment.place)
    }
    let fallbackName = source.file.map {
      URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
    }
    let noiseKeys = source.assignments.filter { $0.keys.count == 2 && $0.keys[0] == "noise" }
    try self.init(
      ConfigurationSection(tree), fallbackName: fallbackName ?? "sweep",
      noiseKeys: Set(noiseKeys.map { $0.keys[1] }))
  }

  /// Reads typed settings; `noiseKeys` are those of the noise that assignments have given.
  private init(
    _ root: ConfigurationSection, fallbackName: String, noiseKeys: Set<String>
  ) throws {
    func text(_ section: ConfigurationSection, _ key: String) throws -> String? {
      try section.optional(key, expected: "text") { $0 }
    }
    name = try root.value("name", default: fallbackName, expected: "a name without \"/\"") {
      $0.hasSlash || $0.hasPrefix(".") ? nil : $0
    }
    if root.has("embeddings") {
      for key in ["model", "dataset", "noise", "templates", "cache"] where root.has(key) {
        throw root.error(key, "embeddings stand in place of it; leave one of the two out")
      }
      for key in ["seed"] + PrecisionSettings.keys where root.has(key) {
        throw root.error(
          key, "belongs to a model, and embeddings stand in place of one; leave one of the two out")
      }
    }
    model = try text(root, "model")
    modelSeed = try root.value("seed", default: 0, expected: ConfigurationSection.wholeNumber) {
      UInt64($0)
    }
    embeddings = try text(root, "embeddings")
    let scales = Manifest.ZeroShotRecord.logitScales
    logitScale = try root.optional("logit-scale", expected: scales.words, scales.number)
    if logitScale != nil, embeddings == nil {
      throw root.error(
        "logit-scale", "belongs to embeddings made elsewhere; a model has its own: leave it out")
    }
    templates = try text(root, "templates")
    output = try text(root, "output") ?? "results/\(name)"
    cache = try text(root, "cache")
    analyses = try Self.analyses(root)
    precision = try PrecisionSettings(root)

    let dataset = try root.section("dataset")
    self.dataset = try Self.source(dataset)
    selection = try Self.selection(dataset, of: self.dataset)
    skipsBroken = try dataset.value(
      "skip-broken", default: false, expected: "true or false"
    ) { Bool($0) }
    try dataset.finish()

    let variants = try self.dataset?.variants() ?? []
    if let name = self.dataset?.name, !variants.isEmpty, root.has("noise") {
      throw root.error(
        "noise",
        "the images of \(name) are corrupted already, and its folders say how: \(variants.map(\.name).listed); "
          + "leave the settings of noise out")
    }
    let noise = try root.section("noise")
    (self.noise, conditions) = try Self.noise(noise, assigned: noiseKeys)
    if embeddings != nil { conditions = [] }  // their files say which
    try noise.finish()
    if let name = self.dataset?.name, !variants.isEmpty {
      conditions = try variants.map { try Condition($0, of: name) }.sorted()
      addsNoise = false
    }

    analysisSettings = try AnalysisSet(root)
    hasControl = try root.value("control", default: false, expected: "true or false") { Bool($0) }
    if hasControl, embeddings != nil || model?.hasPrefix(CLIPModel.randomPrefix) == true {
      throw root.error(
        "control", "random weights stand beside a model that is learnt; leave it out, or name one")
    }
    try root.finish()
  }

  /// The names of the analyses asked for; nil for all.
  static func analyses(_ root: ConfigurationSection) throws -> [String]? {
    try root.list(
      "analyses", expected: "a list of \(AnalysisRegistry.names.joined(separator: ", "))"
    ) { AnalysisRegistry.names.contains($0) ? $0 : nil }
  }

  /// What `dataset.path` names: the word for generated textures, or files.
  private static func source(_ section: ConfigurationSection) throws -> DatasetSource? {
    let path: String? = try section.optional("path", expected: "a path, or textures") { $0 }
    let sizes = GeneratedTexture.sizes
    let size = try section.count("texture-size", in: sizes, default: 96)
    let seed = try section.value(
      "texture-seed", default: 0, expected: ConfigurationSection.wholeNumber
    ) { UInt64($0) }
    let kind = DatasetKind.named(path)
    for other in DatasetKind.all where other != kind {
      for key in other.settings where section.has(key) { throw section.error(key, other.refusal) }
    }
    return kind == .textures ? .textures(size: size, seed: seed) : path.map { .files($0) }
  }

  private static func selection(
    _ section: ConfigurationSection, of source: DatasetSource?
  ) throws -> Dataset.Selection {
    var selection = Dataset.Selection()
    selection.split = try section.choice("split", default: source?.kind.defaultSplit ?? .all)
    selection.partition = try section.count("partition", in: 1...10, default: 1)
    selection.splitFile = try section.optional("split-file", expected: "a path") { $0 }
    selection.perClass =
      try section.optionalCount("per-class", in: .imagesOfClass) ?? source?.kind.defaultPerClass
    selection.limit = try section.optionalCount("limit", in: .images)
    selection.classes = try section.classSelection(key: "classes", fallback: .all)
    return selection
  }

  /// A condition is a file of embeddings, and several tables.
  private static let mostConditions = 10_000.0

  private static func noise(
    _ section: ConfigurationSection, assigned: Set<String>
  ) throws -> (NoiseSpecification, [Condition]) {
    let names = NoiseKind.all.map(\.name).joined(separator: ", ")
    let kinds =
      try section.list("kind", expected: "some of \(names), separated by commas") {
        NoiseKind(named: $0)
      } ?? [.gaussian]
    let levels = try section.list("levels", expected: "numbers from 0 to 1000, separated by commas")
    { text in Double(text).flatMap { (0...1000).contains($0) ? $0 : nil } }
    let severities = try section.list(
      "severities", expected: "whole numbers from 0 to 5, separated by commas"
    ) { text in
      Int(text).flatMap { $0 == 0 || NoiseKind.severities.contains($0) ? $0 : nil }
    }
    let seeds = try section.list(
      "seeds",
      expected:
        "seeds (whole numbers from 0) and ranges such as 0..2, \(SeedRange.most) seeds at most, "
        + "separated by commas"
    ) { SeedRange($0) }?.flatMap(\.seeds)
    if let seeds, seeds.count > SeedRange.most {
      throw section.error(
        "seeds",
        "\(seeds.count) seeds; expected \(SeedRange.most) at most, as each is a condition of "
          + "every level")
    }
    let space = try section.choice("space", default: NoiseSpace.normalized)
    let stage = try section.choice("stage", default: NoiseStage.preprocessed)
    let clipping = try section.optionalChoice("clip", as: NoiseClipping.self)
    try requireUse(of: section, kinds: kinds, assigned: assigned)
    let specification: NoiseSpecification
    do {
      specification = try NoiseSpecification(space: space, stage: stage, clipping: clipping)
    } catch let error as NoiseError {
      throw section.error("clip", error.description)
    }
    let combinations = [kinds.count, max(levels?.count ?? 0, 6), seeds?.count ?? 1]
      .reduce(1.0) { $0 * Double($1) }
    guard combinations <= mostConditions else {
      throw section.error(
        "levels",
        "kinds, levels and seeds make up to \(combinations.shortestText) conditions; expected at most "
          + mostConditions.shortestText)
    }
    let conditions = Condition.all(
      kinds: kinds, levels: levels ?? [0, 0.5, 1, 2],
      severities: severities ?? [0] + Array(NoiseKind.severities), seeds: seeds ?? [0])
    return (specification, conditions)
  }

  /// Refuses settings that none of the kinds has; those of a file may stay where an option names
  /// other kinds than it does.
  private static func requireUse(
    of section: ConfigurationSection, kinds: [NoiseKind], assigned: Set<String>
  ) throws {
    let named = "noise.kind names \(kinds.map(\.name).joined(separator: ", ")) alone"
    func require(_ isUsed: Bool, _ keys: [String], _ problem: String) throws {
      for key in keys where !isUsed && section.has(key) {
        if assigned.contains("kind") && !assigned.contains(key) { continue }
        throw section.error(key, "\(problem), and \(named); leave it out")
      }
    }
    let added = NoiseKind.all.filter { !$0.hasSeverities }.map(\.name).joined(separator: " and ")
    try require(
      kinds.contains { !$0.hasSeverities }, ["levels", "space", "clip"],
      "belongs to \(added) noise")
    try require(
      kinds.contains(where: \.hasSeverities), ["severities"], "\(added) noise has levels")
    try require(kinds.contains(where: \.isRandom), ["seeds"], "belongs to random noise")
  }

  /// What the manifest calls the templates in the program.
  static let builtInTemplates = "textures"

  /// The settings that decide results, in one order.
  ///
  /// The manifest shows them and their digest names the configuration. Where results go and what is
  /// cached is not among them.
  package var canonicalSettings: [(key: String, value: String)] {
    var settings = [
      ("name", name), ("model", model ?? ""), ("seed", "\(modelSeed)"),
      ("embeddings", embeddings ?? ""), ("templates", templates ?? Self.builtInTemplates),
      ("dataset.path", dataset?.name ?? ""), ("dataset.split", selection.split.rawValue),
      ("dataset.partition", "\(selection.partition)"),
      ("dataset.split-file", selection.splitFile ?? ""),
    ]
    if let logitScale { settings.append(("logit-scale", logitScale.shortestText)) }
    settings += dataset?.settings.map { ("dataset.\($0.key)", $0.value) } ?? []
    if embeddings == nil { settings += precision.canonicalSettings }
    switch selection.classes {
    case .all: settings.append(("dataset.classes", "all"))
    case .named(let names): settings.append(("dataset.classes", ListText.text(names)))
    case .sample(let count, let seed):
      settings += [("dataset.classes", "\(count)"), ("dataset.class-seed", "\(seed)")]
    }
    settings += [
      ("dataset.per-class", selection.perClass.map(String.init) ?? ""),
      ("dataset.limit", selection.limit.map(String.init) ?? ""),
      ("dataset.skip-broken", "\(skipsBroken)"),
      ("noise.conditions", conditions.map(\.name).joined(separator: ",")),
    ]
    let kinds = addsNoise ? Set(conditions.compactMap(\.kind)) : []
    for kind in NoiseKind.all where kinds.contains(kind) || kind == .gaussian && kinds.isEmpty {
      let key = kind == .gaussian ? "noise.specification" : "noise.\(kind)"
      settings.append((key, noise.canonicalDescription(of: kind)))
    }
    settings += [
      ("analyses", analyses.map { $0.joined(separator: ",") } ?? "all")
    ]
    return (settings.map { (key: $0.0, value: $0.1) } + analysisSettings.canonicalSettings)
      + [(key: "control", value: "\(hasControl)")]
  }

  /// SHA-256 over the canonical settings.
  package var digest: Digest {
    Digest(of: canonicalSettings.map { "\($0.key)=\($0.value)\n" }.joined())
  }
}
