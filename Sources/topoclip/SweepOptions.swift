import ArgumentParser
import Experiments
import RunAnalyses
import Runs

/// What a sweep is of, and what is computed: the options of `topoclip sweep` and `topoclip plan`.
struct SweepOptions: ParsableArguments {
  @Argument(help: "An experiment in YAML (default the built-in one); options stand over it.")
  var experiment: String?
  @OptionGroup var options: ExperimentOptions
  @Option(help: "What to compute, separated by commas (default all): \(analysisHelp).")
  var analyses: String?
  @Option(
    help: ArgumentHelp(
      "Embeddings made elsewhere: a folder of CONDITION.npy or one .npy, samples.csv beside; with text.npy and "
        + "classes.csv there too, accuracy as well.",
      valueName: "path"))
  var embeddings: String?
  @Option(
    help: ArgumentHelp(
      "What cosines of --embeddings are multiplied by for confidences (default that of the run that they lie in, else 100).",
      valueName: "scale"))
  var logitScale: String?
  @Flag(
    inversion: .prefixedNo,
    help:
      "The same with random weights too, in control/: what numbers look like when nothing was learnt (default no)."
  )
  var control: Bool?

  var execution: ExecutionOptions { options.execution }
  var overwrite: Bool { options.overwrite }

  /// What the experiment is read from.
  ///
  /// - Throws: What is wrong with an option, or a file that cannot be read.
  func source() throws -> ExperimentSource {
    var extra: [Assignment] = []
    if let analyses { extra.append(.init("analyses", analyses, place: "--analyses")) }
    if let embeddings { extra.append(.init("embeddings", embeddings, place: "--embeddings")) }
    if let logitScale {
      extra.append(.init("logit-scale", logitScale, place: "--logit-scale"))
    }
    if let control {
      let place = control ? "--control" : "--no-control"
      extra.append(.init("control", "\(control)", place: place))
    }
    return try options.source(file: experiment, extra: extra, orBuiltIn: true)
  }
}

/// The analyses, each with what it does.
private let analysisHelp = AnalysisRegistry.all.map { "\($0.name) (\($0.summary))" }
  .joined(separator: ", ")
