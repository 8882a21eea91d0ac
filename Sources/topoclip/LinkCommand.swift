import ArgumentParser
import Experiments
import Foundation
import Pairs
import RunAnalyses
import Runs
import Training

struct LinkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract:
      "Which image–text records show or tell of the same thing: linkage by their embeddings.",
    discussion: """
      Records whose embeddings are at most a threshold apart, by 1 − cosine, are linked, and chains of \
      links make clusters (single linkage). Embeddings are unit vectors: of the image, of the text, or \
      w · image + (1 − w) · text. Each is a row of the table.

      The threshold is given, or the one with the largest adjusted Rand index (ARI) on labelled \
      validation records: clusters change only where two merge, so that the best of all thresholds is \
      found exactly, with its plateau; the plateau's middle is used. Validation records are another CSV, \
      or --split puts some labels aside so that no label is in two parts. Records without a label \
      (999, or an empty field) are linked like all others and count in no score.

      --output gets linkage.csv (the table; "ceiling" is what the best threshold for the test records \
      would have given), clusters.csv (the cluster of every record), links.csv (the pairs that made \
      them), thresholds.csv (ARI, precision, recall and F1 of pairs for all thresholds on the \
      validation records), weights.csv, jaccard.csv, the parts of a split, and link.json (all of it \
      with settings, seeds and versions).

      Examples:
        topoclip link pairs.csv --model DIR --threshold 0.15 --output linked
        topoclip link test.csv --model DIR --validation validation.csv --optimize-image-weight \
      --baseline jaccard --output linked
        topoclip link all.csv --model DIR --split 0.6,0.2,0.2 --split-seed 1 --output linked
        topoclip link all.csv --model DIR --label-studio export.json --pair-keys image_a,image_b \
      --split 0.5,0.5 --output linked
        topoclip link pairs.csv --image-embeddings X.npy --text-embeddings T.npy --split 0.5,0.5 \
      --output linked
      """)

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
  @Option(help: "The column of labels (default label, where there is one).")
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
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    _ = try settings()
    try requireSeparateFiles(
      LinkageJob.outputNames.map { "\(output)/\($0)" },
      inputs: [
        pairs, validation, imageEmbeddings, textEmbeddings, validationImageEmbeddings,
        validationTextEmbeddings, labelStudio,
      ])
  }

  func run() throws {
    let job = LinkageJob(
      try settings(), arguments: CommandLine.arguments, isQuiet: execution.quiet)
    let summary = try job.run()
    if !execution.quiet { for message in summary.messages { Console.error(message) } }
    Console.output(summary.table)
  }

  private func settings() throws -> LinkageSettings {
    let names = Self.parts(inputs)
    let chosen = names.compactMap { LinkageSettings.Input(rawValue: $0) }
    guard chosen.count == names.count, Set(names).count == names.count, !chosen.isEmpty else {
      throw ValidationError("--inputs \(inputs): expected some of image, text, both, each once")
    }
    var settings = LinkageSettings(
      pairs: pairs, embeddings: try embeddings(chosen), threshold: try thresholdSource(),
      output: output)
    settings.inputs = chosen
    settings.modelSeed = seed
    settings.imageWeight = try weight(chosen)
    settings.baseline = try jaccard()
    settings.annotations = try annotations()
    settings.columns = (imageColumn, textColumn, labelColumn)
    settings.unlabelled = unlabelled
    settings.imageFolder = imagesDir
    settings.skipsBroken = skipBroken
    return settings
  }

  private static func parts(_ list: String) -> [String] {
    list.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  private func embeddings(_ chosen: [LinkageSettings.Input]) throws -> LinkageSettings.Embeddings {
    let files = [
      imageEmbeddings, textEmbeddings, validationImageEmbeddings, validationTextEmbeddings,
    ]
    if let model {
      guard files.allSatisfy({ $0 == nil }) else {
        throw ValidationError("give --model, or files of embeddings in its place")
      }
      return .model(model)
    }
    guard !files.allSatisfy({ $0 == nil }) else {
      throw ValidationError(
        "give --model DIR (a CLIP in Hugging Face layout), or --image-embeddings and "
          + "--text-embeddings")
    }
    guard !skipBroken else { throw ValidationError("--skip-broken belongs to --model") }
    func require(_ file: String?, _ option: String, _ needed: Bool) throws {
      if needed, file == nil {
        throw ValidationError("--inputs \(inputs) needs --\(option)")
      }
      if !needed, file != nil {
        throw ValidationError("--\(option) is not used: see --inputs and --validation")
      }
    }
    let (image, text) = (chosen != [.text], chosen != [.image])
    try require(imageEmbeddings, "image-embeddings", image)
    try require(textEmbeddings, "text-embeddings", text)
    let other = validation != nil
    try require(validationImageEmbeddings, "validation-image-embeddings", image && other)
    try require(validationTextEmbeddings, "validation-text-embeddings", text && other)
    return .files(
      image: imageEmbeddings, text: textEmbeddings, validationImage: validationImageEmbeddings,
      validationText: validationTextEmbeddings)
  }

  private func thresholdSource() throws -> LinkageSettings.Threshold {
    guard [threshold != nil, validation != nil, split != nil].count(where: { $0 }) == 1 else {
      throw ValidationError(
        "give one of --threshold T, --validation CSV (the best threshold there) and --split SHARES")
    }
    if let validation { return .validation(validation) }
    if let split {
      var shares = Self.parts(split).compactMap { Double($0) }
      guard shares.count == Self.parts(split).count, (2...3).contains(shares.count),
        shares.allSatisfy({ $0.isFinite && $0 >= 0 }), shares.suffix(2).allSatisfy({ $0 > 0 })
      else {
        throw ValidationError(
          "--split \(split): expected shares of the labels for validation and test, as 0.5,0.5, or "
            + "for train, validation and test, as 0.6,0.2,0.2")
      }
      if shares.count == 2 { shares.insert(0, at: 0) }
      return .split(shares, seed: splitSeed)
    }
    let value = threshold ?? 0
    guard (0...2).contains(value) else {
      throw ValidationError("--threshold \(value): expected a cosine distance from 0 to 2")
    }
    return .fixed(value)
  }

  private func weight(_ chosen: [LinkageSettings.Input]) throws -> LinkageSettings.ImageWeight {
    if optimizeImageWeight {
      guard imageWeight == nil else {
        throw ValidationError("give --image-weight or --optimize-image-weight")
      }
      guard threshold == nil, chosen.contains(.both) else {
        throw ValidationError(
          "--optimize-image-weight needs both among --inputs, and --validation or --split")
      }
      return .optimized
    }
    guard imageWeight == nil || chosen.contains(.both) else {
      throw ValidationError("--image-weight needs both among --inputs")
    }
    let value = imageWeight ?? 0.5
    guard (0...1).contains(value) else {
      throw ValidationError("--image-weight \(value): expected 0 to 1")
    }
    return .fixed(value)
  }

  private func jaccard() throws -> LinkageSettings.Baseline? {
    guard let baseline else { return nil }
    guard baseline == "jaccard" else {
      throw ValidationError("--baseline \(baseline): expected jaccard")
    }
    var result = LinkageSettings.Baseline()
    result.gramLengths = Self.parts(jaccardWords).compactMap { Int($0) }
    guard result.gramLengths.count == Self.parts(jaccardWords).count,
      result.gramLengths.allSatisfy({ (1...100).contains($0) })
    else { throw ValidationError("--jaccard-words \(jaccardWords): expected numbers from 1") }
    result.thresholds = Self.parts(jaccardThresholds).compactMap { Double($0) }
    guard result.thresholds.count == Self.parts(jaccardThresholds).count,
      result.thresholds.allSatisfy({ $0 > 0 && $0 <= 1 })
    else {
      throw ValidationError(
        "--jaccard-thresholds \(jaccardThresholds): expected numbers above 0, at most 1")
    }
    return result
  }

  private func annotations() throws -> LinkageSettings.Annotations? {
    guard let labelStudio else {
      guard pairKeys == nil, pairColumn == nil else {
        throw ValidationError("--pair-keys and --pair-column belong to --label-studio")
      }
      return nil
    }
    let keys = Self.parts(pairKeys ?? "")
    guard keys.count == 2, keys.allSatisfy({ !$0.isEmpty }) else {
      throw ValidationError(
        "--label-studio needs --pair-keys A,B: the keys of a task's data that name its two records")
    }
    guard labelColumn == nil else {
      throw ValidationError("labels come from --label-studio or from --label-column")
    }
    return LinkageSettings.Annotations(
      file: labelStudio, keys: keys, choice: sameChoice, column: pairColumn)
  }
}
