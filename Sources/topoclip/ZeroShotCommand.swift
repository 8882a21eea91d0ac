import ArgumentParser
import Experiments
import Runs

struct ZeroShotCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "zeroshot",
    abstract: "Zero-shot accuracy of a run, or of embeddings made elsewhere.",
    discussion: """
      Of a run, the tables are written into it again. For one split, other --templates or another \
      --model they go to --output; the text is then embedded anew where that changes it. Of embeddings, T.npy has a row a class, in \
      the order of the names in the labels (by number where all are whole numbers, else as text) unless --class-names gives \
      another.

      Samples, classes and embeddings of a run that are not as its manifest.json has recorded them are named, and \
      nothing is written; --no-verify uses what is there.

      Examples:
        topoclip zeroshot results/dtd
        topoclip zeroshot results/dtd --split test --templates templates.txt --output results/dtd-test
        topoclip zeroshot --embeddings X.npy --text T.npy --labels labels.csv
      """)

  @Argument(help: ArgumentHelp("A run directory.", valueName: "run"))
  var runPath: String?
  @Option(help: ArgumentHelp("Image embeddings, a row a sample.", valueName: "x.npy"))
  var embeddings: String?
  @Option(help: ArgumentHelp("Class embeddings, a row a class.", valueName: "t.npy"))
  var text: String?
  @Option(help: ArgumentHelp("CSV with the column class or label, a line a row.", valueName: "csv"))
  var labels: String?
  @Option(
    name: [.customLong("classes"), .customLong("class-names")],
    help:
      "The order of classes in --text, separated by commas (default by number where all names are whole numbers, else as text)."
  )
  var classNames: String?
  @Option(
    help:
      "What cosines are multiplied by for confidences (default that of the run or of the run that the embeddings lie in, else 100)."
  )
  var logitScale: Double?
  @Option(help: "all (default), train, val or test.")
  var split = "all"
  @Option(help: ArgumentHelp("Prompt templates, one a line, {} for the class.", valueName: "file"))
  var templates: String?
  @Option(help: "The model for --templates (default the run's own).")
  var model: String?
  @Option(
    help: ArgumentHelp(
      "Where the tables go (default the run, or standard output).", valueName: "dir"))
  var output: String?
  @OptionGroup var verification: VerificationOptions
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    guard (runPath != nil) != (embeddings != nil) else {
      throw ValidationError("give a run directory, or --embeddings with --text and --labels")
    }
    if embeddings != nil, text == nil || labels == nil {
      throw ValidationError("--embeddings needs --text and --labels beside it")
    }
    if runPath != nil, text != nil || labels != nil || classNames != nil {
      throw ValidationError(
        "--text, --labels and --classes belong to --embeddings, not to a run")
    }
    if embeddings != nil, split != "all" || templates != nil || model != nil {
      throw ValidationError("--split, --templates and --model belong to a run, not to --embeddings")
    }
    try asUsage {
      try requireNumber("--logit-scale", logitScale, in: Manifest.ZeroShotRecord.logitScales)
    }
    let differs = split != "all" || templates != nil || model != nil || logitScale != nil
    if runPath != nil, differs, output == nil {
      throw ValidationError(
        "tables that differ from the run's own go elsewhere: give --output DIR")
    }
    guard ["all", "train", "val", "test"].contains(split) else {
      throw ValidationError("--split \(split): expected all, train, val or test")
    }
  }

  func run() throws {
    if let runPath {
      try Console.output(
        ZeroShotEvaluation.ofRun(
          runPath, split: split == "all" ? nil : split, templates: templates, model: model,
          logitScale: logitScale, output: output, verifies: verification.verify))
    } else if let embeddings, let text, let labels {
      try Console.output(
        ZeroShotEvaluation.ofEmbeddings(
          embeddings, text: text, labels: labels,
          classNames: classNames.map(ListText.names),
          logitScale: logitScale, output: output))
    }
  }
}
