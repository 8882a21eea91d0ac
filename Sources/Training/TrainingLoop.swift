import CLIP
import Files
import Foundation
import LinearAlgebra
import Runs

/// Epochs, steps, validations and checkpoints of a training, from its start or from a checkpoint.
final class TrainingLoop {
  let engine: TrainingEngine
  private(set) var progress: TrainingProgress
  private let plan: TrainingPlan
  private let output: TrainingOutput
  private let loader: BatchLoader
  private let validation: TrainingValidation?
  private let log: TrainingLog
  private let isQuiet: Bool
  private var lastSave = ContinuousClock.now

  /// A loop at its start, or where the checkpoint in the output folder is.
  ///
  /// - Throws: `FileError` when the checkpoint is damaged or belongs to another plan.
  init(
    _ plan: TrainingPlan, _ input: TrainingInput, _ output: TrainingOutput, goesOn: Bool,
    isQuiet: Bool
  ) throws {
    func loader(
      _ examples: any TrainingExamples, augmented: Bool
    ) throws -> BatchLoader {
      try BatchLoader(
        examples, model: input.model, towers: plan.objective.towers,
        augmentation: augmented ? plan.augmentation : nil, seed: plan.seed)
    }
    let training = try loader(input.training, augmented: true)
    let steps = plan.batches(training.examples.labels, seed: plan.seed, epoch: 0).count
    engine = TrainingEngine(
      try TrainableCLIP(input.model, trained: plan.towers, read: plan.objective.towers),
      plan.objective,
      TrainingEngine.Settings(
        schedule: plan.optimization.schedule(steps: plan.epochs * steps),
        optimizer: plan.optimization.adam, gradientLimit: plan.optimization.gradientLimit,
        pieceSize: plan.batches.pieceSize))
    validation = try input.validation.map {
      TrainingValidation(
        loader: try loader($0, augmented: false), objective: plan.objective,
        batches: plan.batches, seed: plan.seed, classes: input.classes)
    }
    progress = TrainingProgress(plan, data: "\(input.digest)")
    if goesOn {
      let saved = try engine.restore(TrainingProgress.self, from: output.checkpoint)
      if let difference = progress.difference(from: saved) {
        throw FileError(
          output.checkpoint,
          "belongs to another plan: \(difference); undo that, or name another output")
      }
      guard saved.isPossible(epochs: plan.epochs, labels: training.examples.labels) else {
        throw FileError(
          output.checkpoint,
          "is damaged: it is of an epoch, a batch or a length of the log that the training cannot have; start anew"
        )
      }
      progress = saved
      announce("going on at step \(engine.step)", isQuiet: isQuiet)
    } else {
      output.remove(output.log)
      output.remove(output.model)
    }
    log = try TrainingLog(output.log, keeping: progress.logBytes, digest: progress.logDigest)
    self.plan = plan
    self.output = output
    self.loader = training
    self.isQuiet = isQuiet
  }

  /// Trains to the end.
  ///
  /// - Throws: `RunError.interruptedTraining` after saving when a signal has come; `.failure` with
  ///   the step when the loss, a gradient or a parameter is not finite or the loss explodes.
  func run() throws {
    do {
      engine.model.control = ComputationControl(isCancelled: { Interruption.isRequested })
      if engine.step == 0, progress.best == nil {
        // What training starts from is the first to be beaten.
        try validate(epochs: 0, trainingLoss: nil)
      }
      let remaining = plan.epochs - progress.epoch
      var bar = ProgressBar("pairs", total: remaining * pairsAnEpoch - pairsDone, isQuiet: isQuiet)
      while progress.epoch < plan.epochs, !hasEndedEarly { try runEpoch(&bar) }
    } catch  where Self.isInterruption(error) {
      // A step that was cut off is taken again: parameters and optimiser are those of the step before.
      try save()
      throw RunError.interruptedTraining(step: engine.step, output: plan.output)
    }
    if progress.epoch < plan.epochs {
      announce(
        "no better validation in \(progress.validationsSinceBest): the training ends early",
        isQuiet: isQuiet)
    }
  }

  private static func isInterruption(_ error: any Error) -> Bool {
    if case RunError.interrupted = error { return true }
    return error is CancellationError
  }

  private var hasEndedEarly: Bool {
    plan.validation.patience.map { progress.validationsSinceBest >= $0 } ?? false
  }

  private var batches: [[Int]] {
    plan.batches(
      loader.examples.labels, seed: plan.seed, epoch: progress.epoch,
      neighbors: progress.neighbors)
  }

  private var pairsAnEpoch: Int { batches.reduce(0) { $0 + $1.count } }

  private var pairsDone: Int { batches.prefix(progress.batch).reduce(0) { $0 + $1.count } }

