import Files
import Foundation
package import LinearAlgebra
import Runs

/// The embeddings and records of pairs in files of a work folder: memory holds none of them.
///
/// What a checkpoint tells of is synced before the checkpoint is written; what stands behind it, of a process that was
/// killed, is cut off when the store is opened. So a store is at every moment that of a whole number of pieces.
package final class PairStore: PairEmbeddings {
  package let folder: String
  package let dimension: Int
  private let imageRows: AppendedFile
  private let textRows: AppendedFile
  private let digestFile: AppendedFile
  private let recordFile: AppendedFile
  private let messageFile: AppendedFile

  private static let names = [
    "images.f32", "texts.f32", "digests.bin", "records.bin", "messages.bin",
  ]
  private static let drawPrefix = "draws-"
  /// The table of candidates until the report is written; it is no part of what a checkpoint tells of.
  static let candidates = ScoreRankColumns.file.pattern.text

  /// Opens or makes the files of a work folder that the caller has locked.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - dimension: The columns of every embedding, at least 1.
  /// - Throws: `FileError`.
  init(folder: String, dimension: Int) throws {
    self.folder = folder
    self.dimension = dimension
    let files = try Self.names.map { try AppendedFile(path: folder + "/" + $0) }
    (imageRows, textRows, digestFile) = (files[0], files[1], files[2])
    (recordFile, messageFile) = (files[3], files[4])
  }

  private var rowSize: Int { dimension * MemoryLayout<Float>.stride }
  private static let digestSize = MemoryLayout<ShortDigest>.stride
  private static let recordSize = MemoryLayout<PairRecord>.stride

  package var imageCount: Int { digestFile.byteCount / Self.digestSize }
  package var textCount: Int { textRows.byteCount / rowSize }
  var recordCount: Int { recordFile.byteCount / Self.recordSize }

  package func images(_ indices: [Int]) throws -> Matrix<Float> {
    try imageRows.rows(indices, columns: dimension)
  }

  package func texts(_ indices: [Int]) throws -> Matrix<Float> {
    try textRows.rows(indices, columns: dimension)
  }

  // MARK: Writing

  func append(images: [Float], digests: [ShortDigest]) throws {
    precondition(images.count == digests.count * dimension)
    try imageRows.append(images)
    try digestFile.append(digests)
  }

  func append(texts: [Float]) throws {
    precondition(texts.count % dimension == 0)
    try textRows.append(texts)
  }

  func append(records: [PairRecord]) throws { try recordFile.append(records) }

  /// Keeps messages that records name by their number.
  func append(messages: [String]) throws {
    try messageFile.append(messages.flatMap { $0.utf8.filter { $0 != 0 } + [0] })
  }

  // MARK: Reading

  func digests() throws -> [ShortDigest] {
    try digestFile.elements(0..<imageCount, blank: ShortDigest())
  }

  func records(_ range: Range<Int>) throws -> [PairRecord] {
    try recordFile.elements(range, blank: PairRecord())
  }

  func messages() throws -> [String] {
    let bytes = try messageFile.elements(0..<messageFile.byteCount, blank: UInt8(0))
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Calls `body` for every record, in order.
  func forEachRecord(_ body: (Int, PairRecord) throws -> Void) throws {
    let piece = 1 << 15
    for start in stride(from: 0, to: recordCount, by: piece) {
      try Interruption.check()
      let range = start..<min(recordCount, start + piece)
      for (index, record) in zip(range, try records(range)) { try body(index, record) }
    }
  }

  /// The pairs that have a score.
  func scoredPairs() throws -> ScoredPairs {
    var pairs = ScoredPairs()
    try forEachRecord { index, record in
      guard record.isScored else { return }
      pairs.records.append(Int32(index))
      pairs.images.append(record.image)
      pairs.texts.append(record.text)
      pairs.cosines.append(record.cosine)
    }
    return pairs
  }

  // MARK: Checkpoints

  private var checkpointPath: String { folder + "/" + PairCheckpoint.fileName }

  /// What is done, by the checkpoint that there is.
  ///
  /// - Parameter didFindDamage: Is called for a checkpoint that is damaged or another version's, and is none.
  /// - Returns: The checkpoint; nil where there is none.
  /// - Throws: `FileError` when the system refuses.
  func checkpoint(
    didFindDamage: () -> Void = {}
  ) throws -> PairCheckpoint? {
    do { return try PairCheckpoint.read(checkpointPath) } catch let error as FileError
      where !error.isSystemFault
    {
      didFindDamage()
      return nil
    }
  }

  /// All files, in the order of their names.
  private var files: [AppendedFile] {
    [imageRows, textRows, digestFile, recordFile, messageFile]
  }

  /// Goes back to what a checkpoint tells of.
  ///
  /// - Returns: Whether the files have the bytes that it tells of; nothing is cut off where one is shorter.
  /// - Throws: `FileError` when the disk fails.
  func restore(_ checkpoint: PairCheckpoint) throws -> Bool {
    let entries = [
      (checkpoint.images, rowSize), (checkpoint.texts, rowSize),
      (checkpoint.images, Self.digestSize), (checkpoint.rows, Self.recordSize),
      (checkpoint.messageBytes, 1),
    ]
    let sizes = entries.map { $0.multipliedReportingOverflow(by: $1) }
    guard
      zip(sizes, files).allSatisfy({
        !$0.overflow && (0...$1.byteCount).contains($0.partialValue)
      })
    else { return false }
    for (size, file) in zip(sizes, files) { try file.truncate(to: size.partialValue) }
    return try checkpoint.digests.isEmpty || checkpoint.digests == digestsOfFiles()
  }

  private func digestsOfFiles() throws -> [String] { try files.map { "\(try $0.digest())" } }

  /// What is appended now, safe or not.
  ///
  /// - Parameters:
  ///   - key: All that decides the embeddings.
  ///   - stamps: Of the images of its rows.
  /// - Returns: What a checkpoint of it says.
  /// - Throws: `FileError` when the disk fails.
  func state(key: String, stamps: ImageStamps.Summary) throws -> PairCheckpoint {
    try PairCheckpoint(
      key: key, rows: recordCount, images: imageCount, texts: textCount,
      messageBytes: messageFile.byteCount, stamps: stamps, digests: digestsOfFiles())
  }

  /// Makes what is appended safe.
  ///
  /// - Returns: The checkpoint that was written.
  func commit(key: String, stamps: ImageStamps.Summary) throws -> PairCheckpoint {
    let checkpoint = try state(key: key, stamps: stamps)
    try commit(checkpoint)
    return checkpoint
  }

  /// Makes a state safe that the store is in.
  func commit(_ state: PairCheckpoint) throws {
    for file in files { try file.synchronize() }
    try state.write(to: checkpointPath)
  }

  // MARK: Draws

  /// Keeps sums over draws of batches, and the checkpoint that tells of them.
  func commit(_ sums: NegCLIPLoss.Sums, _ checkpoint: PairCheckpoint) throws {
    let file = try AppendedFile(path: folder + "/" + Self.drawName(checkpoint))
    try file.truncate(to: 0)
    try file.append(sums.means)
    try file.append(sums.squares)
    try file.synchronize()
    var checkpoint = checkpoint
    checkpoint.drawDigest = "\(try file.digest())"
    try checkpoint.write(to: checkpointPath)
    try removeDraws(but: Self.drawName(checkpoint))
  }

  /// The sums over the draws that a checkpoint tells of; nil where they are others.
  ///
  /// - Throws: `FileError` when they are not those of so many pairs.
  func sums(_ checkpoint: PairCheckpoint, count: Int) throws -> NegCLIPLoss.Sums? {
    let file = try AppendedFile(path: folder + "/" + Self.drawName(checkpoint))
    guard try "\(file.digest())" == checkpoint.drawDigest else { return nil }
    return NegCLIPLoss.Sums(
      draws: checkpoint.draws, means: try file.elements(0..<count, blank: 0.0),
      squares: try file.elements(count..<2 * count, blank: 0.0))
  }

  /// By what decides the draws too: the file that a checkpoint tells of is never written over.
  private static func drawName(_ checkpoint: PairCheckpoint) -> String {
    drawPrefix + "\(Digest(of: checkpoint.drawKey))".prefix(16) + "-\(checkpoint.draws)"
  }

  private func removeDraws(but kept: String?) throws {
    for name in try FolderContents.textNames(of: folder) ?? []
    where name.hasPrefix(Self.drawPrefix) && name != kept {
      try Self.remove(folder + "/" + name)
    }
  }

  // MARK: The folder

  /// The files that a work folder may hold.
  static let kind = OutputFolder.Kind(
    "an unfinished scoring",
    files: (names + [candidates, PairCheckpoint.fileName, RunLock.fileName]).map {
      RunFile(FilePattern($0, words: [:]), "Unfinished work of a scoring.", role: .record)
    } + [
      RunFile(
        FilePattern(drawPrefix + "DRAW", words: ["DRAW": ["[0-9a-f]{16}-[0-9]+"]]),
        "Sums over draws of batches.",
        role: .record)
    ]
  ) { _ in false }

  /// Removes the store's files, the checkpoint first: what is left of them when that ends early is no store.
  func remove() throws {
    try Self.remove(checkpointPath)
    try removeDraws(but: nil)
    for name in Self.names + [Self.candidates] { try Self.remove(folder + "/" + name) }
  }

  private static func remove(_ path: String) throws {
    guard try FileStatus(path) != nil else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw FileError(path, "cannot be removed", error)
    }
  }
}
