import Foundation
import Runs

/// The parts of a list that are separated by commas.
private func parts(_ list: String) -> [String] {
  list.split(separator: ",", omittingEmptySubsequences: false).map {
    $0.trimmingCharacters(in: .whitespaces)
  }
}

extension LinkageSettings.Input {
  /// What to compare by, separated by commas.
  ///
  /// - Throws: `OptionError`.
  package static func list(_ text: String) throws -> [Self] {
    let names = parts(text)
    let chosen = names.compactMap(Self.init(rawValue:))
    try require(
      chosen.count == names.count && Set(names).count == names.count && !chosen.isEmpty,
      "--inputs \(text): expected some of image, text, both, each once")
    return chosen
  }
}

extension LinkageSettings.Embeddings {
  /// Where embeddings come from, as options say it.
  ///
  /// - Parameters:
  ///   - model: A CLIP; nil for files.
  ///   - files: Embeddings of images and texts, and of those of the validation records.
  ///   - inputs: What is compared by.
  ///   - hasValidation: Whether there is a CSV of validation records.
  ///   - skipsBroken: Whether records with missing images are left out.
  /// - Throws: `OptionError`.
  package init(
    model: String?,
    files: (image: String?, text: String?, validationImage: String?, validationText: String?),
    inputs: [LinkageSettings.Input], hasValidation: Bool, skipsBroken: Bool
  ) throws {
    let hasFiles = [files.image, files.text, files.validationImage, files.validationText]
      .contains { $0 != nil }
    if let model {
      try require(!hasFiles, "give --model, or files of embeddings in its place")
      self = .model(model)
      return
    }
    try require(
      hasFiles,
      "give --model DIR (a CLIP in Hugging Face layout), or --image-embeddings and "
        + "--text-embeddings")
    try require(!skipsBroken, "--skip-broken belongs to --model")
    let (image, text) = (inputs != [.text], inputs != [.image])
    for (file, option, isNeeded) in [
      (files.image, "image-embeddings", image), (files.text, "text-embeddings", text),
      (files.validationImage, "validation-image-embeddings", image && hasValidation),
      (files.validationText, "validation-text-embeddings", text && hasValidation),
    ] {
      let names = inputs.map(\.rawValue).joined(separator: ",")
      try require(!isNeeded || file != nil, "--inputs \(names) needs --\(option)")
      try require(
        isNeeded || file == nil, "--\(option) is not used: see --inputs and --validation")
    }
    self = .files(
      image: files.image, text: files.text, validationImage: files.validationImage,
      validationText: files.validationText)
  }
}

extension LinkageSettings.Threshold {
  /// Where thresholds come from, as options say it: one of the three is given.
  ///
  /// - Parameters:
  ///   - threshold: A cosine distance, 0 to 2.
  ///   - validation: The CSV of validation records.
  ///   - split: Shares of the labels for validation and test, or for train, validation and test.
  ///   - splitSeed: The seed that shares them out.
  /// - Throws: `OptionError`.
  package init(threshold: Double?, validation: String?, split: String?, splitSeed: UInt64) throws {
    try require(
      [threshold != nil, validation != nil, split != nil].count { $0 } == 1,
      "give one of --threshold T, --validation CSV (the best threshold there) and --split SHARES")
    if let validation {
      self = .validation(validation)
    } else if let split {
      var shares = parts(split).compactMap { Double($0) }
      try require(
        shares.count == parts(split).count && (2...3).contains(shares.count)
          && shares.allSatisfy((0...1e6).contains)
          && shares.suffix(2).allSatisfy((1e-6...1e6).contains),
        "--split \(split): expected shares of the labels for validation and test, as 0.5,0.5, or "
          + "for train, validation and test, as 0.6,0.2,0.2: numbers from 1e-06 to 1000000, that for "
          + "train also 0")
      if shares.count == 2 { shares.insert(0, at: 0) }
      self = .split(shares, seed: splitSeed)
    } else {
      let value = threshold ?? 0
      try require(
        (0...2).contains(value), "--threshold \(value): expected a cosine distance from 0 to 2")
      self = .fixed(value)
    }
  }
}

extension LinkageSettings.ImageWeight {
  /// The image's part of both, as options say it.
  ///
  /// - Parameters:
  ///   - weight: A number from 0 to 1; nil for a half.
  ///   - isOptimized: Whether the best is looked for.
  ///   - threshold: Where thresholds come from.
  ///   - inputs: What is compared by.
  /// - Throws: `OptionError`.
  package init(
    weight: Double?, isOptimized: Bool, threshold: LinkageSettings.Threshold,
    inputs: [LinkageSettings.Input]
  ) throws {
    if isOptimized {
      try require(weight == nil, "give --image-weight or --optimize-image-weight")
      var isChosen = true
      if case .fixed = threshold { isChosen = false }
      try require(
        isChosen && inputs.contains(.both),
        "--optimize-image-weight needs both among --inputs, and --validation or --split")
      self = .optimized
      return
    }
    try require(
      weight == nil || inputs.contains(.both), "--image-weight needs both among --inputs")
    let value = weight ?? 0.5
    try require((0...1).contains(value), "--image-weight \(value): expected 0 to 1")
    self = .fixed(value)
  }
}

extension LinkageSettings.Baseline {
  /// A baseline as options say it.
  ///
  /// - Parameters:
  ///   - name: `jaccard`.
  ///   - words: The words of its n-grams, separated by commas.
  ///   - thresholds: Its thresholds, likewise.
  /// - Throws: `OptionError`.
  package init(name: String, words: String, thresholds: String) throws {
    try require(name == "jaccard", "--baseline \(name): expected jaccard")
    self.init()
    gramLengths = parts(words).compactMap { Int($0) }
    try require(
      gramLengths.count == parts(words).count
        && gramLengths.allSatisfy { (1...100).contains($0) },
      "--jaccard-words \(words): expected whole numbers from 1 to 100")
    self.thresholds = parts(thresholds).compactMap { Double($0) }
    try require(
      self.thresholds.count == parts(thresholds).count
        && self.thresholds.allSatisfy { $0 > 0 && $0 <= 1 },
      "--jaccard-thresholds \(thresholds): expected numbers above 0, at most 1")
  }
}

extension LinkageSettings.Annotations {
  /// Labels from Label Studio as options say it; nil for none.
  ///
  /// - Parameters:
  ///   - file: The export; nil for none.
  ///   - keys: The two keys of a task's data, separated by a comma.
  ///   - choice: The choice that calls two records the same.
  ///   - column: The column of the CSV with their names; nil for the image's.
  ///   - labelColumn: The column of labels, which such labels take the place of.
  /// - Throws: `OptionError`.
  package init?(
    file: String?, keys: String?, choice: String, column: String?, labelColumn: String?
  ) throws {
    guard let file else {
      try require(
        keys == nil && column == nil, "--pair-keys and --pair-column belong to --label-studio")
      return nil
    }
    let names = parts(keys ?? "")
    try require(
      names.count == 2 && names.allSatisfy { !$0.isEmpty },
      "--label-studio needs --pair-keys A,B: the keys of a task's data that name its two records")
    try require(labelColumn == nil, "labels come from --label-studio or from --label-column")
    self.init(file: file, keys: names, choice: choice, column: column)
  }
}