  private func runEpoch(_ bar: inout ProgressBar) throws {
    if progress.batch == 0, plan.batches.hardNegatives > 0 {
      progress.neighbors = try stopping {
        try HardNegatives.neighbors(
          plan.batches.hardNegatives, loader, engine.model, plan.objective, seed: plan.seed,
          epoch: progress.epoch)
      }
    }
    let batches = batches
    while progress.batch < batches.count {
      try Interruption.check()
      try step(batches[progress.batch])
      bar.advance(by: batches[progress.batch - 1].count)
    }
    try requireFiniteParameters()
    let epochs = progress.epoch + 1
    if epochs.isMultiple(of: plan.validation.interval) || epochs == plan.epochs {
      // Until it is done, a run that goes on begins with it.
      try validate(
        epochs: epochs, trainingLoss: progress.lossSum / Double(max(1, batches.count)))
    }
    progress.epoch = epochs
    progress.batch = 0
    progress.lossSum = 0
    try save()
  }

  private func step(_ rows: [Int]) throws {
    let batch = try loader.batch(rows, epoch: progress.epoch)
    if let first = progress.firstLoss {
      engine.settings.lossLimit = Self.explosion * max(1, first)
    }
    let report = try stopping { try engine.takeStep(batch) }
    progress.firstLoss = progress.firstLoss ?? report.loss
    if report.step.isMultiple(of: plan.logInterval) {
      try log.append(TrainingLog.Step(report, epoch: progress.epoch))
    }
    progress.lossSum += report.loss
    progress.batch += 1
    if ContinuousClock.now - lastSave > Self.saveInterval { try save() }
  }

  /// The loss has exploded when it is so many times what it was at first.
  private static let explosion = 20.0

  private static let saveInterval = Duration.seconds(300)

  /// Runs `body`; a fault of the training ends it with a line in the log and the step in the message.
  private func stopping<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as TrainingError {
      let reason: String
      switch error {
      case .fault(let text), .stopped(_, let text): reason = text
      }
      try log.append(TrainingLog.Stop(step: engine.step, reason: reason))
      throw RunError.failure(
        "training stopped at step \(engine.step) (epoch \(progress.epoch)): \(reason). "
          + "What is left: \(output.kept(progress.best))")
    }
  }

  private func requireFiniteParameters() throws {
    try stopping {
      guard engine.model.parameters.isFinite else {
        throw TrainingError.fault("a parameter is not finite; lower the learning rate")
      }
    }
  }

  private func save() throws {
    try Interruption.whileFinishing {
      // A step that went wrong may show only in the next one: the checkpoint before it stays.
      try requireFiniteParameters()
      try log.synchronize()
      progress.logBytes = log.byteCount
      progress.logDigest = log.digest
      try engine.save(progress, to: output.checkpoint)
      lastSave = .now
    }
  }

  /// Writes the model, and keeps what was written in mind.
  private func export() throws {
    let names = try engine.model.export(to: output.model, as: plan.weights)
    progress.model = try output.modelDigests(names)
  }

  /// Measures the model; writes it when it is the best, or when nothing tells.
  private func validate(epochs: Int, trainingLoss: Double?) throws {
    guard let validation else {
      if epochs > 0 { try export() }
      try log.append(
        TrainingLog.Validation(
          epochs: epochs, steps: engine.step, scores: [:], isBest: nil, trainingLoss: trainingLoss))
      return say(epochs, trainingLoss, [:], "")
    }
    let scores = try stopping { try validation.scores(engine.model) }
    let named = Dictionary(uniqueKeysWithValues: scores.map { ($0.key.rawValue, $0.value) })
    guard let value = scores[plan.validation.metric] else {
      preconditionFailure("a validation without the number that decides")
    }
    let isBest =
      progress.best.map { plan.validation.metric.isBetter(value, than: $0.value) } ?? true
    if isBest { progress.best = .init(epochs: epochs, value: value, scores: named) }
    progress.validationsSinceBest = isBest ? 0 : progress.validationsSinceBest + 1
    // Before the first step there is nothing that the source is not.
    if isBest, epochs > 0 { try export() }
    try log.append(
      TrainingLog.Validation(
        epochs: epochs, steps: engine.step, scores: named, isBest: isBest,
        trainingLoss: trainingLoss))
    say(epochs, trainingLoss, named, isBest && epochs > 0 ? " (the best so far)" : "")
  }

  private func say(
    _ epochs: Int, _ trainingLoss: Double?, _ scores: [String: Double], _ end: String
  ) {
    let numbers = trainingLoss.map { [("training loss", $0)] } ?? []
    let text = (numbers + scores.sorted { $0.key < $1.key }).map {
      "\($0.0) \(String(format: "%.4f", $0.1))"
    }
    if text.isEmpty { return }
    announce(
      "epoch \(epochs) of \(plan.epochs): \(text.joined(separator: ", "))\(end)",
      isQuiet: isQuiet)
  }
}

extension TrainingPlan {
  /// An epoch's batches of pairs with these labels.
  func batches(
    _ labels: [Int?], seed: UInt64, epoch: Int, neighbors: [[Int]]? = nil
  ) -> [[Int]] {
    guard let perLabel = batches.perLabel else {
      return BatchPlan(shuffling: labels.count, size: batches.size, seed: seed, epoch: epoch)
        .batches
    }
    return BatchPlan(
      labels: labels, perLabel: perLabel, size: batches.size,
      needsPartners: objective.usesLabels, neighbors: neighbors, seed: seed, epoch: epoch
    ).batches
  }
}
