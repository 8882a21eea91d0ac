import CLIP
import Embedding
import Files
import Foundation
import Images
import LinearAlgebra
import RunAnalyses
import Runs
import Version

/// Scores how well captions fit images, as `topoclip score` does.
///
/// Three passes over the input: one that checks it to its end, one that embeds it piece by piece into a work folder, one
/// that writes the results. Memory grows with a few numbers a row. A scoring that is ended at any moment and run again
/// goes on behind the last piece that was safe, and ends with the same bytes.
package struct ScoreJob: Job {
  private let settings: ScoreSettings
  private let arguments: [String]
  private let isQuiet: Bool
  private let clock = StageClock()
  private let startedAt = Date()

  /// A job with settings; `arguments` are the command line, for the manifest.
  ///
  /// - Throws: `OptionError` for numbers that are out of range, and when a result would be written over what is read.
  package init(_ settings: ScoreSettings, arguments: [String], isQuiet: Bool) throws {
    try settings.check()
    self.settings = settings
    self.arguments = arguments
    self.isQuiet = isQuiet
  }

  /// Checks, embeds, compares and writes.
  ///
  /// - Returns: A line for a person.
  /// - Throws: `FileError` that says what is wrong, where, and what to do; `RunError.interrupted` or `CancellationError` once
  ///   what is done is safe.
  package func run() throws -> String {
    try OutputFolder.require(settings.reportFolder, for: .scoring)
    try OutputFolder.require(settings.workFolder, for: PairStore.kind)
    let line = try RunLock.hold(settings.reportFolder) {
      try RunLock.hold(settings.workFolder) { try runAlone() }
    }
    // The lock has gone from it; a folder that an earlier process made stays with the lock's end.
    if try FolderContents.isEmpty(settings.workFolder) {
      try? FileManager.default.removeItem(atPath: settings.workFolder)
    }
    return line
  }

  /// What the first pass finds.
  private struct Checked {
    let source: any PairSource
    let count: Int
    let digest: Digest
  }

  private func runAlone() throws -> String {
    let earlier = try ScoreManifest.earlier(in: settings.reportFolder)
    var additions = try ScoreAdditions(settings, isQuiet: isQuiet)
    let checked = try clock.measure("check") { try check(additions) }
    for remark in checked.source.remarks { announce(remark, isQuiet: isQuiet) }
    let (model, towers) = try clock.measure("read model") {
      let model = try CLIPModel.opened(settings.model, seed: settings.seed, isQuiet: isQuiet)
      return (model, try PairTowers(model))
    }
    let store = try PairStore(folder: settings.workFolder, dimension: towers.dimension)
    let key = key(checked, model, towers)
    var checkpoint: PairCheckpoint
    do {
      checkpoint = try clock.measure("embed") { try embed(checked, towers, store, key: key) }
    } catch {
      // Where nothing is safe there is nothing to go on from.
      if try store.checkpoint() == nil { try store.remove() }
      throw error
    }
    let pairs = try store.scoredPairs()
    var sums: NegCLIPLoss.Sums?
    if settings.batches > 0 {
      sums = try clock.measure("negCLIPLoss") { try draws(pairs, store, &checkpoint) }
    }
    let loss = NegCLIPLoss(batchSize: settings.batchSize, seed: settings.seed)
    var results = ScoreResults(
      source: checked.source, store: store, pairs: pairs, sums: sums,
      isSure: loss.isSure(pairs.count))
    results.supplements = try clock.measure("candidates") {
      try additions.compute(
        pairs, store, towers, logitScale: { try model.logitScale() }, negCLIPLoss: sums?.means)
    }
    var names = additions.names(
      pairs, of: checked.source, store, negCLIPLoss: sums?.means)
    try clock.measure("write") {
      var progress = ProgressBar("rows written", total: checked.count, isQuiet: isQuiet)
      try results.write(
        to: settings.output, digest: checked.digest, didWrite: { progress.advance(by: $0) },
        visit: { try names.visit($0, $1) })
    }
    let tables = try clock.measure("statistics") {
      try additions.tables(pairs, store, negCLIPLoss: sums?.means, names)
    }
    var counts = try counts(checked, store, pairs)
    counts.kept = additions.curation?.count
    try report(checked, model, counts, tables, additions, after: earlier)
    try store.remove()
    return message(counts, towers, additions)
  }

  // MARK: The first pass

  /// Reads the input to its end, so that what is wrong at its end is told before anything is embedded.
  private func check(_ additions: ScoreAdditions) throws -> Checked {
    let source = try settings.source()
    var distinct = additions.counts
    var rows = try source.rows()
    var count = 0
    while let row = try rows.next() {
      if count.isMultiple(of: PairEncoder.pieceSize) { try Interruption.check() }
      count += 1
      try distinct?.add(row, source)
      if settings.missing == .fail {
        if let problem = row.problem { throw failure(source, row, problem) }
        do {
          let file = try source.imageFile(row.image)
          if try FileStatus(file) == nil {
            throw FileError(file, "no such file", kind: .missing)
          }
        } catch let error as FileError where !error.isSystemFault {
          throw failure(source, row, error.problem)
        }
      }
    }
    guard count > 0 else { throw FileError(source.name, "holds no record below its header") }
    guard count <= Int32.max else {
      throw FileError(source.name, "has \(count) rows; cut it into files of at most \(Int32.max)")
    }
    try additions.require(records: count, distinct)
    guard let digest = rows.digest else {
      throw FileError(source.name, "has changed while it was read")
    }
    return Checked(source: source, count: count, digest: digest)
  }

  private func failure(_ source: any PairSource, _ row: PairRow, _ problem: String) -> FileError {
    let place = row.image.isEmpty ? row.place : "\(row.place), \(row.image)"
    return FileError(
      source.name,
      "\(place): \(problem); mend it, or keep such rows with an error by --on-missing keep")
  }

  /// All that decides what the store holds.
  private func key(_ checked: Checked, _ model: CLIPModel, _ towers: PairTowers) -> String {
    let parts = [
      "pairs 1", "\(ProgramVersion.current)", "\(checked.digest)", checked.source.choices,
      FileManager.default.currentDirectoryPath, "\(model.digest)",
      model.preprocessing.canonicalDescription, Arithmetic().kernels, Kernels.description,
      "\(PairEncoder.pieceSize) \(towers.dimension) \(RGBImage.pixelLimit)",
    ]
    return "\(Digest(of: parts.joined(separator: "\0")))"
  }

  // MARK: The second pass

  /// The least time between two checkpoints: each waits for the disk.
  private static let commitInterval = Duration.seconds(2)

  private func embed(
    _ checked: Checked, _ towers: PairTowers, _ store: PairStore, key: String
  ) throws -> PairCheckpoint {
    var (checkpoint, stamps) = try start(checked, store, key: key)
    guard checkpoint.rows < checked.count else { return checkpoint }
    var rows = try checked.source.rows()
    var encoder = try PairEncoder(towers, source: checked.source, store: store, rows: &rows)
    var progress = ProgressBar(
      "pairs", total: checked.count - checkpoint.rows, isQuiet: isQuiet)
    var committed = ContinuousClock.now
    while true {
      var piece: [PairRow] = []
      while piece.count < PairEncoder.pieceSize, let row = try rows.next() { piece.append(row) }
      if piece.isEmpty { break }
      let whole = try store.state(key: key, stamps: stamps.summary)
      do {
        try Interruption.check()
        // Before they are read: one that changes in between is taken for another when the scoring goes on.
        for row in piece { stamps.add(row) }
        let records = try encoder.append(piece)
        if settings.missing == .fail, let place = records.firstIndex(where: { !$0.isScored }) {
          let message = try store.messages()[Int(records[place].error)]
          throw failure(checked.source, piece[place], message)
        }
      } catch let error as RunError {
        _ = try store.restore(whole)
        try store.commit(whole)
        throw error
      }
      progress.advance(by: piece.count)
      if ContinuousClock.now - committed > Self.commitInterval {
        checkpoint = try store.commit(key: key, stamps: stamps.summary)
        committed = ContinuousClock.now
      }
    }
    guard rows.digest == checked.digest, store.recordCount == checked.count else {
      throw FileError(checked.source.name, "has changed while it was read; run again")
    }
    return try store.commit(key: key, stamps: stamps.summary)
  }

  /// What the store holds already: nothing, and it is told why, where that is not of these rows or not whole.
  ///
  /// - Returns: The checkpoint that the store was brought to, and the stamps of the images of its rows.
  /// - Throws: `FileError` where the images cannot be looked at, and nothing is dropped.
  private func start(
    _ checked: Checked, _ store: PairStore, key: String
  ) throws -> (PairCheckpoint, ImageStamps) {
    var doubt: String?
    let earlier = try store.checkpoint {
      doubt = "its checkpoint is damaged, or another version's"
    }
    if let earlier {
      var stamps = ImageStamps(checked.source)
      if earlier.key != key {
        doubt = "is of another input, model or version"
      } else if try !store.restore(earlier) {
        doubt = "is damaged: its files are not those that its checkpoint tells of"
      } else if try !stamps.add(first: earlier.rows) || stamps.summary != earlier.stamps {
        if let fault = stamps.fault, stamps.summary.hidden > earlier.stamps.hidden {
          throw FileError(
            fault.file,
            "\(fault.problem); whether the first \(earlier.rows) pairs are as they were cannot be said: mend that, or "
              + "delete \(settings.workFolder) to begin anew")
        }
        doubt = "an image of the first \(earlier.rows) pairs has changed since, come or gone"
      } else {
        if settings.missing == .fail { try requireScores(checked, store) }
        announce("going on after \(earlier.rows) of \(checked.count) pairs", isQuiet: isQuiet)
        return (earlier, stamps)
      }
    }
    if let doubt {
      announce("\(settings.workFolder): \(doubt); beginning anew", isQuiet: isQuiet)
    }
    let empty = PairCheckpoint(key: key)
    _ = try store.restore(empty)
    return (empty, ImageStamps(checked.source))
  }

  /// Ends with the first row in the store that has no score; an earlier call may have kept it.
  private func requireScores(_ checked: Checked, _ store: PairStore) throws {
    var rows = try checked.source.rows()
    let messages = try store.messages()
    try store.forEachRecord { _, record in
      guard let row = try rows.next(), !record.isScored else { return }
      throw failure(checked.source, row, messages[Int(record.error)])
    }
  }

  // MARK: negCLIPLoss

  private func draws(
    _ pairs: ScoredPairs, _ store: PairStore, _ checkpoint: inout PairCheckpoint
  ) throws -> NegCLIPLoss.Sums {
    let loss = NegCLIPLoss(batchSize: settings.batchSize, seed: settings.seed)
    let key = "\(settings.batchSize) \(settings.seed) \(BLAS.coreName)"
    var sums = NegCLIPLoss.Sums(count: pairs.count)
    if checkpoint.drawKey == key, (1...settings.batches).contains(checkpoint.draws) {
      if let kept = try store.sums(checkpoint, count: pairs.count) {
        sums = kept
      } else {
        announce(
          "\(settings.workFolder): the sums over draws are damaged; drawing anew", isQuiet: isQuiet)
      }
    }
    // One batch of all is the same in every draw.
    let count = loss.isSure(pairs.count) ? min(1, settings.batches) : settings.batches
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    while sums.draws < count {
      sums.add(try loss.values(ofDraw: sums.draws, pairs, store, control: control))
      checkpoint.drawKey = key
      checkpoint.draws = sums.draws
      try store.commit(sums, checkpoint)
    }
    return sums
  }

  // MARK: The report

  private func counts(
    _ checked: Checked, _ store: PairStore, _ pairs: ScoredPairs
  ) throws -> ScoreManifest.Counts {
    var counts = ScoreManifest.Counts()
    counts.records = checked.count
    counts.scored = pairs.count
    counts.distinctImages = store.imageCount
    counts.distinctCaptions = store.textCount
    try store.forEachRecord { _, record in if record.truncated > 0 { counts.truncated += 1 } }
    return counts
  }

  private func report(
    _ checked: Checked, _ model: CLIPModel, _ counts: ScoreManifest.Counts, _ tables: [Table],
    _ additions: ScoreAdditions, after earlier: ScoreManifest?
  ) throws {
    let folder = settings.reportFolder
    let texts = tables.map { (name: $0.file, text: $0.csv) }
    var manifest = ScoreManifest(
      program: .current, arguments: arguments, startedAt: startedAt,
      configuration: settings.configuration, model: Manifest.ModelRecord(model),
      input: settings.inputs.joined(separator: " "), inputDigest: "\(checked.digest)",
      output: settings.output, counts: counts,
      outputs: additions.digests.merging(texts.map { ($0.name, "\(Digest(of: $0.text))") }) { $1 },
      messages: checked.source.remarks + additions.messages, host: .current(),
      stages: clock.stages)
    try manifest.replace(earlier, in: folder, clock: clock) {
      try additions.write(to: folder)
      for file in texts { try AtomicFile.write(file.text, to: folder + "/" + file.name) }
    }
    try StageLog.write(clock.stages, to: settings.statisticsFile)
  }

  /// What is to be known of the rows.
  private func messages(_ counts: ScoreManifest.Counts) -> [String] {
    var messages: [String] = []
    if counts.scored < counts.records {
      messages.append(
        "\(counts.records - counts.scored) of \(counts.records) rows have no score; the column error says why"
      )
    }
    if counts.truncated > 0 {
      messages.append("\(counts.truncated) captions are longer than the model's context, and cut")
    }
    return messages
  }

  private func message(
    _ counts: ScoreManifest.Counts, _ towers: PairTowers, _ additions: ScoreAdditions
  ) -> String {
    for message in additions.messages { announce(message, isQuiet: isQuiet) }
    for message in messages(counts) { announce(message, isQuiet: isQuiet) }
    return "\(settings.output): \(counts.records) rows, \(counts.scored) with a score, of "
      + "\(counts.distinctImages) distinct images and \(counts.distinctCaptions) distinct captions\n"
      + (counts.kept.map { "\(settings.keptFile): \($0) rows kept\n" } ?? "")
  }
}

extension OutputFolder.Kind {
  /// The folder of tables of `topoclip score`.
  static let scoring = OutputFolder.Kind(
    "a scoring's",
    files: [
      ScoreDistributionColumns.file, ScoreMeasuresColumns.file, ScoreSummaryColumns.file,
      ScoreExampleColumns.file, ScoreMapColumns.file, ScoreCandidateColumns.file,
      ScoreRankColumns.file, RunDirectory.lock,
    ] + RunDirectory.views, folders: ["figures"]
  ) { folder in
    try ScoreManifest.read(folder + "/" + ScoreManifest.fileName) != nil
  }
}
