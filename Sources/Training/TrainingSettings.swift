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
    size = try section.count("size", in: 2...1_000_000, default: 64)
    perLabel = try section.optionalCount("per-label", in: Self.range)
    if objective.usesLabels { perLabel = perLabel ?? 3 }
    hardNegatives = try section.count("hard-negatives", in: 0...1_000_000, default: 0)
    pieceSize = try section.optionalCount("piece-size", in: Self.range)
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

  /// More than any batch in use.
  private static let range = 1...1_000_000

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
    // All of it is float32 to the optimiser, which holds these ranges.
    learningRate = try section.number("learning-rate", in: .factors, default: 1e-4)
    leastLearningRate = try section.number("least-learning-rate", in: .factorsOrZero, default: 0)
    guard leastLearningRate <= learningRate else {
      throw section.error("least-learning-rate", "is above the learning rate \(learningRate)")
    }
    warmUpSteps = try section.count("warm-up-steps", in: .steps, default: 0)
    course = try section.choice("course", default: Course.restarts)
    for key in ["first-restart", "restart-factor"] where section.has(key) && course != .restarts {
      throw section.error(
        key, "belongs to the course cosine-warm-restarts, and it is \(course.rawValue)")
    }
    firstRestart = try section.count("first-restart", in: 1...1_000_000_000, default: 10)
    restartFactor = try section.count("restart-factor", in: 1...1000, default: 2)
    // As float32, as the optimiser has it: 1 − 1e-9 would be 1.
    func decay(_ key: String, default fallback: Double) throws -> Float {
      try section.value(key, default: Float(fallback), expected: "a number from 0 to below 1") {
        text in
        Double(text).flatMap { (0..<1).contains($0) && Float($0) < 1 ? Float($0) : nil }
      }
    }
    adam = AdamW.Settings(
      firstDecay: try decay("beta1", default: 0.9), secondDecay: try decay("beta2", default: 0.98),
      epsilon: Float(try section.number("epsilon", in: 1e-30...1e12, default: 1e-6)),
      weightDecay: Float(try section.number("weight-decay", in: .factorsOrZero, default: 0.1)))
    let factors = ClosedRange<Double>.factors
    let limit = try section.value(
      "gradient-limit", default: 1.0, expected: "\(factors.words), or none"
    ) { text in text == "none" ? .infinity : factors.number(text) }
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
    interval = try section.count("interval", in: .passes, default: 1)
    patience = try section.optionalCount("patience", in: .passes)
    try section.finish()
  }

  var canonicalSettings: [(String, String)] {
    [
      ("validation.metric", metric.rawValue), ("validation.interval", "\(interval)"),
      ("validation.patience", patience.map(String.init) ?? ""),
    ]
  }
}
