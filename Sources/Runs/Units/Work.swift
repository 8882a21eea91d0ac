/// How much a piece of work computes, in steps: what an estimate of its time is made of.
///
/// A step is a load, a comparison and an addition in a list that the caches hold, as `WorkRates` measures it: some
/// 3 ns. How many there are is told from the sizes of things by factors that were measured, good within a half.
package struct Work: Sendable, Equatable {
  /// Steps that all threads share.
  package var steps = 0.0
  /// Steps that one thread does while the others wait.
  package var serialSteps = 0.0

  /// Nothing to do.
  package static let none = Work()

  /// Work of some steps.
  package init(steps: Double = 0, serialSteps: Double = 0) {
    self.steps = steps
    self.serialSteps = serialSteps
  }

  /// The writing of some lines of tables into some files, each of which the disk confirms.
  package static func writing(files: Double, lines: Double) -> Work {
    Work(serialSteps: 5e5 * files + 3500 * lines)
  }

  /// Both.
  package static func + (a: Work, b: Work) -> Work {
    Work(steps: a.steps + b.steps, serialSteps: a.serialSteps + b.serialSteps)
  }

  /// The same several times.
  package static func * (factor: Double, work: Work) -> Work {
    Work(steps: factor * work.steps, serialSteps: factor * work.serialSteps)
  }

  /// What it takes on a machine.
  package func seconds(_ rates: WorkRates) -> Double {
    steps / rates.steps + serialSteps / rates.serialSteps
  }
}
