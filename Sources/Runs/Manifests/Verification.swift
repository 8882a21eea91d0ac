package import Files
package import Foundation
import LinearAlgebra

/// A record that has the digests of the files beside it.
package protocol RecordingManifest: RecordFile {
  /// SHA-256 in hexadecimal digits, by the files' paths in the record's folder.
  var recorded: [String: String] { get }
}

extension Manifest: RecordingManifest {
  package var recorded: [String: String] {
    outputs.merging(objectsDigest.map { [ObjectColumns.file.pattern.text: $0] } ?? [:]) { $1 }
  }
}

extension TrainingManifest: RecordingManifest {
  package var recorded: [String: String] {
    Dictionary(model.map { ("model/" + $0, $1) }) { first, _ in first }
      .merging(logDigest.isEmpty ? [:] : ["log.jsonl": logDigest]) { first, _ in first }
  }
}

extension LinkageManifest: RecordingManifest {
  package var recorded: [String: String] { outputs }
}

extension ScoreManifest: RecordingManifest {
  package var recorded: [String: String] { outputs }
}

/// The files of a folder beside what its manifest has recorded of them.
///
/// Whoever goes on with a run, reports it or compares it looks here first: a table that was edited, a file that was
/// copied halfway or a bit that a disk has lost would otherwise pass for a result. Each file is read once, several at
/// a time, in memory that does not grow with it.
package struct Verification: Sendable, Equatable {
  /// What has become of a file.
  package enum Kind: String, Sendable {
    case changed, missing
    /// It is there, and cannot be read.
    case unreadable
  }

  /// A file that is not as it was recorded.
  package struct Difference: Sendable, Equatable, CustomStringConvertible {
    /// Its path in the folder.
    package let path: String
    package let kind: Kind

    package init(_ path: String, _ kind: Kind) {
      self.path = path
      self.kind = kind
    }

    /// `levels.csv (changed)`.
    package var description: String { "\(path) (\(kind.rawValue))" }
  }

  /// The name of the manifest; nil where the folder has none, and of finished work, whose files are records of
  /// themselves.
  package private(set) var manifest: String?
  /// Who has recorded the files, as messages say it.
  private var recorder = "the manifest has"
  /// Whether the record itself is damaged.
  private var isOfRecord = false
  /// How many files were compared.
  package private(set) var count: Int
  /// Those that differ, by their paths.
  package private(set) var differences: [Difference]

  /// How many differences a message names.
  private static let named = 10

  /// Compares the files of a manifest's folder.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - manifest: What was recorded of it.
  ///   - isUsed: Of a path in the folder, whether the file is to be compared.
  /// - Throws: `FileError` for a manifest that records a file outside of its folder; `RunError.interrupted`.
  package init<Record: RecordingManifest>(
    _ folder: String, _ manifest: Record, where isUsed: (_ path: String) -> Bool = { _ in true }
  ) throws {
    let files = manifest.recorded.filter { isUsed($0.key) }.sorted { $0.key < $1.key }
    for (path, _) in files where path.mayLeadOut {
      throw FileError(
        folder + "/" + Record.fileName, "has recorded \(path), which is no file of its folder")
    }
    let found = try Parallel.tryMap(count: files.count) { index -> Kind? in
      try Interruption.check()
      let (path, digest) = files[index]
      return Self.compare(folder + "/" + path, with: digest)
    }
    self.manifest = Record.fileName
    recorder = "\(Record.fileName) has"
    count = files.count
    differences = zip(files, found).compactMap { file, kind in
      kind.map { Difference(file.key, $0) }
    }
  }

  /// Compares the files of a run, its control's among them; of a run without a manifest there is nothing to compare.
  ///
  /// - Parameters:
  ///   - run: The run directory.
  ///   - kinds: What files are declared as that are to be compared; nil for all that are recorded.
  ///   - isUsed: Of a path in the run directory, whether the file is to be compared.
  /// - Throws: As above; `FileError` for a manifest that is damaged.
  package init(
    run: RunDirectory, kinds: [RunFile]? = nil,
    where isUsed: (_ path: String) -> Bool = { _ in true }
  ) throws {
    func isWanted(_ path: String) -> Bool {
      isUsed(path) && kinds?.contains { $0.pattern.matches(path) } ?? true
    }
    guard let manifest = try Manifest.read(run) else {
      self.init()
      return
    }
    try self.init(run.path, manifest, where: isWanted)
    let folder = RunDirectory.controlFolder
    let control = RunDirectory(run.file(folder))
    guard let manifest = try Manifest.read(control) else { return }
    let ofControl = try Verification(control.path, manifest) { isWanted("\(folder)/\($0)") }
    count += ofControl.count
    differences += ofControl.within(folder + "/").differences
  }

  /// Compares the files of a folder with a record in it, and the record with the digest of itself.
  ///
  /// Of a record that is damaged nothing is believed: it is the one difference.
  ///
  /// - Parameters:
  ///   - type: The kind of record.
  ///   - folder: The folder.
  ///   - place: The part of the paths that leads from `folder` to the record's own folder: empty, or with a slash behind.
  /// - Returns: What differs, as paths in `folder`; nil where there is no such record.
  /// - Throws: `FileError` for one that records a file outside of its folder; `RunError.interrupted`.
  package static func ofRecord<Record: RecordingManifest>(
    _ type: Record.Type, in folder: String, at place: String = ""
  ) throws -> Verification? {
    let path = folder + "/" + place + Record.fileName
    let record: Record?
    do { record = try Record.read(path) } catch let error as FileError {
      var damaged = Verification()
      damaged.manifest = place + Record.fileName
      damaged.isOfRecord = true
      damaged.count = 1
      damaged.differences = [
        Difference(place + Record.fileName, error.isSystemFault ? .unreadable : .changed)
      ]
      return damaged
    }
    guard let record else { return nil }
    return try Verification(
      place.isEmpty ? folder : folder + "/" + place.dropLast(), record
    ).within(place)
  }

  /// A kind of file of finished work, and what tells whether the bytes of one are what was written under its name.
  package typealias Work = (
    file: RunFile, isWhole: @Sendable (_ data: Data, _ key: Digest) -> Bool
  )

  /// Compares files of finished work, each of which holds a checksum of itself and is named by its key.
  ///
  /// - Parameters:
  ///   - folder: The folder of a run.
  ///   - kinds: The kinds of file.
  /// - Returns: What differs among those that are there.
  /// - Throws: `FileError` for a folder that cannot be listed; `RunError.interrupted`.
  /// - Complexity: Reads every file.
  package static func ofWork(
    in folder: String, _ kinds: [Work]
  ) throws -> Verification {
    let run = RunDirectory(folder)
    let files = try kinds.flatMap { kind in
      try run.existing([kind.file]).map { (path: $0, isWhole: kind.isWhole) }
    }
    return try Verification(
      recorder: "their checksums have", in: folder, files.map(\.path)
    ) { data, index in
      let (path, isWhole) = files[index]
      let name = (path as NSString).lastPathComponent
      return Digest(hexadecimal: name.prefix { $0 != "." }.utf8).map { isWhole(data, $0) } ?? true
    }
  }

  /// Compares records with the digests of themselves.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - paths: The records' paths in it, all of which are there.
  /// - Returns: What differs among them.
  /// - Throws: `RunError.interrupted`.
  package static func ofRecords(in folder: String, _ paths: [String]) throws -> Verification {
    try Verification(recorder: "they themselves have", in: folder, paths) { data, _ in
      !RecordSeal.isBroken(data)
    }
  }

  /// Compares files with what they say of themselves, several at a time.
  private init(
    recorder: String, in folder: String, _ paths: [String],
    isWhole: @Sendable (_ data: Data, _ index: Int) -> Bool
  ) throws {
    let found = try Parallel.tryMap(count: paths.count) { index -> Kind? in
      try Interruption.check()
      let path = folder + "/" + paths[index]
      do {
        guard try FileStatus(path)?.kind == .file else { return .unreadable }
        return try isWhole(FileContents.read(path), index) ? nil : .changed
      } catch {
        return .unreadable
      }
    }
    self.init()
    self.recorder = recorder
    count = paths.count
    differences = zip(paths, found).compactMap { path, kind in kind.map { Difference(path, $0) } }
  }

  /// The same of a folder above.
  ///
  /// - Parameter place: What leads from there to this folder, with a slash behind; empty for nothing.
  /// - Returns: As many files, by their paths from there.
  package func within(_ place: String) -> Verification {
    var inner = self
    inner.manifest = manifest.map { place + $0 }
    if manifest != nil { inner.recorder = place + recorder }
    inner.differences = differences.map { Difference(place + $0.path, $0.kind) }
    return inner
  }

  /// Compares the files of a run whose embeddings may have been left behind: those that are not there are not missed.
  ///
  /// - Parameter run: The run directory.
  /// - Throws: As above.
  package init(ofReadable run: RunDirectory) throws {
    try self.init(run: run) { !Self.isLeftBehind($0, of: run) }
  }

  /// Whether a path is of embeddings that are not there: a run is carried elsewhere without them.
  ///
  /// What cannot be looked at is there, to be compared and found unreadable.
  package static func isLeftBehind(_ path: String, of run: RunDirectory) -> Bool {
    path.contains("embeddings/") && (try? FileStatus(run.file(path)) == nil) == true
  }

  /// Of a folder without a manifest.
  private init() { (manifest, count, differences) = (nil, 0, []) }

  private static func compare(_ path: String, with digest: String) -> Kind? {
    do {
      guard let status = try FileStatus(path) else { return .missing }
      // A pipe would never end.
      guard status.kind == .file else { return .unreadable }
      return try "\(Digest(ofFile: path))" == digest ? nil : .changed
    } catch {
      return .unreadable
    }
  }

  /// The same with some of the differences.
  ///
  /// - Parameter isWanted: Of a path in the folder, whether a difference there is told.
  /// - Returns: Those differences, of as many files.
  package func only(_ isWanted: (_ path: String) -> Bool) -> Verification {
    var some = self
    some.differences.removeAll { !isWanted($0.path) }
    return some
  }

  /// Whether every file is as it was recorded.
  package var isUnchanged: Bool { differences.isEmpty }

  /// `78 files are as manifest.json has recorded`.
  package var agreement: String {
    "\(count == 1 ? "1 file is" : "\(count) files are") as \(recorder) recorded"
  }

  /// `2 of 78 files are not as manifest.json has recorded them: levels.csv (changed), merges.csv (missing)`.
  package var statement: String {
    if isOfRecord, let record = differences.first {
      return "\(record), and nothing that it has recorded is believed"
    }
    let rest = differences.count - Self.named
    return "\(differences.count) of \(count == 1 ? "1 file" : "\(count) files") "
      + "\(differences.count == 1 ? "is" : "are") not as \(recorder) recorded "
      + "\(differences.count == 1 ? "it" : "them"): "
      + differences.prefix(Self.named).map(\.description).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// What to do about a run.
  package static let runRemedy =
    "topoclip sweep with the run's own settings makes it again, and --no-verify uses what is there"

  /// Refuses files that differ, or says that they are used all the same.
  ///
  /// - Parameters:
  ///   - path: The folder, as the user named it.
  ///   - verifies: Whether files that differ are refused.
  ///   - remedy: What the user can do.
  /// - Returns: Lines to tell; none where nothing differs.
  /// - Throws: `FileError` naming the files.
  package func remarks(
    on path: String, verifies: Bool, remedy: String = runRemedy
  ) throws -> [String] {
    if verifies { try requireUnchanged(path, remedy: remedy) }
    return isUnchanged ? [] : ["\(path): \(statement); used as they are (--no-verify)"]
  }

  /// Refuses files that differ.
  ///
  /// - Throws: `FileError` naming the files.
  package func requireUnchanged(_ path: String, remedy: String = runRemedy) throws {
    guard isUnchanged else { throw FileError(path, "\(statement); \(remedy)") }
  }
}

extension RunDirectory {
  /// Whether a path in a run directory is of what the analyses read: samples, classes, conditions, embeddings.
  package static func isInput(_ path: String) -> Bool {
    path.hasPrefix("embeddings/")
      || [SampleColumns.file, ClassColumns.file, ConditionList.file].contains {
        $0.pattern.text == path
      }
  }
}
