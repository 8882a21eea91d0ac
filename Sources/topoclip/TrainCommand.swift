import ArgumentParser
import Experiments
import Runs
import Training

struct TrainCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a CLIP: a new one, or one that is there, on pairs of image and text.",
    discussion: """
      A plan in YAML says what is trained on what; --set and the other options stand over it. Pairs come \
      from a CSV (image_path,caption, and label where the loss reads labels) or are procedural textures, new \
      ones in every epoch. The output folder gets model/ (the best by validation, in Hugging Face layout, \
      float32 or float16), log.jsonl (a line of JSON a step and a validation) and training.json (plan, \
      digests, versions, times). A run that was stopped goes on with --resume, as if it had not been.

      Keys of a plan, with their defaults:
        name, seed (0), output (results/NAME), epochs (30), weights (float32), log-interval (1)
        model: DIR                         or shape: image-size (64), patch-size (8), image-width (192),
                                           image-layers (6), image-heads (3), text-width (128), text-layers (3),
                                           text-heads (2), context-length (32), vocabulary-size (1024),
                                           dimension (128), activation (quick_gelu)
        towers: image,text                 the towers that change; the other is frozen
        data: train: CSV, validation: CSV or validation-share, image-column (image_path), text-column
              (caption), label-column (label), unlabelled (999), images-dir, skip-broken
              or textures: all, per-class (100), validation-per-class (10), texture-size (96), texture-seed (0)
        objective: loss (image-text, supervised, pairwise), temperature (0.1), positive-margin (0),
              negative-margin (0.5), image-weight (0.5)
        batches: size (64), per-label (none, or 3 for losses that read labels), hard-negatives (0),
              piece-size (rows whose activations are kept at once)
        augmentation: crop (1: least share of the area), flip (false), color (0)
        optimizer: learning-rate (1e-4), least-learning-rate (0), warm-up-steps (0), course (constant, cosine,
              cosine-warm-restarts), first-restart (10), restart-factor (2), beta1 (0.9), beta2 (0.98),
              epsilon (1e-6), weight-decay (0.1), gradient-limit (1)
        validation: metric (loss, accuracy, recall or adjusted-rand-index, as the data have), interval (1),
              patience (none)

      Examples:
        topoclip train experiments/builtin-model.yaml
        topoclip train plan.yaml --set optimizer.learning-rate=5e-5 --set towers=image --output tuned
        topoclip train plan.yaml --resume
      """)

  @Argument(help: "The plan in YAML.")
  var plan: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Any key of the plan; may be repeated.", valueName: "key.path=value"))
  var assignments: [String] = []
  @Option(help: ArgumentHelp("The output folder (default results/NAME).", valueName: "dir"))
  var output: String?
  @Flag(help: "Go on with the run that is in the output folder; begin one if there is none.")
  var resume = false
  @Option(help: "The column of image paths (default image_path).")
  var imageColumn: String?
  @Option(help: "The column of texts (default caption).")
  var textColumn: String?
  @Option(help: "The column of labels (default label, or else class, where there is one).")
  var labelColumn: String?
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    let options = [
      ("output", output, "--output"), ("data.image-column", imageColumn, "--image-column"),
      ("data.text-column", textColumn, "--text-column"),
      ("data.label-column", labelColumn, "--label-column"),
    ].compactMap { path, value, place in
      value.map { Assignment(path, $0, place: place) }
    }
    let plan = try TrainingPlan(
      file: plan,
      assignments: assignments.map { try Assignment(argument: $0) } + options)
    let run = TrainingRun(plan, arguments: RecordedCommand.arguments, isQuiet: execution.quiet)
    try Console.output(run.execute(resumes: resume))
  }
}
