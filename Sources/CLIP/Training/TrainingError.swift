/// Why training cannot go on.
public enum TrainingError: Error, CustomStringConvertible, Equatable {
  /// Something is wrong with a batch, or with what came of it.
  case fault(String)
  /// A fault, and the step at which it came up; what the step before left is unchanged.
  case stopped(step: Int, reason: String)

  /// The step, and what happened.
  public var description: String {
    switch self {
    case .fault(let reason): reason
    case .stopped(let step, let reason): "step \(step): \(reason)"
    }
  }
}
