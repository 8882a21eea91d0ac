import CLIP
import Files
import Foundation
import Images
import LinearAlgebra

/// A training from its plan to the model that it leaves, as `topoclip train` does it.
///
/// Images → changed images → batches → steps; after every epoch a validation, which tells whether the model
/// is the best so far and is written. The output folder gets `model/` (Hugging Face layout), `log.jsonl` and
/// `training.json`; `checkpoint.safetensors` while it runs. The same plan gives the same model and log, byte
/// for byte, however often it is interrupted and on any number of threads.
public final class TrainingRun {
  private let plan: TrainingPlan
  private let arguments: [String]
  private let isQuiet: Bool
  private let clock = StageClock()
  private let startedAt = Date()
  private var lastSave = ContinuousClock.now

  /// A run of a plan; `arguments` are the command line, for the report.
  public init(_ plan: TrainingPlan, arguments: [String], isQuiet: Bool) {
    self.plan = plan
    self.arguments = arguments
    self.isQuiet = isQuiet
  }

  private var checkpoint: String { plan.output + "/checkpoint.safetensors" }
  private var modelFolder: String { plan.output + "/model" }
  private var report: String { plan.output + "/training.json" }
  private var logFile: String { plan.output + "/log.jsonl" }

  /// Trains to the end, or until a signal comes.
  ///
  /// - Parameter resumes: Whether a run that is in the output folder goes on; without one there a new run
  ///   begins.
  /// - Returns: A summary for a person.
  /// - Throws: `FileError` or `ExperimentError` saying what is wrong; `.interrupted` after saving;
  ///   `.failure` with the step when the loss or a gradient is not finite or the loss explodes, the last
  ///   checkpoint and the best model kept.
  public func execute(resumes: Bool) throws -> String {
    let manager = FileManager.default
    if manager.fileExists(atPath: report) {
      guard resumes else { throw occupied("a finished training") }
      return "\(plan.output): finished already; \(report) tells how\n"
    }
    let goesOn = manager.fileExists(atPath: checkpoint)
    guard resumes || !goesOn else { throw occupied("an unfinished training; --resume goes on") }

    let input = try clock.measure("load") { try TrainingInput(plan) }
    for message in input.messages { announce(message, isQuiet: isQuiet) }
    let model = try TrainableCLIP(
      input.model, trained: plan.towers, read: plan.objective.towers)
    let loader = try self.loader(input.training, input, augmentation: plan.augmentation)
    let validation = try input.validation.map {
      TrainingValidation(
        loader: try self.loader($0, input, augmentation: nil), objective: plan.objective,
        batches: plan.batches, seed: plan.seed, classes: input.classes)
    }
    var progress = TrainingProgress(plan, data: "\(input.digest)")
    let stepsAnEpoch = batches(loader, epoch: 0, neighbors: nil).count
    let engine = TrainingEngine(
      model, plan.objective,
      TrainingEngine.Settings(
        schedule: plan.optimization.schedule(steps: plan.epochs * stepsAnEpoch),
        optimizer: plan.optimization.adam, gradientLimit: plan.optimization.gradientLimit,
        pieceSize: plan.batches.pieceSize))
    if goesOn {
      let saved = try engine.restore(TrainingProgress.self, from: checkpoint)
      if let difference = progress.difference(from: saved) {
        throw FileError(
          checkpoint, "belongs to another plan: \(difference); undo that, or name another output")
      }
      progress = saved
      announce("going on at step \(engine.step)", isQuiet: isQuiet)
    } else {
      try? manager.removeItem(atPath: logFile)
      try? manager.removeItem(atPath: modelFolder)
    }
    let log = try TrainingLog(logFile, keeping: progress.logBytes)
    try clock.measure("train") {
      try train(engine, loader, validation, log, &progress)
    }
    return try finish(engine, input, progress)
  }

  private func occupied(_ what: String) -> ExperimentError {
    .failure("\(plan.output) holds \(what); remove it or name another --output")
  }

  private func loader(
    _ examples: any TrainingExamples, _ input: TrainingInput, augmentation: Augmentation?
  ) throws -> BatchLoader {
    try BatchLoader(
      examples, model: input.model, towers: plan.objective.towers, augmentation: augmentation,
      seed: plan.seed)
  }

  private func batches(_ loader: BatchLoader, epoch: Int, neighbors: [[Int]]?) -> [[Int]] {
    let labels = loader.examples.labels
    guard let perLabel = plan.batches.perLabel else {
      return BatchPlan(
        shuffling: labels.count, size: plan.batches.size, seed: plan.seed, epoch: epoch
      ).batches
    }
    return BatchPlan(
      labels: labels, perLabel: perLabel, size: plan.batches.size,
      needsPartners: plan.objective.usesLabels, neighbors: neighbors, seed: plan.seed,
      epoch: epoch
    ).batches
  }

  // MARK: The loop

