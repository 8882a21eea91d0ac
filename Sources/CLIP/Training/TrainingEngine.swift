import Foundation

/// Steps of training: gradient, clipping, optimiser, learning rate, and a watch over all of them.
public final class TrainingEngine {
  /// What the user chooses.
  public struct Settings: Sendable, Equatable, Codable {
    /// The learning rate of every step.
    public var schedule: LearningRateSchedule
    /// The optimiser's.
    public var optimizer: AdamW.Settings
    /// The most that the gradient's length may be, above which it is scaled down; nil for no limit.
    public var gradientLimit: Double?
    /// The most that cosines may be multiplied by, CLIP's own being 100; nil for no limit.
    public var logitFactorLimit: Double?
    /// The loss above which training counts as having exploded.
    public var lossLimit: Double
    /// Rows whose activations are kept at once; nil for all of a batch.
    public var pieceSize: Int?

    /// Settings with CLIP's limit on the logit scale.
    public init(
      schedule: LearningRateSchedule, optimizer: AdamW.Settings = AdamW.Settings(),
      gradientLimit: Double? = 1, logitFactorLimit: Double? = 100, lossLimit: Double = 1000,
      pieceSize: Int? = nil
    ) {
      self.schedule = schedule
      self.optimizer = optimizer
      self.gradientLimit = gradientLimit
      self.logitFactorLimit = logitFactorLimit
      self.lossLimit = lossLimit
      self.pieceSize = pieceSize
    }
  }

  /// What a step did.
  public struct Report: Sendable, Equatable {
    /// The step, counted from 0.
    public let step: Int
    /// The batch's loss before it.
    public let loss: Double
    /// The learning rate.
    public let learningRate: Double
    /// The gradient's length before clipping.
    public let gradientNorm: Double
    /// What cosines were multiplied by.
    public let logitFactor: Double
  }

  /// The model that is trained.
  public let model: TrainableCLIP
  /// What is made small.
  public let objective: TrainingObjective
  /// What the user chose; what changes on the way counts from the next step on.
  public var settings: Settings
  /// The optimiser, with the number of steps taken.
  public let optimizer: AdamW

  /// An engine at step 0.
  public init(_ model: TrainableCLIP, _ objective: TrainingObjective, _ settings: Settings) {
    self.model = model
    self.objective = objective
    self.settings = settings
    optimizer = AdamW(model.parameters, settings.optimizer)
  }

  /// Steps taken.
  public var step: Int { optimizer.step }

  /// Takes one step on a batch.
  ///
  /// - Throws: `TrainingError.stopped` with the step when the loss or a gradient is not finite, or the
  ///   loss has exploded; `CancellationError` when the model's `control` says so. Parameters and optimiser are then as the step before left them.
  @discardableResult
  public func takeStep(_ batch: TrainingBatch) throws -> Report {
    func stop(_ reason: String) -> TrainingError { .stopped(step: step, reason: reason) }
    let loss: Double
    do {
      loss = try model.computeGradient(batch, objective, pieceSize: settings.pieceSize)
    } catch TrainingError.fault(let reason) {
      throw stop(reason)
    }
    guard loss.isFinite else { throw stop("the loss is \(loss)") }
    guard loss <= settings.lossLimit else {
      throw stop(
        "the loss has exploded to \(loss), above \(settings.lossLimit); lower the learning rate")
    }
    let norm = model.parameters.gradientNorm()
    guard norm.isFinite else {
      let name = model.parameters.firstTensorWithoutFiniteGradient() ?? "the whole model"
      throw stop("the gradient of \(name) is not finite; lower the learning rate")
    }
    let rate = settings.schedule.rate(atStep: step)
    let factor = exp(model.logitScale)
    let report = Report(
      step: step, loss: loss, learningRate: rate, gradientNorm: norm, logitFactor: factor)
    // The reference implementation adds 1e-6 too.
    let scale = settings.gradientLimit.map { min(1, $0 / (norm + 1e-6)) } ?? 1
    optimizer.takeStep(learningRate: rate, gradientScale: scale)
    if let limit = settings.logitFactorLimit, model.logitScale > log(limit) {
      model.parameters.replace("logit_scale", with: [Float(log(limit))])
    }
    return report
  }
}
