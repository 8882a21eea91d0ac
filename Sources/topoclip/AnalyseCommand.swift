import ArgumentParser
import Experiments
import Files
import Reports
import RunAnalyses
import Runs

struct AnalyseCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "Analyses of a finished run's embeddings under other settings, as another run.",
    discussion: """
      Takes the embeddings of a finished run as they are, with its images' classes and splits, its text embeddings and \
      logit scale, its conditions (noise, level, seed) and its control, and writes a run directory of its own: tables, \
      figures, report.html, and a manifest that names the run and its manifest's digest. No model and no image is \
      needed. The run itself is only read. Without --set and --analyses the tables are those of the run, byte for byte.

      --set takes every setting below an analysis's name (\(AnalysisRegistry.names.joined(separator: ", "))). What \
      decides the embeddings (model, data set, noise, levels, seeds) is refused: that is a sweep. Parts of analyses \
      that the run has finished under the same settings are taken from it; the rest is computed, and kept when it is \
      interrupted: the same command goes on.

      Examples:
        topoclip analyse results/dtd --output results/dtd-cosine --set topology.metric=cosine
        topoclip analyse results/dtd --output results/dtd-layouts --analyses layouts --set layouts.perplexity=50
        topoclip analyse results/dtd --output results/dtd-test --split test --classes banded,dotted,woven
      """)

  @Argument(help: ArgumentHelp("A finished run's folder.", valueName: "run"))
  var runPath: String
  @Option(help: ArgumentHelp("The folder of the new run.", valueName: "dir"))
  var output: String
  @Option(
    help: "What to compute, separated by commas (default what the run did): \(analysisNames).")
  var analyses: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A setting of an analysis, or control=false; may be repeated.", valueName: "key.path=value"))
  var assignments: [String] = []
  @Option(help: "Of the run's images, those of a split: all (default), train, val or test.")
  var split: String?
  @Option(help: "Of its classes, those named, separated by commas, or how many to draw.")
  var classes: String?
  @Option(help: "The seed that draws classes.")
  var classSeed: String?
  @Option(help: ArgumentHelp("At most so many images a class, the first in order.", valueName: "n"))
  var perClass: String?
  @Option(
    help: ArgumentHelp(
      "At most so many images in all, taken from the classes in turn.", valueName: "n"))
  var limit: String?
  @Option(
    help: ArgumentHelp("A folder of finished units shared between runs.", valueName: "dir"))
  var cache: String?
  @Flag(inversion: .prefixedNo, help: "Draw figures and write report.html at the end.")
  var report = true
  @OptionGroup var figures: FigureOptionGroup
  @OptionGroup var verification: VerificationOptions
  @OptionGroup(visibility: .hidden) var refused: EmbeddingOptions
  @OptionGroup var execution: ExecutionOptions

  /// Settings that options say.
  private var assigned: [Assignment] {
    [
      ("analyses", analyses, "analyses"), ("analyse.split", split, "split"),
      ("analyse.classes", classes, "classes"), ("analyse.class-seed", classSeed, "class-seed"),
      ("analyse.per-class", perClass, "per-class"), ("analyse.limit", limit, "limit"),
    ].compactMap { path, value, option in
      value.map { Assignment(path, $0, place: "--\(option)") }
    }
  }

  func run() throws {
    // One lock over tables and page.
    try Reanalysis.alone(runPath, output) {
      let reanalysis = try Reanalysis(
        runPath, output: output,
        assignments: assignments.map { try Assignment(argument: $0) } + assigned,
        cache: cache, verifies: verification.verify, arguments: RecordedCommand.arguments,
        isQuiet: execution.quiet)
      let summary = try reanalysis.execute()
      // The run is finished, whatever becomes of its summary.
      let printed = Result { try Console.output(summary) }
      AtomicFile.removeLeftovers(in: output)
      Figures.removeStale(run: output)
      if report {
        try finishWithReport(output, figures: figures.options(), isQuiet: execution.quiet)
      }
      try printed.get()
    }
  }
}

private let analysisNames = AnalysisRegistry.names.joined(separator: ", ")

/// The options of a sweep that decide its embeddings: known here to be refused with a reason.
struct EmbeddingOptions: ParsableArguments {
  @Option var model: String?
  @Option var seed: String?
  @Option var dataset: String?
  @Option var templates: String?
  @Option var embeddings: String?
  @Option var noise: String?
  @Option var levels: String?
  @Option var severities: String?
  @Option var seeds: String?
  @Option var noiseSpace: String?
  @Option var noiseStage: String?
  @Option var clip: String?
  @Option var precision: String?
  @Option var backend: String?

  func validate() throws {
    let given = [
      ("model", model), ("seed", seed), ("dataset", dataset), ("templates", templates),
      ("embeddings", embeddings), ("noise", noise), ("levels", levels), ("severities", severities),
      ("seeds", seeds), ("noise-space", noiseSpace), ("noise-stage", noiseStage), ("clip", clip),
      ("precision", precision), ("backend", backend),
    ].first { $0.1 != nil }
    if let (name, _) = given {
      throw ValidationError(
        "--\(name) decides the embeddings, and analyse takes those of the run as they are; run topoclip "
          + "sweep with it")
    }
  }
}