  private func train(
    _ engine: TrainingEngine, _ loader: BatchLoader, _ validation: TrainingValidation?,
    _ log: TrainingLog, _ progress: inout TrainingProgress
  ) throws {
    if engine.step == 0, progress.best == nil {
      // What training starts from is the first to be beaten.
      try validate(engine, validation, log, &progress, epochs: 0, trainingLoss: nil)
    }
    let pairs = batches(loader, epoch: 0, neighbors: nil).map(\.count)
    var bar = Progress(
      "pairs",
      total: pairs.reduce(0, +) * (plan.epochs - progress.epoch)
        - pairs.prefix(progress.batch).reduce(0, +), isQuiet: isQuiet)
    while progress.epoch < plan.epochs {
      if progress.batch == 0, plan.batches.hardNegatives > 0 {
        progress.neighbors = try HardNegatives.neighbors(
          plan.batches.hardNegatives, loader, engine.model, plan.objective, seed: plan.seed,
          epoch: progress.epoch)
      }
      let batches = batches(loader, epoch: progress.epoch, neighbors: progress.neighbors)
      while progress.batch < batches.count {
        try step(engine, loader, batches[progress.batch], log, &progress)
        bar.advance(by: batches[progress.batch - 1].count)
      }
      let mean = progress.lossSum / Double(batches.count)
      progress.epoch += 1
      progress.batch = 0
      progress.lossSum = 0
      let isDue = progress.epoch.isMultiple(of: plan.validation.interval)
      if isDue || progress.epoch == plan.epochs {
        try validate(
          engine, validation, log, &progress, epochs: progress.epoch, trainingLoss: mean)
      }
      try save(engine, log, &progress)
      if let patience = plan.validation.patience, progress.validationsSinceBest >= patience {
        announce(
          "no better validation in \(patience): the training ends early", isQuiet: isQuiet)
        break
      }
    }
  }

  private func step(
    _ engine: TrainingEngine, _ loader: BatchLoader, _ rows: [Int], _ log: TrainingLog,
    _ progress: inout TrainingProgress
  ) throws {
    if Interruption.isRequested {
      try save(engine, log, &progress)
      throw ExperimentError.interruptedTraining(step: engine.step, output: plan.output)
    }
    let batch = try loader.batch(rows, epoch: progress.epoch).batch
    do {
      let report = try engine.takeStep(batch)
      if report.step.isMultiple(of: plan.logInterval) {
        try log.append(TrainingLog.Step(report, epoch: progress.epoch))
      }
      progress.lossSum += report.loss
      progress.batch += 1
    } catch TrainingError.stopped(let step, let reason) {
      try log.append(TrainingLog.Stop(step: step, reason: reason))
      throw ExperimentError.failure(
        "training stopped at step \(step) (epoch \(progress.epoch)): \(reason). \(kept(progress))")
    }
    if ContinuousClock.now - lastSave > Self.saveInterval { try save(engine, log, &progress) }
  }

  private static let saveInterval = Duration.seconds(300)

  /// What a training that stopped has left.
  private func kept(_ progress: TrainingProgress) -> String {
    let manager = FileManager.default
    var parts: [String] = []
    if manager.fileExists(atPath: checkpoint) {
      parts.append("the last good checkpoint is kept in \(checkpoint)")
    }
    if manager.fileExists(atPath: modelFolder), let best = progress.best {
      parts.append("the best model, of epoch \(best.epochs), in \(modelFolder)")
    }
    return parts.isEmpty ? "Nothing had been saved yet" : parts.joined(separator: "; ")
  }

  private func save(
    _ engine: TrainingEngine, _ log: TrainingLog, _ progress: inout TrainingProgress
  ) throws {
    try log.synchronize()
    progress.logBytes = log.byteCount
    try engine.save(progress, to: checkpoint)
    lastSave = .now
  }

  /// Measures the model; writes it when it is the best, or when nothing tells.
  private func validate(
    _ engine: TrainingEngine, _ validation: TrainingValidation?, _ log: TrainingLog,
    _ progress: inout TrainingProgress, epochs: Int, trainingLoss: Double?
  ) throws {
    let scores = try fault { try validation?.scores(engine.model) } ?? [:]
    let metric = plan.validation.metric
    let named = Dictionary(uniqueKeysWithValues: scores.map { ($0.key.rawValue, $0.value) })
    var isBest = validation == nil
    if let value = scores[metric] {
      isBest = progress.best.map { metric.isBetter(value, than: $0.value) } ?? true
      if isBest { progress.best = .init(epochs: epochs, value: value, scores: named) }
      progress.validationsSinceBest = isBest ? 0 : progress.validationsSinceBest + 1
    }
    // Before the first step there is nothing that the source is not.
    if isBest, epochs > 0 { try engine.model.export(to: modelFolder, as: plan.weights) }
    try log.append(
      TrainingLog.Validation(
        epochs: epochs, steps: engine.step, scores: named, isBest: isBest,
        trainingLoss: trainingLoss))
    let numbers = scores.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "\($0.key.rawValue) \(Self.rounded($0.value))"
    }
    let loss = trainingLoss.map { ["training loss \(Self.rounded($0))"] } ?? []
    announce(
      "epoch \(epochs) of \(plan.epochs): \((loss + numbers).joined(separator: ", "))"
        + (isBest && validation != nil && epochs > 0 ? " (the best so far)" : ""),
      isQuiet: isQuiet)
  }

  private func fault<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch TrainingError.fault(let reason) {
      throw ExperimentError.failure("validation: \(reason)")
    }
  }

  private static func rounded(_ value: Double) -> String { String(format: "%.4f", value) }

  // MARK: The end

  private func finish(
    _ engine: TrainingEngine, _ input: TrainingInput, _ progress: TrainingProgress
  ) throws -> String {
    let hasModel = FileManager.default.fileExists(atPath: modelFolder)
    let manifest = try TrainingManifest(
      plan: plan, arguments: arguments, startedAt: startedAt, input: input, progress: progress,
      steps: engine.step, stages: clock.stages, modelFolder: hasModel ? modelFolder : nil,
      log: logFile)
    try manifest.write(to: report)
    try? FileManager.default.removeItem(atPath: checkpoint)
    guard hasModel else {
      return "\(plan.output): no validation was better than that of the model at the start; none is "
        + "written\n"
    }
    let how = progress.best.map {
      "the best, of epoch \($0.epochs) (\(plan.validation.metric.rawValue) "
        + "\(Self.rounded($0.value)))"
    }
    return "\(modelFolder): \(how ?? "the last of \(progress.epoch) epochs")\n"
  }
}
