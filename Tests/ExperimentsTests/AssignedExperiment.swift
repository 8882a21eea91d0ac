import Runs

@testable import Experiments

/// An experiment with assignments over the defaults.
func experiment(_ assignments: [String] = []) throws -> Experiment {
  try Experiment(file: nil, assignments: assignments.map { try .init(argument: $0) })
}
