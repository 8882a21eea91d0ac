import ArgumentParser
import Experiments
import Files
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

      A folder that holds a run is extended: levels, seeds, kinds of noise and analyses are joined, other settings of an \
      analysis compute it and what is made of it again, and nothing that holds is thrown away. Another model, data set, \
      selection or noise space needs --overwrite or another --output.

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

  @OptionGroup var options: SweepOptions
  @OptionGroup var trial: DryRunOption
  @Flag(inversion: .prefixedNo, help: "Draw figures and write report.html at the end.")
  var report = true
  @OptionGroup var figures: FigureOptionGroup

  var execution: ExecutionOptions { options.execution }

  func run() throws {
    let experiment = try Experiment(options.source())
    let sweep = Sweep(
      experiment, arguments: RecordedCommand.arguments, isQuiet: execution.quiet,
      overwrites: options.overwrite)
    guard !trial.dryRun else {
      var estimate = try sweep.estimate()
      if report {
        estimate.append("report", toDo: "figures, report.html", Report.work(estimate.shape))
      }
      try Console.output(estimate.table)
      return
    }
    try finish(sweep, isQuiet: execution.quiet, figures: report ? figures.options() : nil)
  }
}

/// Executes a sweep, and draws its figures and page.
///
/// - Parameters:
///   - sweep: The sweep.
///   - isQuiet: Whether to show no progress.
///   - figures: What its figures are like; nil for none, and no page.
/// - Throws: What the sweep throws; for a report that fails, that the run is complete.
func finish(_ sweep: Sweep, isQuiet: Bool, figures: FigureOptions?) throws {
  // One lock over tables and page.
  try sweep.requireOutput()
  let output = sweep.run.path
  try RunLock.hold(output) {
    let summary = try sweep.execute()
    // The run is finished, whatever becomes of its summary.
    let printed = Result { try Console.output(summary) }
    AtomicFile.removeLeftovers(in: output)
    Figures.removeStale(run: output)
    if let figures { try finishWithReport(output, figures: figures, isQuiet: isQuiet) }
    try printed.get()
  }
}

/// Figures and page of a run that is finished and stays so, whatever becomes of them.
///
/// - Throws: `RunError.failure` when they are not whole, for the page is what was asked for too.
func finishWithReport(_ run: String, figures: FigureOptions, isQuiet: Bool) throws {
  do {
    try writeReport(run, figures: figures, isQuiet: isQuiet)
  } catch let error as RunError where error == .interrupted(finished: 0, of: 0) {
    throw error
  } catch let failure as StandardStreams.Failure {
    throw failure
  } catch {
    throw RunError.failure(
      "the run is complete, but its report is not: \(error)\n"
        + "topoclip report \(run) tries again")
  }
}
