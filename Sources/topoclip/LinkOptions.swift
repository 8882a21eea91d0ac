import ArgumentParser
import Pairs

/// The options of a linkage.
struct LinkOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "CSV of the records: image_path,text,label or image_path,caption.", valueName: "pairs.csv"))
  var pairs: String
  @Option(help: ArgumentHelp("A CLIP in Hugging Face layout, or random:b32.", valueName: "dir"))
  var model: String?
  @Option(help: "The seed of random weights.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp("Embeddings of the images, a row a record, for --model.", valueName: "x.npy")
  )
  var imageEmbeddings: String?
  @Option(help: ArgumentHelp("Embeddings of the texts, likewise.", valueName: "t.npy"))
  var textEmbeddings: String?
  @Option(help: ArgumentHelp("The same of the records of --validation.", valueName: "x.npy"))
  var validationImageEmbeddings: String?
  @Option(help: ArgumentHelp("The same of the records of --validation.", valueName: "t.npy"))
  var validationTextEmbeddings: String?
  @Option(help: "What to compare by, separated by commas: image, text, both (default all).")
  var inputs = "image,text,both"
  @Option(help: "w, the image's part of both (default 0.5).")
  var imageWeight: Double?
  @Flag(help: "The w with the largest validation ARI, by golden-section search to 0.01.")
  var optimizeImageWeight = false
  @Option(help: ArgumentHelp("The largest 1 − cosine that links, 0 to 2.", valueName: "t"))
  var threshold: Double?
  @Option(help: ArgumentHelp("Labelled records to choose the threshold on.", valueName: "csv"))
  var validation: String?
  @Option(
    help: ArgumentHelp(
      "Shares of the labels for validation and test, or for train, validation and test.",
      valueName: "shares"))
  var split: String?
  @Option(help: "The seed that shares the labels out.")
  var splitSeed: UInt64 = 0
  @Option(help: "jaccard: linkage by word n-grams in common, as another row.")
  var baseline: String?
  @Option(help: "The words of its n-grams, separated by commas.")
  var jaccardWords = "1,2,3,4,5"
  @Option(help: "Its thresholds: the least Jaccard index that links.")
  var jaccardThresholds = "0.05,0.1,0.15,0.2"
  @Option(
    help: ArgumentHelp(
      "Labels from pairs that annotators called the same, exported as JSON.", valueName: "json"))
  var labelStudio: String?
  @Option(help: "The two keys of a task's data that name its records.")
  var pairKeys: String?
  @Option(help: "The choice that calls two records the same.")
  var sameChoice = "Same"
  @Option(help: "The column with those names (default the image column).")
  var pairColumn: String?
  @Option(help: "The column of image paths.")
  var imageColumn = "image_path"
  @Option(help: "The column of texts (default text, or else caption).")
  var textColumn: String?
  @Option(help: "The column of labels (default label, or else class, where there is one).")
  var labelColumn: String?
  @Option(help: "The label of records that have none.")
  var unlabelled = "999"
  @Option(
    help: ArgumentHelp("Where image paths start (default the CSV's folder).", valueName: "dir"))
  var imagesDir: String?
  @Flag(help: "Leave records with missing and damaged images out and name them in link.json.")
  var skipBroken = false
  @Option(help: ArgumentHelp("The folder for the results.", valueName: "dir"))
  var output: String

  /// The settings that they say.
  ///
  /// - Throws: `OptionError`.
  func settings() throws -> LinkageSettings {
    let chosen = try LinkageSettings.Input.list(inputs)
    var settings = LinkageSettings(
      pairs: pairs,
      embeddings: try .init(
        model: model,
        files: (
          imageEmbeddings, textEmbeddings, validationImageEmbeddings, validationTextEmbeddings
        ),
        inputs: chosen, hasValidation: validation != nil, skipsBroken: skipBroken),
      threshold: try .init(
        threshold: threshold, validation: validation, split: split, splitSeed: splitSeed),
      output: output)
    settings.inputs = chosen
    settings.modelSeed = seed
    settings.imageWeight = try .init(
      weight: imageWeight, isOptimized: optimizeImageWeight, threshold: settings.threshold,
      inputs: chosen)
    settings.baseline = try baseline.map {
      try .init(name: $0, words: jaccardWords, thresholds: jaccardThresholds)
    }
    settings.annotations = try .init(
      file: labelStudio, keys: pairKeys, choice: sameChoice, column: pairColumn,
      labelColumn: labelColumn)
    settings.columns = (imageColumn, textColumn, labelColumn)
    settings.unlabelled = unlabelled
    settings.imageFolder = imagesDir
    settings.skipsBroken = skipBroken
    return settings
  }
}
