package import Files
import Foundation
import LinearAlgebra
import RunAnalyses
package import Runs

/// A run that is finished, as the input of another: what its manifest says, and the files that analyses read, each
/// with the digest that the manifest has of it.
package struct FinishedRun: Sendable {
  /// The run directory, of which nothing is ever written.
  package let run: RunDirectory
  package let manifest: Manifest
  /// SHA-256 over the manifest's file.
  package let manifestDigest: Digest
  /// The images that are analysed.
  package let samples: SampleTable
  package let conditions: [Condition]
  /// The rows of `samples` among the run's own; nil for all.
  let rows: [Int]?
  /// The classes of `samples` among the run's own; nil for all.
  private let classes: [Int]?

  /// Where a manifest names the run whose embeddings are analysed.
  package static let sourceKey = "analyse.run"
  /// Where it has the digest of that run's manifest.
  package static let digestKey = "analyse.manifest"

  /// The run in a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - selection: Which of its images are analysed.
  ///   - verifies: Whether files that are not as its manifest has recorded them are refused.
  /// - Throws: `FileError` when there is no run, when it is not finished, when what it read is not what its manifest
  ///   says, or when no image is chosen.
  init(
    _ path: String, selection: RunSelection = RunSelection(), verifies: Bool = true
  ) throws {
    run = RunDirectory(path)
    guard try FileStatus(path) != nil else {
      throw FileError(path, "is not there; expected the folder of a finished run")
    }
    let file = run.file(Manifest.fileName)
    guard let manifest = try Manifest.read(run), manifest.isOwn else {
      throw FileError(
        path,
        "holds no finished run: there is no \(Manifest.fileName), which is written last; start its "
          + "command again to finish it, or name another folder")
    }
    guard manifest.isFinished else {
      throw FileError(
        path,
        "holds a run that is not finished (\(manifest.moment)); start its command again to finish it"
      )
    }
    if let whole = manifest.configuration[Manifest.zeroShotRunKey] {
      throw FileError(
        path, "holds tables of topoclip zeroshot and no embeddings; name the run itself, \(whole)")
    }
    if let embeddings = manifest.zeroShotSource {
      throw FileError(
        path,
        "holds zero-shot tables of embeddings, \(embeddings), and no run; topoclip sweep --embeddings "
          + "makes one of them")
    }
    self.manifest = manifest
    manifestDigest = try Digest(ofFile: file)
    let all = try run.readSamples()
    if selection.isWhole {
      (samples, rows, classes) = (all, nil, nil)
    } else {
      let chosen = try selection.choose(from: all, file: run.file(SampleColumns.file.pattern.text))
      samples = SampleTable(
        paths: chosen.rows.map { all.paths[$0] },
        classNames: chosen.rows.map { all.classes[all.labels[$0]] },
        splits: chosen.rows.map { all.splits[$0] }, classes: chosen.classes.map { all.classes[$0] })
      (rows, classes) = (chosen.rows, chosen.classes)
    }
    conditions = try run.conditions()
    let remarks = try Verification(path, manifest, where: RunDirectory.isInput)
      .remarks(on: path, verifies: verifies)
    for remark in remarks { announce(remark, isQuiet: false) }
  }

  /// The folder from the root, by which other runs name it.
  package var absolutePath: String { URL(fileURLWithPath: run.path).standardizedFileURL.path }

  /// Whether it has embeddings of the classes.
  package var hasText: Bool { manifest.zeroShot != nil }

  /// What its analyses read.
  private var inputs: [RunFile] {
    RunFiles.all.filter { $0.role == .input } + (hasText ? [RunDirectory.classEmbeddings] : [])
  }

  /// The digests of what `copyInputs` writes, by path, but for the list of conditions.
  ///
  /// - Throws: `FileError`; `RunError.interrupted`.
  func inputDigests() throws -> [String: String] {
    var digests = rows == nil ? [:] : RunDirectory.digests(of: samples)
    func add(_ path: String, _ chosen: [Int]?) throws {
      try Interruption.check()
      let file = run.file(path)
      digests[path] =
        try chosen.map { "\(Digest(of: try MatrixFile.readFloats(file).selectingRows($0)))" }
        ?? "\(Digest(ofFile: file))"
    }
    if rows == nil {
      for file in [SampleColumns.file, ClassColumns.file] { try add(file.pattern.text, nil) }
    }
    for condition in conditions {
      try add(RunDirectory.embeddings.pattern.path(condition), rows)
    }
    if hasText { try add(RunDirectory.classEmbeddings.pattern.text, classes) }
    return digests
  }

  // MARK: Copies

  /// Writes what the analyses read into another run directory, byte for byte or of the chosen images.
  ///
  /// - Parameter target: The run directory.
  /// - Throws: `FileError`; `RunError.interrupted`.
  func copyInputs(to target: RunDirectory) throws {
    if rows == nil {
      try copy(inputs, to: target)
    } else {
      try target.writeSamples(samples)
      for condition in conditions {
        try Interruption.check()
        let all = try MatrixFile.readFloats(run.embeddingsFile(condition))
        try target.writeEmbeddings(all.selectingRows(rows ?? []), condition)
      }
      if hasText {
        let all = try MatrixFile.readFloats(run.file(RunDirectory.classEmbeddings.pattern.text))
        try target.writeClassEmbeddings(all.selectingRows(classes ?? []))
      }
    }
    // A run of an earlier version has no list of them.
    try target.writeConditions(conditions)
  }

  /// Writes the pictures of the images into another run directory, those that the run has, and what is recorded of
  /// them: one that was changed is told there as here.
  ///
  /// - Parameter target: The run directory.
  /// - Throws: `FileError`; `RunError.interrupted`.
  func copyPictures(to target: RunDirectory) throws {
    let recorded = try PictureRecord.read(run.file(PictureRecord.fileName))
    guard let rows else {
      try copy(PictureFiles.all, to: target)
      try recorded?.write(to: target.file(PictureRecord.fileName))
      return
    }
    var digests: [String: String] = [:]
    for (place, row) in rows.enumerated() {
      let file = run.file(Thumbnails.file(row: row))
      guard try FileStatus(file) != nil else { continue }
      try Interruption.check()
      let copy = Thumbnails.file(row: place)
      try target.write(FileContents.read(file), PictureFiles.thumbnail, at: copy)
      digests[copy] = recorded?.files[Thumbnails.file(row: row)]
    }
    guard let examples = try run.table(PictureFiles.examples) else { return }
    let places = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
    let listed = try zip(
      zip(examples[PictureFiles.kind], examples[PictureFiles.className]),
      zip(examples.conditions(), zip(examples[PictureFiles.row], examples[PictureFiles.file])))
    var chosen = Table(PictureFiles.examples)
    var files: Set<String> = []
    for (what, (condition, (row, file))) in listed {
      guard let place = places[row] else { continue }
      files.insert(file)
      chosen.append(
        [PictureFiles.kind(what.0), PictureFiles.className(what.1)] + condition.cells
          + [PictureFiles.row(place), PictureFiles.file(file)])
    }
    try copy([PictureFiles.classExample, PictureFiles.noiseExample], to: target) {
      files.contains($0)
    }
    try target.write(chosen)
    for file in files { digests[file] = recorded?.files[file] }
    if recorded != nil {
      try PictureRecord(files: digests).write(to: target.file(PictureRecord.fileName))
    }
  }

  /// Copies those files of some kinds that the run has and that are wanted.
  private func copy(
    _ files: [RunFile], to target: RunDirectory, where isWanted: (String) -> Bool = { _ in true }
  ) throws {
    for file in files {
      for path in try run.existing([file], of: conditions) where isWanted(path) {
        try Interruption.check()
        try target.write(FileContents.read(run.file(path)), file, at: path)
      }
    }
  }
}
