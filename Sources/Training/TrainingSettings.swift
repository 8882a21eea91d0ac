package import CLIP
import Runs

/// How batches are put together.
package struct BatchSettings: Sendable, Equatable {
  /// Pairs in a batch.
  package var size: Int
  /// Pairs of one label that come together; nil for pairs in any order.
  package var perLabel: Int?
  /// Labels that are hard to tell from one of the batch, which come beside it.
  package var hardNegatives: Int
  /// Rows whose activations are kept at once; nil for all of a batch.
  package var pieceSize: Int?

  /// Reads the section `batches`; losses that read labels need several of each label.
  init(_ section: ConfigurationSection, _ objective: TrainingObjective) throws {
    let positive = "a whole number from 1 to 1000000"
    size = try section.value("size", default: 64, expected: "a whole number from 2 to 1000000") {
      Self.upToMillion($0).flatMap { $0 > 1 ? $0 : nil }
    }
    perLabel = try section.optional("per-label", expected: positive, Self.upToMillion)
    if objective.usesLabels { perLabel = perLabel ?? 3 }
    hardNegatives = try section.value(
      "hard-negatives", default: 0, expected: ConfigurationSection.wholeNumber
    ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } }
    pieceSize = try section.optional("piece-size", expected: positive, Self.upToMillion)
    if let perLabel, perLabel > size {
      throw section.error(
        "per-label", "\(perLabel) pairs of a label are more than a batch of \(size)")
    }
    if objective.usesLabels, let perLabel, 2 * perLabel > size {
      throw section.error(
        "size", "is \(size); two labels with \(perLabel) pairs each do not fit into a batch")
    }
    if objective.usesLabels, perLabel == 1 {
      throw section.error("per-label", "is 1; a loss that compares labels needs 2 of each or more")
    }
    if hardNegatives > 0, perLabel == nil {
      throw section.error(
        "hard-negatives", "need batches.per-label: they are whole labels that come beside others")
    }
    try section.finish()
  }

  /// A number from 1 to a million, more than any batch or epoch in use.
  static func upToMillion(_ text: String) -> Int? {
    Int(text).flatMap { (1...1_000_000).contains($0) ? $0 : nil }
  }

  var canonicalSettings: [(String, String)] {
    [
      ("batches.size", "\(size)"), ("batches.per-label", perLabel.map(String.init) ?? ""),
      ("batches.hard-negatives", "\(hardNegatives)"),
      ("batches.piece-size", pieceSize.map(String.init) ?? ""),
    ]
  }
}

