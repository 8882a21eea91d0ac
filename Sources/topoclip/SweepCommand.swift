import ArgumentParser
import Experiments
import Reports
import RunAnalyses
import Runs

struct SweepCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Embed images under noise and analyse every level: the main job.",
    discussion: """
      Writes a run directory: manifest.json, samples.csv, embeddings/*.npy, accuracy.{csv,md,tex}, \
      predictions.csv, confusion/*.csv, angles/*.csv, geometry.csv, layouts/*.csv, diagrams/*.csv, \
      distances.csv, levels.csv, level_tests.csv, changes.csv, link.csv (does topology track accuracy?), \
      merges.csv, figures/*.{svg,png}, report.html and more; topoclip columns says what is in each. Finished work is found again: an interrupted sweep goes on when it is started again.

      Without an experiment, data set, model or embeddings it runs the built-in experiment: the model in \
      the program on generated textures, into results/builtin. It needs no other file.

      Examples:
        topoclip sweep
        topoclip sweep --dataset textures --model DIR --classes 10 --per-class 50
        topoclip sweep --dataset dtd --model clip-vit-base-patch32 --levels 0,0.5,1,2
        topoclip sweep --dataset dtd --split test --model DIR --seeds 0..2 --output results/test
        topoclip sweep --dataset dtd --model DIR --noise shot,blur,jpeg --severities 0,1,3,5
        topoclip sweep experiments/dtd.yaml --set noise.levels=0,1 --limit 200
        topoclip sweep --dataset dtd --model DIR --control
        topoclip sweep --dataset dtd --model random:b32 --seed 0 --output results/control
        topoclip sweep --embeddings my-embeddings --output results/imported
      """)

  @Argument(help: "An experiment in YAML (default the built-in one); options stand over it.")
  var experiment: String?
  @OptionGroup var options: ExperimentOptions
  @Option(help: "What to compute, separated by commas (default all): \(analysisHelp).")
  var analyses: String?
  @Option(
    help: ArgumentHelp(
      "Embeddings made elsewhere: a folder of CONDITION.npy or one .npy, samples.csv beside; with text.npy and "
        + "classes.csv there too, accuracy as well (logit scale 100).",
      valueName: "path"))
  var embeddings: String?
  @Flag(
    inversion: .prefixedNo,
    help:
      "The same with random weights too, in control/: what numbers look like when nothing was learnt (default no)."
  )
  var control: Bool?
  @Flag(inversion: .prefixedNo, help: "Draw figures and write report.html at the end.")
  var report = true

  var execution: ExecutionOptions { options.execution }

  func run() throws {
    var extra: [Assignment] = []
    if let analyses { extra.append(.init("analyses", analyses, place: "--analyses")) }
    if let embeddings { extra.append(.init("embeddings", embeddings, place: "--embeddings")) }
    if let control {
      let place = control ? "--control" : "--no-control"
      extra.append(.init("control", "\(control)", place: place))
    }
    let experiment = try options.experiment(file: experiment, extra: extra, orBuiltIn: true)
    let sweep = Sweep(
      experiment, arguments: CommandLine.arguments, isQuiet: execution.quiet)
    guard !options.dryRun else {
      var estimate = try sweep.estimate()
      if report {
        estimate.append("report", toDo: "figures, report.html", Report.work(estimate.shape))
      }
      Console.output(estimate.table)
      return
    }
    Console.output(try sweep.execute())
    Figures.removeStale(run: experiment.output)
    if report { finish(experiment) }
  }

  /// Figures and page; the run is finished and stays so, whatever becomes of them.
  private func finish(_ experiment: Experiment) {
    do {
      try writeReport(experiment.output, isQuiet: execution.quiet)
    } catch {
      Console.error(
        "the run is complete, but its report could not be written: \(error)\n"
          + "topoclip report \(experiment.output) tries again")
    }
  }
}

/// The analyses, each with what it does.
private let analysisHelp = AnalysisRegistry.all.map { "\($0.name) (\($0.summary))" }
  .joined(separator: ", ")
