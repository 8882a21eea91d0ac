import CZip
import Foundation

/// A zip archive, such as an `.npz` file, opened for reading.
@safe final class ZipArchive {
  let handle: OpaquePointer
  /// The bytes of the file.
  let fileSize: Int

  /// Opens the archive at a path.
  ///
  /// - Throws: `FileError` when there is no such file or it is not a zip archive.
  init(_ path: String) throws {
    fileSize = try FileContents.read(path).count  // which says what is wrong when it is no file
    var code: Int32 = 0
    guard let handle = unsafe zip_open(path, Int32(ZIP_RDONLY), &code) else {
      throw FileError(
        path, "is not a zip archive, or is damaged or cut short (libzip error \(code))")
    }
    unsafe self.handle = handle
  }

  deinit { unsafe zip_discard(handle) }

  /// The names of all members, in the archive's order.
  var names: [String] {
    (0..<(unsafe zip_get_num_entries(handle, 0))).compactMap { index in
      unsafe zip_get_name(handle, UInt64(index), 0).map { unsafe String(cString: $0) }
    }
  }

  /// The bytes of an archive with the given members, each stored as it is.
  ///
  /// The same members give the same bytes: no clock enters.
  static func encode(_ members: [(name: String, data: Data)]) throws -> Data {
    // libzip leaves nothing at all of an archive without members: the record that ends one is its whole.
    guard !members.isEmpty else {
      return Data("PK".utf8 + [5, 6] + [UInt8](repeating: 0, count: 18))
    }
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
}
