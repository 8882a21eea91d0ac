import Embedding
import RunAnalyses
import Runs

/// One of the runs that an experiment consists of: itself, or its control.
struct SweepPart {
  /// Which of them.
  enum Name: String, CaseIterable, Codable, Sendable { case run, control }

  let name: Name
  let sweep: Sweep
}

extension Sweep {
  /// The run itself and, where it has one, its control.
  ///
  /// - Throws: As `chosenAnalyses`.
  func parts() throws -> [SweepPart] {
    let own = SweepPart(name: .run, sweep: self)
    guard experiment.hasControl else { return [own] }
    return try [own, SweepPart(name: .control, sweep: control(chosenAnalyses()))]
  }
}
