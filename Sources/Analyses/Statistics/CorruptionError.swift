/// The errors of a classifier under a corruption of several severities, beside a baseline's.
///
/// Method: Hendrycks and Dietterich 2019, arXiv:1903.12261, section 4.1, whose baseline is AlexNet; the
/// numbers mean something only beside the name of the one that was taken.
public struct CorruptionError: Sendable, Equatable {
  /// Σ E_s / Σ E_s of the baseline; nil when the baseline makes no error.
  public let corruption: Double?
  /// Σ (E_s − E_clean) / Σ (E_s − E_clean) of the baseline: how much worse corruption makes it; nil when
  /// the baseline does not get worse.
  public let relative: Double?

  /// The errors, 1 − accuracy, at the same severities.
  ///
  /// - Parameters:
  ///   - errors: At each severity.
  ///   - clean: Without corruption.
  ///   - baselineErrors: The baseline's, at each severity.
  ///   - baselineClean: The baseline's, without corruption.
  public init(
    errors: [Double], clean: Double, baselineErrors: [Double], baselineClean: Double
  ) {
    precondition(errors.count == baselineErrors.count && !errors.isEmpty)
    let baseline = baselineErrors.reduce(0, +)
    corruption = baseline > 0 ? errors.reduce(0, +) / baseline : nil
    let baselineRise = baselineErrors.reduce(0) { $0 + ($1 - baselineClean) }
    relative = baselineRise > 0 ? errors.reduce(0) { $0 + ($1 - clean) } / baselineRise : nil
  }
}
