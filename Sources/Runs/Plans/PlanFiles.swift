import Files

/// The files of an experiment that is shared out to several machines, beside its run.
package enum PlanFiles {
  /// What is shared out, and by which plan.
  package static let plan = RunFile(
    "plan.json",
    "An experiment as shards for several machines: its settings, kernels and number of shards, and the digests "
      + "of the tables in plan/.", role: .record)

  /// Who has finished what.
  package static let record = RunFile(
    "shards/NUMBER/STAGE.json",
    "What a shard has finished of a stage, embeddings or analyses: plan, machine, times, digests.",
    role: .record)

  /// The folder of the records, and of the shards' locks.
  package static let shards = "shards"
  /// The folder of the tables.
  package static let tables = "plan"

  /// Whether a folder has a plan, whose merge makes its run.
  package static func isPlanned(_ run: RunDirectory) -> Bool {
    (try? FileStatus(run.file(plan.pattern.text))) != nil
  }

  /// All of them.
  package static let all = [
    plan, PlannedImageColumns.file, PlannedCellColumns.file, PlannedUnitColumns.file, record,
  ]
}

/// The images of a plan: `plan/images.csv`.
package enum PlannedImageColumns {
  package static let version = Column<String>(
    "version", "The folder of images that were corrupted beforehand; empty where there is none.")
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its class.")
  package static let digest = Column<String>("sha256", "What the image is told by.")

  /// The file.
  package static let file = RunFile(
    "plan/images.csv", "The images of a plan, in the order of rows.",
    columns: [version, path, className, digest], role: .record)
}

/// The cells of a plan: `plan/cells.csv`.
package enum PlannedCellColumns {
  package static let shard = Column<Int>("shard", in: 0..., "The shard that makes it.")
  package static let part = Column<String>("part", "run, or control.")
  package static let condition = Column<String>("condition", "The condition.")
  package static let images = Column<Int>("images", in: 1..., "How many images it holds.")
  package static let key = Column<String>("key", "What its file is called by.")

  /// The file.
  package static let file = RunFile(
    "plan/cells.csv", "The pieces of embedding of a plan, sorted, and the shard of each.",
    columns: [shard, part, condition, images, key], role: .record)
}

/// The units of analysis of a plan: `plan/units.csv`.
package enum PlannedUnitColumns {
  package static let shard = Column<Int>("shard", in: 0..., "The shard that computes it.")
  package static let part = Column<String>("part", "run, or control.")
  package static let unit = Column<String>("unit", "The analysis, its version and the piece of it.")

  /// The file.
  package static let file = RunFile(
    "plan/units.csv", "The pieces of the analyses of a plan, sorted, and the shard of each.",
    columns: [shard, part, unit], role: .record)
}
