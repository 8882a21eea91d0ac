import CLIP
import Files
import Foundation
import Runs
import Version

extension TrainingManifest {
  /// What a manifest says of a training that has ended.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - arguments: The command line.
  ///   - startedAt: When the session began.
  ///   - input: What it was trained on.
  ///   - progress: Where it ended.
  ///   - steps: All steps.
  ///   - stages: Of the session.
  ///   - model: SHA-256 of the files of the model that was written; none when there is none.
  ///   - logDigest: SHA-256 of the log.
  init(
    plan: TrainingPlan, arguments: [String], startedAt: Date, input: TrainingInput,
    progress: TrainingProgress, steps: Int, stages: [StageUsage], model: [String: String],
    logDigest: String
  ) {
    self.init(
      program: .current, arguments: arguments, startedAt: startedAt, finishedAt: Date(),
      configuration: progress.settings, configurationDigest: "\(plan.digest)",
      source: Source(
        name: input.model.name, digest: "\(input.model.digest)",
        files: input.model.fileDigests.mapValues { "\($0)" }),
      data: Examples(
        digest: "\(input.digest)", pairs: input.training.labels.count,
        validationPairs: input.validation?.labels.count ?? 0, leftOut: input.leftOut),
      epochs: progress.epoch, steps: steps, metric: plan.validation.metric.rawValue,
      best: progress.best, model: model, logDigest: logDigest,
      remarks: input.messages, host: .current(), stages: stages)
  }
}
