import LinearAlgebra

/// The records of a CSV one by one, read in pieces: memory does not grow with the file.
///
/// The rules and the messages are those of `CSV`. The file must be one that can be read again, no pipe.
package struct CSVReader {
  /// The path, for messages.
  package let file: String
  /// The fields of the first record.
  package private(set) var header: [String] = []
  private let input: PieceReader
  private let recordLimit: Int
  private var scanner: CSVScanner
  /// What is read and not yet given out, from `offset` in the file on.
  private var bytes: [UInt8] = []
  private var offset = 0
  private var isWhole = false
  private var hash = SHA256()

  private static let pieceSize = 1 << 18
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - recordLimit: The most bytes of a record: a quote that is never closed would take the whole file for one.
  /// - Throws: `FileError` as `CSV.init(path:)`, and for what is no regular file.
  package init(path: String, recordLimit: Int = 1 << 24) throws {
    file = path
    input = try PieceReader(path: path)
    self.recordLimit = recordLimit
    scanner = CSVScanner(file: path)
    try load()
    if bytes.starts(with: Self.byteOrderMark) { scanner.position = Self.byteOrderMark.count }
    guard let first = try record() else {
      throw FileError(path, "is empty; expected a header line")
    }
    header = first.fields
    try CSV.requireHeader(header, file: path)
  }

  /// The next record; nil after the last.
  ///
  /// - Throws: `FileError` with the line of what is wrong, a number of fields that differs from the header's too.
  /// - Complexity: O(bytes of the record).
  package mutating func next() throws -> CSV.Record? {
    guard let record = try record() else { return nil }
    try CSV.requireFields(record, of: header, file: file)
    return record
  }

  /// The SHA-256 of the file's bytes; nil before the last record.
  package var digest: Digest? { isWhole ? Digest(hash) : nil }

  private mutating func record() throws -> CSV.Record? {
    while true {
      do {
        switch try scanner.next(in: bytes, isWhole: isWhole) {
        case .record(let record): return record
        case .end: return nil
        case .more: try load()
        }
      } catch is CSVScanner.NotText {
        throw FileContents.encodingFault(
          bytes[scanner.position...], at: offset + scanner.position, line: scanner.line, file: file)
      }
    }
  }

  /// Adds a piece, as large as what waits: a long record is looked through a few times only.
  private mutating func load() throws {
    bytes.removeFirst(scanner.position)
    offset += scanner.position
    scanner.position = 0
    guard bytes.count < recordLimit else {
      throw FileError(
        file,
        "line \(scanner.line): the record that begins here is longer than \(recordLimit >> 20) MiB; is a "
          + "quoted field never closed?")
    }
    let piece = try input.read(max(Self.pieceSize, bytes.count))
    if offset == 0, bytes.isEmpty { try FileContents.refuseKnownBinary(piece, file: file) }
    isWhole = piece.isEmpty
    hash.update(piece)
    bytes += piece
  }
}
