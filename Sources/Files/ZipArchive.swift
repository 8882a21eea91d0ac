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
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var code: Int32 = 0
    guard let archive = unsafe zip_open(path, Int32(ZIP_CREATE | ZIP_EXCL), &code) else {
      throw FileError(path, "cannot be made (libzip error \(code)); is the disk full?")
    }
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
      throw FileError(path, unsafe String(cString: zip_strerror(archive)))
    }
    isClosed = true
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }
}
