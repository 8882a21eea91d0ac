import ArgumentParser
import Pairs
import Runs

/// The options of `topoclip score`.
struct ScoreOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("A CSV with a row a pair.", valueName: "pairs.csv"))
  var pairs: String?
  @Option(help: ArgumentHelp("A folder of images, with --texts.", valueName: "dir"))
  var images: String?
  @Option(
    help: ArgumentHelp("The folder of their captions: x.txt for x.jpg.", valueName: "dir"))
  var texts: String?
  @Option(help: ArgumentHelp("The column of images: paths or addresses.", valueName: "name"))
  var imageColumn: String?
  @Option(help: ArgumentHelp("The column of captions.", valueName: "name"))
  var textColumn: String?
  @Option(
    help: ArgumentHelp(
      "The folder with the images, found by the last components of paths and addresses.",
      valueName: "dir"))
  var imagesDir: String?
  @Option(help: ArgumentHelp("A CLIP in Hugging Face layout, or builtin.", valueName: "dir"))
  var model = "builtin"
  @Option(help: ArgumentHelp("The table of results.", valueName: "csv"))
  var output = "results.csv"
  @Option(help: "Rows without a usable image: keep (with an error) or fail.")
  var onMissing = "keep"
  @Option(help: "Draws of batches for negCLIPLoss, to 1000; 0 leaves it out.")
  var batches = 4
  @Option(help: "The most pairs of a batch, 2 to 262144.")
  var batchSize = 32_768
  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp(
      "Texts, a line each, among which every image has its likeliest; or a folder of images, for captions.",
      valueName: "file"))
  var candidates: String?
  @Option(
    help: ArgumentHelp(
      "All cosines, of every image with every caption, to 100 million: a .csv, a .npy, or both with a comma.",
      valueName: "files"))
  var matrix: String?
  @Option(
    help: ArgumentHelp("Keep the best of the scored pairs: 30% or a count.", valueName: "part"))
  var keepTop: String?
  @Option(help: "What --keep-top ranks by: score or negcliploss (default score).")
  var keepBy: String?
  @Option(
    help: ArgumentHelp("Keep pairs whose score, 100 cosine, is no less.", valueName: "score"))
  var minimumScore: Double?
  @Option(
    help: ArgumentHelp(
      "The table of kept rows (default the output's name with -kept).", valueName: "csv"))
  var kept: String?
  @Option(
    help: ArgumentHelp(
      "The folder of tables for the report (default the output's name with -report).",
      valueName: "dir"))
  var report: String?
  @Option(
    help: ArgumentHelp(
      "Time and memory of every step (default stats.log beside the output).", valueName: "csv"))
  var stats: String?

  /// The settings that they say.
  ///
  /// - Throws: `OptionError`.
  func settings() throws -> ScoreSettings {
    var settings = ScoreSettings(input: try input())
    settings.model = model
    settings.output = output
    guard let missing = ScoreSettings.Missing(rawValue: onMissing) else {
      throw OptionError("--on-missing \(onMissing): expected keep or fail")
    }
    settings.missing = missing
    settings.batches = batches
    settings.batchSize = batchSize
    settings.seed = seed
    settings.candidates = candidates
    settings.matrix = try matrix.map { try MatrixFiles($0) }
    settings.curation = try CurationRule(
      keepTop: keepTop, minimumScore: minimumScore, keepBy: keepBy)
    settings.kept = kept
    settings.report = report
    settings.statistics = stats
    return settings
  }

  private func input() throws -> ScoreSettings.Input {
    if let pairs {
      try require(
        images == nil && texts == nil,
        "give a CSV of pairs, or --images and --texts in its place (--images-dir says where a CSV's images lie)"
      )
      return .table(
        path: pairs, imageColumn: imageColumn, textColumn: textColumn, imageFolder: imagesDir)
    }
    guard let images, let texts else {
      throw OptionError("give a CSV of pairs, or a folder of --images and one of --texts")
    }
    for (value, option) in [
      (imageColumn, "image-column"), (textColumn, "text-column"), (imagesDir, "images-dir"),
    ] {
      try require(value == nil, "--\(option) belongs to a CSV of pairs, and there is none")
    }
    return .folders(images: images, texts: texts)
  }
}
