import ArgumentParser
import Datasets
import Experiments
import Foundation
import Images
import Runs

/// The options that decide an experiment; each is a setting of the YAML file by another name.
struct ExperimentOptions: ParsableArguments {
  @Option(
    help:
      "A CLIP in Hugging Face layout; builtin, the small one in the program; or random:b32, random:b16, random:l14, random:l14-336: seeded random weights."
  )
  var model: String?
  @Option(help: "The seed of random weights.")
  var seed: UInt64?
  @Option(help: ArgumentHelp("The run directory (default results/NAME).", valueName: "dir"))
  var output: String?
  @Option(help: ArgumentHelp("A folder of finished cells shared between runs.", valueName: "dir"))
  var cache: String?
  @Option(help: "The encoder's arithmetic: float32 (default) or bfloat16.")
  var precision: String?
  @Option(
    help: ArgumentHelp(
      "How far a bfloat16 embedding may be from the float32 one (default 0.02); above it the run stops.",
      valueName: "distance"))
  var precisionTolerance: String?
  @Option(
    help: ArgumentHelp(
      "Embeddings computed in float32 too with bfloat16: sample (default, 256), a number, or all.",
      valueName: "which"))
  var certify: String?
  @Option(
    help:
      "Kernels for matrix products: panels, onednn or openblas (default the fastest on this machine)."
  )
  var backend: String?

  @Option(
    help: ArgumentHelp(
      "Images with their classes: \(DatasetKind.help).", valueName: "path"))
  var dataset: String?
  @Option(
    help:
      "all (default), train, val or test (default of textures, of which all is a supply of its own)."
  )
  var split: String?
  @Option(help: "DTD's partition, 1 (default) to 10.")
  var partition: String?
  @Option(
    help: ArgumentHelp("CoOp's split JSON in place of the data set's own lists.", valueName: "json")
  )
  var splitFile: String?
  @Option(help: "Class names separated by commas, or how many to draw.")
  var classes: String?
  @Option(help: "The seed that draws classes.")
  var classSeed: String?
  @Option(
    help: ArgumentHelp(
      "At most so many images a class, the first by name (of textures so many, default 20).",
      valueName: "n"))
  var perClass: String?
  @Option(
    help: ArgumentHelp(
      "At most so many images in all, taken from the classes in turn.", valueName: "n"))
  var limit: String?
  @Flag(help: "Leave missing and damaged images out and record them in the manifest.")
  var skipBroken = false
  @Option(help: ArgumentHelp("Prompt templates, one a line, {} for the class.", valueName: "file"))
  var templates: String?

  @Option(
    help:
      "Kinds of noise separated by commas: gaussian (default), \(noiseKinds { $0 != .gaussian }); those with severities as ImageNet-C has them."
  )
  var noise: String?
  @Option(
    help:
      "Levels σ of gaussian separated by commas (default 0,0.5,1,2); 0 is the clean image.")
  var levels: String?
  @Option(
    help:
      "Severities of the other kinds, 1 to 5, separated by commas (default 0,1,2,3,4,5); 0 is the clean image."
  )
  var severities: String?
  @Option(
    help:
      "Noise seeds separated by commas (default 0): 3 is the seed 3, not three seeds; 0..2 are 0, 1 and 2. \(noiseKinds { !$0.isRandom }) need none."
  )
  var seeds: String?
  @Option(
    help: "What gaussian's σ is measured in: normalized (default), unit [0,1] or byte [0,255].")
  var noiseSpace: String?
  @Option(help: "preprocessed (default: after resize and crop) or native (before).")
  var noiseStage: String?
  @Option(
    help:
      "Of gaussian: none (default in normalized at preprocessed) or unit (default elsewhere): noisy pixels moved to the valid range."
  )
  var clip: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Any setting of the YAML file; may be repeated.", valueName: "key.path=value"))
  var assignments: [String] = []
  @Flag(
    help:
      "Begin anew where the run directory holds another run: its tables and embeddings go, finished cells and units stay."
  )
  var overwrite = false
  @OptionGroup var execution: ExecutionOptions

  /// The experiment of a file, or the built-in one, with these options over it.
  func experiment(file: String?, extra: [Assignment] = []) throws -> Experiment {
    try Experiment(source(file: file, extra: extra))
  }

  /// What the experiment is read from: a file, or the built-in one, with these options over it; `--set` first, then
  /// the others.
  func source(
    file: String?, extra: [Assignment] = [], orBuiltIn: Bool = false
  ) throws -> ExperimentSource {
    func assignment(
      _ path: String, _ value: String?, _ option: String
    ) throws -> Assignment? {
      guard let value else { return nil }
      guard !value.isEmpty else {
        throw ValidationError("--\(option): expected a value, found none")
      }
      return Assignment(path, value, place: "--\(option)")
    }
    let options = try [
      assignment("model", model, "model"), assignment("seed", seed.map(String.init), "seed"),
      assignment("output", output, "output"), assignment("cache", cache, "cache"),
      assignment("precision", precision, "precision"),
      assignment("precision-tolerance", precisionTolerance, "precision-tolerance"),
      assignment("certify", certify, "certify"), assignment("backend", backend, "backend"),
      assignment("dataset.path", dataset, "dataset"), assignment("dataset.split", split, "split"),
      assignment("dataset.partition", partition, "partition"),
      assignment("dataset.split-file", splitFile, "split-file"),
      assignment("dataset.classes", classes, "classes"),
      assignment("dataset.class-seed", classSeed, "class-seed"),
      assignment("dataset.per-class", perClass, "per-class"),
      assignment("dataset.limit", limit, "limit"),
      assignment("dataset.skip-broken", skipBroken ? "true" : nil, "skip-broken"),
      assignment("templates", templates, "templates"),
      assignment("noise.kind", noise, "noise"), assignment("noise.levels", levels, "levels"),
      assignment("noise.severities", severities, "severities"),
      assignment("noise.seeds", seeds, "seeds"),
      assignment("noise.space", noiseSpace, "noise-space"),
      assignment("noise.stage", noiseStage, "noise-stage"), assignment("noise.clip", clip, "clip"),
    ]
    return try ExperimentSource(
      file: file,
      assignments: assignments.map { try Assignment(argument: $0) }
        + options.compactMap(\.self) + extra, orBuiltIn: orBuiltIn)
  }
}

/// The names of kinds of noise.
private func noiseKinds(where isIncluded: (NoiseKind) -> Bool) -> String {
  NoiseKind.all.filter(isIncluded).map(\.name).joined(separator: ", ")
}
