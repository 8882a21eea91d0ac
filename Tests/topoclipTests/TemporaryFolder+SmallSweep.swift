import Fixtures

extension TemporaryFolder {
  /// A sweep of the built-in experiment made small: 40 images of four classes, clean and one level.
  func smallSweep(_ output: String, _ more: [String] = []) throws -> ProgramRun {
    try ProgramRun(
      [
        "sweep", "--classes", "banded,chequered,dotted,woven", "--limit", "40", "--levels", "0,1",
        "--set", "angles.null-draws=5", "--set", "topology.halvings=2", "--output", output,
        "--quiet",
      ] + more, in: path)
  }
}
