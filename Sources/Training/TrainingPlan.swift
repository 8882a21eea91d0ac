package import CLIP
package import Files
import Foundation
package import Images
package import Runs

/// Everything that decides what a training makes, from a YAML file and assignments over it.
package struct TrainingPlan: Sendable {
  /// The name; the output is `results/NAME` unless `output` says otherwise.
  package var name: String
  /// The seed of all that is random: new weights, order, captions, augmentation.
  package var seed: UInt64
  /// What is trained.
  package var start: TrainingStart
  /// The towers whose parameters change.
  package var towers: Set<Tower>
  /// The pairs.
  package var data: TrainingDataSettings
  /// The loss.
  package var objective: TrainingObjective
  /// How batches are put together.
  package var batches: BatchSettings
  /// What is done to the images of training.
  package var augmentation: Augmentation
  /// How often every pair is seen.
  package var epochs: Int
  /// The optimiser, as the file says it: the schedule's length depends on the data.
  package var optimization: OptimizationSettings
  /// How the best model is told.
  package var validation: TrainingValidationSettings
  /// The precision of the weights that are written.
  package var weights: Safetensors.NumberFormat
  /// Steps from one line of the log to the next.
  package var logInterval: Int
  /// The output folder.
  package var output: String
  /// The file that it was read from; nil where there is none.
  private var file: String?

  /// The files that it consists of and names, which may lie in the output folder.
  var inputs: [String] {
    var files = [file].compactMap(\.self)
    if case .records(let records) = data.source {
      files.append(records.file)
      if case .file(let validation) = records.validation { files.append(validation) }
    }
    return files
  }

  /// Reads a plan.
  ///
  /// - Parameters:
  ///   - file: A YAML file.
  ///   - assignments: Values over it, the last of equals wins.
  /// - Throws: `FileError` or `RunError` naming the line or option, what it holds, and what was
  ///   expected.
  package init(file: String, assignments: [Assignment] = []) throws {
    let fallback = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    let tree = try ConfigurationTree(yaml: FileContents.readText(file), file: file)
    try ConfigurationKind.trainingPlan.require(ConfigurationSection(tree), file: file)
    try self.init(tree, assignments: assignments, fallbackName: fallback)
    self.file = file
  }

  init(
    _ tree: ConfigurationTree, assignments: [Assignment], fallbackName: String
  ) throws {
    var tree = tree
    for assignment in assignments {
      tree = try tree.setting(
        assignment.keys[...], to: assignment.text, place: assignment.place)
    }
    let root = try ConfigurationSection(tree)
    name = try root.value("name", default: fallbackName, expected: "a name without \"/\"") {
      $0.hasSlash || $0.hasPrefix(".") ? nil : $0
    }
    seed = try root.value("seed", default: 0, expected: ConfigurationSection.wholeNumber) {
      UInt64($0)
    }
    start = try TrainingStart(root)
    data = try TrainingDataSettings(root.section("data"))
    objective = try Self.objective(root.section("objective"))
    let named = try root.list("towers", expected: "image, text, or both separated by a comma") {
      ["image": Tower.vision, "text": .text][$0]
    }
    towers = named.map { Set($0) } ?? objective.towers
    guard towers.isSubset(of: objective.towers) else {
      throw root.error(
        "towers",
        "the loss does not read the \(Self.text(towers.subtracting(objective.towers))) tower, which "
          + "could not learn; leave it out or change objective.image-weight")
    }
    batches = try BatchSettings(root.section("batches"), objective)
    augmentation = try Augmentation(root.section("augmentation"))
    epochs = try root.count("epochs", in: .passes, default: 30)
    optimization = try OptimizationSettings(root.section("optimizer"))
    validation = try TrainingValidationSettings(root.section("validation"), objective, data)
    weights = try root.choice("weights", default: Safetensors.NumberFormat.float32)
    logInterval = try root.count("log-interval", in: 1...1_000_000_000, default: 1)
    output =
      try root.optional("output", expected: "a path") { $0 } ?? "results/\(name)"
    try root.finish()
  }

  private static func objective(_ section: ConfigurationSection) throws -> TrainingObjective {
    enum Loss: String, CaseIterable {
      case imageText = "image-text"
      case supervised, pairwise
    }
    let loss = try section.choice("loss", default: Loss.imageText)
    func number(
      _ key: String, in range: ClosedRange<Double>, default fallback: Double, for owner: Loss
    ) throws -> Double {
      if section.has(key), loss != owner {
        throw section.error(
          key, "belongs to the loss \(owner.rawValue), and the loss is \(loss.rawValue)")
      }
      return try section.number(key, in: range, default: fallback)
    }
    let temperature = try number("temperature", in: 1e-6...1e6, default: 0.1, for: .supervised)
    let pairwise = PairwiseContrastiveLoss(
      positiveMargin: try number(
        "positive-margin", in: .factorsOrZero, default: 0, for: .pairwise),
      negativeMargin: try number(
        "negative-margin", in: .factorsOrZero, default: 0.5, for: .pairwise))
    let weight = try section.optional("image-weight", expected: "a number from 0 to 1") { text in
      Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
    }
    if weight != nil, loss == .imageText {
      throw section.error(
        "image-weight", "belongs to the losses supervised and pairwise; image-text has none")
    }
    try section.finish()
    return switch loss {
    case .imageText: .imageText
    case .supervised:
      .supervised(
        SupervisedContrastiveLoss(temperature: temperature), imageWeight: weight ?? 0.5)
    case .pairwise: .pairwise(pairwise, imageWeight: weight ?? 0.5)
    }
  }

  static func text(_ towers: Set<Tower>) -> String {
    towers.map { $0 == .vision ? "image" : "text" }.sorted().joined(separator: ",")
  }

  /// The settings that decide the result, in one order; where it goes is not among them.
  package var canonicalSettings: [(key: String, value: String)] {
    var settings = [("name", name), ("seed", "\(seed)")] + start.canonicalSettings
    settings += [("towers", Self.text(towers))] + data.canonicalSettings
    settings += objective.canonicalSettings + batches.canonicalSettings
    settings += augmentation.canonicalSettings + [("epochs", "\(epochs)")]
    settings += optimization.canonicalSettings + validation.canonicalSettings
    settings += [("weights", weights.rawValue), ("log-interval", "\(logInterval)")]
    return settings.map { (key: $0.0, value: $0.1) }
  }

  /// SHA-256 over the canonical settings.
  package var digest: Digest {
    Digest(of: canonicalSettings.map { "\($0.key)=\($0.value)\n" }.joined())
  }
}

