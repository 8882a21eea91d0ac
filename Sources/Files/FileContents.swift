public import Foundation

/// Reading whole files.
public enum FileContents {
  /// The bytes of the file at `path`, mapped into memory when that is safe.
  ///
  /// - Throws: `FileError` saying whether the file is absent, a folder, not readable, or a Git LFS pointer.
  public static func read(_ path: String) throws -> Data {
    guard let status = try FileStatus(path) else { throw absence(of: path) }
    guard status.kind != .folder else { throw FileError(path, "is a folder; expected a file") }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw FileError(path, "cannot be read", error)
    }
    try GitLFSPointer.refuse(data, file: path)
    return data
  }

  /// What is said of a path at which there is nothing.
  static func absence(of path: String) -> FileError {
    if path == StandardInput.argument {
      return FileError(
        path,
        "no such file: - stands for standard input only where a matrix of numbers is read; save the table as a file and name it",
        kind: .missing)
    }
    var spellings = SpellingsOnDisk()
    let problem = spellings.problem(ofMissing: path).map { "no such file: \($0)" }
    return FileError(path, problem ?? "no such file", kind: .missing)
  }

  /// The text of the file at `path`, which must be UTF-8; a byte-order mark is dropped.
  ///
  /// - Throws: `FileError` naming the first byte that is not UTF-8.
  public static func readText(_ path: String) throws -> String {
    try decodeText(read(path), file: path)
  }

  /// The text of bytes that must be UTF-8; a byte-order mark is dropped.
  ///
  /// - Throws: `FileError` naming the first byte that is not UTF-8.
  public static func decodeText(_ data: Data, file: String) throws -> String {
    try requireMemory(count: data.count, size: 1, file: file)
    guard var text = String(validating: data, as: UTF8.self) else {
      if let kind = binaryKind(data) { throw FileError(file, kind) }
      throw encodingFault(data, at: 0, line: 1, file: file)
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return text
  }

  /// What is said of bytes that are not UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: The bytes, the first that is wrong among them.
  ///   - offset: Where in the file they begin.
  ///   - line: On which line.
  ///   - file: The path.
  /// - Returns: The error, with line and byte.
  static func encodingFault(
    _ bytes: some Sequence<UInt8>, at offset: Int, line: Int, file: String
  ) -> FileError {
    let valid = validPrefix(bytes)
    let place = line + bytes.prefix(valid).count { $0 == UInt8(ascii: "\n") }
    return FileError(
      file,
      "line \(place), byte \(offset + valid) of the file: is not UTF-8 text; save it as UTF-8")
  }

  /// Refuses the first bytes of a file that are those of a known kind of file which is no text.
  ///
  /// - Throws: `FileError` that says what it is.
  static func refuseKnownBinary(_ start: [UInt8], file: String) throws {
    let data = Data(start.prefix(1024))
    try GitLFSPointer.refuse(data, file: file)
    if let kind = binaryKind(data) { throw FileError(file, kind) }
  }

  /// What files are that are often given in place of a text.
  private static func binaryKind(_ data: Data) -> String? {
    if NumPyFile.isMarked(data) { return "is an array (.npy); expected text" }
    if data.starts(with: "PK".utf8 + [3, 4]) {
      return "is a zip archive, as .npz and .xlsx files are; expected text"
    }
    if data.starts(with: [0x1F, 0x8B]) { return "is packed by gzip; unpack it with gunzip" }
    return nil
  }

  /// The number of bytes before the first that is not UTF-8.
  private static func validPrefix(_ data: some Sequence<UInt8>) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = data.makeIterator()
    var count = 0
    while case .valid(let scalar) = parser.parseScalar(from: &bytes) { count += scalar.count }
    return count
  }
}
