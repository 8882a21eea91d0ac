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
