import Embedding
import Experiments
import Files
import RunAnalyses
import Runs

/// What is compared of a folder of results: one record after the other, and finished work with its own checksums.
struct FolderVerification {
  /// Some files that are compared with one record.
  struct Part {
    let verification: Verification
    /// What to run where they differ.
    let remedy: String
  }

  private let folder: String
  private(set) var parts: [Part] = []
  /// Files of a run's names that the run has not recorded.
  private(set) var unrecorded: [String] = []

  /// What makes a run's files again.
  private let sweep: String
  private static let again = "makes what differs again"

  /// Compares everything that is there.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - cache: A folder of finished work that the run shares with others; nil for none.
  /// - Throws: `FileError` for a folder without a manifest, and for a record of a file outside of the folder;
  ///   `RunError.interrupted`.
  init(_ folder: String, cache: String?) throws {
    self.folder = folder
    sweep =
      PlanFiles.isPlanned(RunDirectory(folder))
      ? "topoclip merge" : "topoclip sweep with the run's own settings"
    for place in ["", RunDirectory.controlFolder + "/"] {
      try add(
        Manifest.self, at: place, remedy: "\(sweep) \(Self.again)",
        ofItself:
          "\(sweep) and --overwrite makes the run anew of what is finished in cells/ and units/"
      )
    }
    try add(
      TrainingManifest.self,
      remedy:
        "topoclip train with the same plan and another --output \(Self.again), to the same bytes")
    try add(LinkageManifest.self, remedy: "topoclip link with the same options \(Self.again)")
    try add(ScoreManifest.self, remedy: "topoclip score with the same options \(Self.again)")
    try addPlan()
    guard !parts.isEmpty else {
      throw FileError(
        folder,
        "has no \(Manifest.fileName), \(TrainingManifest.fileName), \(LinkageManifest.fileName) or "
          + "\(ScoreManifest.fileName): nothing was recorded of its files")
    }
    try add(PictureRecord.self, remedy: "\(sweep) \(Self.again)")
    let options = (try? PageRecord.read(folder + "/" + PageRecord.fileName))?.options ?? []
    let report = ["topoclip report", folder] + options
    try add(PageRecord.self, remedy: "\(report.joined(separator: " ")) \(Self.again)")
    let work: [Verification.Work] = [
      (RunDirectory.cell, CellFile.isWhole), (RunDirectory.unit, UnitStore.isWhole),
    ]
    try add(Verification.ofWork(in: folder, work))
    let control = RunDirectory.controlFolder
    try add(Verification.ofWork(in: folder + "/" + control, work).within(control + "/"))
    if let cache {
      // There the cells lie beside the folder of the units.
      let cells = RunFile("KEY.npy", RunDirectory.cell.meaning, role: .work)
      try add(
        Verification.ofWork(in: cache, [(cells, CellFile.isWhole), work[1]]).within(cache + "/"))
    }
    unrecorded = try filesWithoutRecord()
  }

  /// Adds what a kind of record tells, where there is one.
  private mutating func add<Record: RecordingManifest>(
    _ type: Record.Type, at place: String = "", remedy: String, ofItself: String? = nil
  ) throws {
    guard let verification = try Verification.ofRecord(type, in: folder, at: place) else { return }
    let isDamaged = verification.differences.first?.path == place + Record.fileName
    parts.append(Part(verification: verification, remedy: isDamaged ? ofItself ?? remedy : remedy))
  }

  /// Adds a plan with its tables, and what its shards have left on record.
  private mutating func addPlan() throws {
    let run = RunDirectory(folder)
    try add(
      ShardPlan.self,
      remedy: "topoclip plan --overwrite makes the plan anew, and finished cells and units stay")
    let records = try Verification.ofRecords(in: folder, ShardRecord.paths(in: run))
    guard records.count > 0 else { return }
    parts.append(
      Part(verification: records, remedy: "topoclip shard, or submit, writes these again"))
  }

  private mutating func add(_ work: Verification) {
    guard work.count > 0 else { return }
    parts.append(
      Part(verification: work, remedy: "\(sweep) computes these again, and nothing else"))
  }

  private func filesWithoutRecord() throws -> [String] {
    let run = RunDirectory(folder)
    guard let manifest = try? Manifest.read(run) else { return [] }
    return try run.existing(RunFiles.all.filter(\.isDigested))
      .filter { manifest.outputs[$0] == nil }.uniqued
  }
}