/// Optimiser and learning rate, as a user says them.
package struct OptimizationSettings: Sendable, Equatable {
  /// The learning rate after the warm-up.
  package var learningRate: Double
  /// The least learning rate of a cosine.
  package var leastLearningRate: Double
  /// Steps of warm-up.
  package var warmUpSteps: Int
  /// What follows the warm-up.
  package var course: Course
  /// Steps to the first restart.
  package var firstRestart: Int
  /// How many times longer each course is than the one before.
  package var restartFactor: Int
  /// AdamW's.
  package var adam: AdamW.Settings
  /// The most that the gradient's length may be; nil for no limit.
  package var gradientLimit: Double?

  /// What follows the warm-up.
  package enum Course: String, Sendable, CaseIterable {
    /// The same learning rate to the end.
    case constant
    /// Half a cosine to the end of the training, counted by the batches of the first epoch.
    case cosine
    /// Half cosines, each longer than the one before.
    case restarts = "cosine-warm-restarts"
  }

  /// Reads the section `optimizer`.
  init(_ section: ConfigurationSection) throws {
    func number(
      _ key: String, default fallback: Double, _ range: Range<Double>, _ expected: String
    ) throws -> Double {
      try section.value(key, default: fallback, expected: expected) { text in
        // As float32, as the optimiser has it: 1 − 1e-9 would be 1.
        Double(text).flatMap { range.contains($0) && range.contains(Double(Float($0))) ? $0 : nil }
      }
    }
    let infinite = Double.infinity
    learningRate = try number(
      "learning-rate", default: 1e-4, Double.leastNonzeroMagnitude..<infinite, "a number above 0")
    leastLearningRate = try number(
      "least-learning-rate", default: 0, 0..<infinite, "a number of 0 or more")
    guard leastLearningRate <= learningRate else {
      throw section.error("least-learning-rate", "is above the learning rate \(learningRate)")
    }
    func count(_ key: String, default fallback: Int, least: Int) throws -> Int {
      try section.value(key, default: fallback, expected: "a whole number from \(least)") { text in
        Int(text).flatMap { $0 >= least && $0 <= 1_000_000_000 ? $0 : nil }
      }
    }
    warmUpSteps = try count("warm-up-steps", default: 0, least: 0)
    course = try section.choice("course", default: Course.restarts)
    for key in ["first-restart", "restart-factor"] where section.has(key) && course != .restarts {
      throw section.error(
        key, "belongs to the course cosine-warm-restarts, and it is \(course.rawValue)")
    }
    firstRestart = try count("first-restart", default: 10, least: 1)
    restartFactor = try count("restart-factor", default: 2, least: 1)
    let share = "a number from 0 to below 1"
    adam = AdamW.Settings(
      firstDecay: Float(try number("beta1", default: 0.9, 0..<1, share)),
      secondDecay: Float(try number("beta2", default: 0.98, 0..<1, share)),
      epsilon: Float(
        try number("epsilon", default: 1e-6, 1e-30..<infinite, "a number above 0")),
      weightDecay: Float(
        try number("weight-decay", default: 0.1, 0..<infinite, "a number of 0 or more")))
    let limit = try section.value(
      "gradient-limit", default: 1.0, expected: "a number above 0, or none"
    ) { text in
      text == "none" ? .infinity : Double(text).flatMap { $0 > 0 ? $0 : nil }
    }
    gradientLimit = limit.isFinite ? limit : nil
    try section.finish()
  }

  /// The learning rate of every step of a training of so many.
  func schedule(steps: Int) -> LearningRateSchedule {
    let course: LearningRateSchedule.Course =
      switch course {
      case .constant: .constant
      case .cosine: .cosine(steps: max(1, steps - warmUpSteps))
      case .restarts: .cosineWarmRestarts(firstSteps: firstRestart, factor: restartFactor)
      }
    return LearningRateSchedule(
      rate: learningRate, warmUpSteps: warmUpSteps, course: course, leastRate: leastLearningRate)
  }

  var canonicalSettings: [(String, String)] {
    var settings = [
      ("optimizer.learning-rate", "\(learningRate)"),
      ("optimizer.least-learning-rate", "\(leastLearningRate)"),
      ("optimizer.warm-up-steps", "\(warmUpSteps)"), ("optimizer.course", course.rawValue),
    ]
    if course == .restarts {
      settings += [
        ("optimizer.first-restart", "\(firstRestart)"),
        ("optimizer.restart-factor", "\(restartFactor)"),
      ]
    }
    return settings + [
      ("optimizer.beta1", "\(adam.firstDecay)"), ("optimizer.beta2", "\(adam.secondDecay)"),
      ("optimizer.epsilon", "\(adam.epsilon)"), ("optimizer.weight-decay", "\(adam.weightDecay)"),
      ("optimizer.gradient-limit", gradientLimit.map { "\($0)" } ?? "none"),
    ]
  }
}

/// How the best model of a training is told from the others.
package struct TrainingValidationSettings: Sendable, Equatable {
  /// The number that decides.
  package var metric: Metric
  /// Epochs from one validation to the next.
  package var interval: Int
  /// Validations without a better one after which training ends; nil to go on to the end.
  package var patience: Int?

  /// A number that a validation gives.
  package enum Metric: String, Sendable, CaseIterable {
    /// The loss of the validation pairs; the smaller the better.
    case loss
    /// Zero-shot top-1 accuracy over the texture classes.
    case accuracy
    /// The share of validation pairs whose image picks its text, and text its image, among all of them.
    case recall
    /// The adjusted Rand index of single linkage at the best threshold.
    case adjustedRandIndex = "adjusted-rand-index"

    /// Whether `new` is better than `old`.
    func isBetter(_ new: Double, than old: Double) -> Bool {
      self == .loss ? new < old : new > old
    }
  }

  /// Reads the section `validation`.
  init(
    _ section: ConfigurationSection, _ objective: TrainingObjective, _ data: TrainingDataSettings
  ) throws {
    var available = [Metric.loss]
    if objective.usesLabels {
      available.append(.adjustedRandIndex)
    } else if case .textures = data.source {
      available.append(.accuracy)
    } else {
      available.append(.recall)
    }
    // A loss of pairs says best how far a fine-tune has come; labels have a score of their own.
    let fallback = available.contains(.recall) ? Metric.loss : available[1]
    if case .records(let records) = data.source, records.validation == .none {
      for key in ["metric", "patience"] where section.has(key) {
        throw section.error(
          key, "needs something to validate on: data.validation or data.validation-share")
      }
    }
    metric = try section.choice("metric", default: fallback)
    guard available.contains(metric) else {
      throw section.error(
        "metric",
        "is \(metric.rawValue); this loss and these data have "
          + available.map(\.rawValue).joined(separator: " and "))
    }
    let positive = "a whole number above 0"
    interval = try section.value(
      "interval", default: 1, expected: positive, ConfigurationSection.positive)
    patience = try section.optional("patience", expected: positive, ConfigurationSection.positive)
    try section.finish()
  }

  var canonicalSettings: [(String, String)] {
    [
      ("validation.metric", metric.rawValue), ("validation.interval", "\(interval)"),
      ("validation.patience", patience.map(String.init) ?? ""),
    ]
  }
}