extension TrainingObjective {
  /// The image's part of the embedding that the loss compares; nil for the loss between images and texts.
  var imageWeight: Double? {
    switch self {
    case .imageText: nil
    case .supervised(_, let weight), .pairwise(_, let weight): weight
    }
  }

  var canonicalSettings: [(String, String)] {
    switch self {
    case .imageText: [("objective.loss", "image-text")]
    case .supervised(let loss, let weight):
      [
        ("objective.loss", "supervised"), ("objective.temperature", "\(loss.temperature)"),
        ("objective.image-weight", "\(weight)"),
      ]
    case .pairwise(let loss, let weight):
      [
        ("objective.loss", "pairwise"), ("objective.positive-margin", "\(loss.positiveMargin)"),
        ("objective.negative-margin", "\(loss.negativeMargin)"),
        ("objective.image-weight", "\(weight)"),
      ]
    }
  }
}

extension Augmentation {
  /// Reads the keys `crop`, `flip` and `color`.
  init(_ section: ConfigurationSection) throws {
    let crop = try section.value(
      "crop", default: 1.0, expected: "the least share of the area that stays, above 0, at most 1"
    ) { text in Double(text).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil } }
    let flips = try section.value("flip", default: false, expected: "true or false") { Bool($0) }
    let color = try section.value("color", default: 0.0, expected: "a number from 0 to below 1") {
      text in Double(text).flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
    }
    self.init(leastArea: crop, flips: flips, color: color)
    try section.finish()
  }

  var canonicalSettings: [(String, String)] {
    [
      ("augmentation.crop", "\(leastArea)"), ("augmentation.flip", "\(flips)"),
      ("augmentation.color", "\(color)"),
    ]
  }
}
