import CZip
import Foundation

/// Members of a zip archive, such as the arrays of an `.npz` file.
enum ZipArchive {
  /// No larger member is unpacked.
  private static let memberLimit: UInt64 = 16 << 30

  /// The names of all members, in the archive's order.
  ///
  /// - Throws: `FileError` when there is no such file or it is not a zip archive.
  static func names(of path: String) throws -> [String] {
    let archive = try unsafe open(path)
    defer { unsafe zip_discard(archive) }
    return unsafe names(archive)
  }

  /// The bytes of the member called `name`.
  ///
  /// - Throws: `FileError` when the archive is damaged or has no such member; it lists those it has.
  static func member(_ name: String, of path: String) throws -> Data {
    let archive = try unsafe open(path)
    defer { unsafe zip_discard(archive) }
    var details = unsafe zip_stat()
    unsafe zip_stat_init(&details)
    guard unsafe zip_stat(archive, name, 0, &details) == 0 else {
      throw FileError(
        path,
        "has no member \(name); its members are \(unsafe names(archive).joined(separator: ", "))")
    }
    guard unsafe details.size <= memberLimit else {
      throw FileError(
        path, "member \(name) claims \(unsafe details.size) bytes; too large to unpack")
    }
    guard let member = unsafe zip_fopen(archive, name, 0) else {
      throw FileError(path, "member \(name): \(unsafe String(cString: zip_strerror(archive)))")
    }
    defer { unsafe zip_fclose(member) }
    // Pieces, not one allocation of the size that the archive claims.
    var data = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let read = unsafe zip_fread(member, &piece, UInt64(piece.count))
      guard read >= 0 else {
        throw FileError(path, "member \(name) is damaged (wrong checksum or compressed data)")
      }
      data.append(contentsOf: piece.prefix(Int(read)))
      guard unsafe UInt64(data.count) <= details.size,
        unsafe read > 0 || UInt64(data.count) == details.size
      else {
        throw FileError(
          path, "member \(name) does not have the \(unsafe details.size) bytes that it claims")
      }
      if read == 0 { return data }
    }
  }

  /// The bytes of an archive with the given members, each stored as it is.
  ///
  /// The same members give the same bytes: no clock enters.
  static func encode(_ members: [(name: String, data: Data)]) throws -> Data {
    // In memory: a file aside would stay when the program is killed.
    var fault = unsafe zip_error_t()
    unsafe zip_error_init(&fault)
    defer { unsafe zip_error_fini(&fault) }
    func failure() -> FileError {
      FileError(
        "zip archive", "cannot be made: \(unsafe String(cString: zip_error_strerror(&fault)))")
    }
    guard let target = unsafe zip_source_buffer_create(nil, 0, 0, &fault) else { throw failure() }
    defer { unsafe zip_source_free(target) }
    guard
      let archive = unsafe zip_open_from_source(target, Int32(ZIP_CREATE | ZIP_TRUNCATE), &fault)
    else { throw failure() }
    unsafe zip_source_keep(target)  // closing the archive lets go of it once
    var isClosed = false
    defer { if !isClosed { unsafe zip_discard(archive) } }
    for member in members {
      // libzip reads the bytes when the archive is closed, so it owns a copy until then.
      let bytes = unsafe malloc(max(member.data.count, 1))
      unsafe member.data.copyBytes(
        to: UnsafeMutableRawBufferPointer(start: bytes, count: member.data.count))
      guard
        let source = unsafe zip_source_buffer(archive, bytes, UInt64(member.data.count), 1),
        case let index = unsafe zip_file_add(archive, member.name, source, 0), index >= 0,
        unsafe zip_set_file_compression(archive, UInt64(index), Int32(ZIP_CM_STORE), 0) == 0,
        unsafe zip_file_set_dostime(archive, UInt64(index), 0, 0x21, 0) == 0  // 1980-01-01
      else {
        throw FileError(member.name, unsafe String(cString: zip_strerror(archive)))
      }
    }
    guard unsafe zip_close(archive) == 0 else {
      throw FileError("zip archive", unsafe String(cString: zip_strerror(archive)))
    }
    isClosed = true
    return try unsafe contents(target)
  }

  /// The bytes that an archive was written to.
  private static func contents(_ source: OpaquePointer) throws -> Data {
    func failure() -> FileError {
      FileError(
        "zip archive",
        "cannot be read back: \(unsafe String(cString: zip_error_strerror(zip_source_error(source))))"
      )
    }
    guard unsafe zip_source_open(source) == 0 else { throw failure() }
    defer { unsafe zip_source_close(source) }
    var data = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe zip_source_read(source, &piece, UInt64(piece.count))
      guard count >= 0 else { throw failure() }
      if count == 0 { return data }
      data += piece.prefix(Int(count))
    }
  }

  private static func open(_ path: String) throws -> OpaquePointer {
    _ = try FileContents.read(path)  // which says what is wrong when it is no file
    var code: Int32 = 0
    guard let archive = unsafe zip_open(path, Int32(ZIP_RDONLY), &code) else {
      throw FileError(
        path, "is not a zip archive, or is damaged or cut short (libzip error \(code))")
    }
    return unsafe archive
  }

  private static func names(_ archive: OpaquePointer) -> [String] {
    (0..<(unsafe zip_get_num_entries(archive, 0))).compactMap { index in
      unsafe zip_get_name(archive, UInt64(index), 0).map { unsafe String(cString: $0) }
    }
  }
}
