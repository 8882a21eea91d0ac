import Files

/// What the stages of a command took, as a CSV a line a stage.
package enum StageLog {
  private static let step = Column<String>("step", "The step.")
  private static let wall = Column<Double>(
    "wall_seconds", unit: "s", in: 0..., "The time on the wall.")
  private static let user = Column<Double?>(
    "user_seconds", unit: "s", in: 0...,
    "The processors' time in the program, all threads together.")
  private static let system = Column<Double?>(
    "system_seconds", unit: "s", in: 0..., "Their time in the system for the program.")
  private static let memory = Column<Int>(
    "peak_memory_bytes", unit: "B", in: 0...,
    "The largest resident memory of the process until the step's end.")

  /// The columns of such a file.
  package static let file = RunFile(
    "stats.log", "What every step took.", columns: [step, wall, user, system, memory], role: .record
  )

  /// Writes it, whole or not at all.
  ///
  /// - Throws: `FileError`.
  package static func write(_ stages: [StageUsage], to path: String) throws {
    var table = Table(file)
    for stage in stages {
      table.append([
        step(stage.stage), wall(stage.wallSeconds), user(stage.userSeconds),
        system(stage.systemSeconds), memory(stage.peakMemoryBytes),
      ])
    }
    try AtomicFile.write(table.csv, to: path)
  }
}
