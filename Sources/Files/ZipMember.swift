import CZip
import Foundation

/// A member of a zip archive, unpacked from its beginning on, once.
///
/// What the archive says of the size is compared with the size that compressed bytes can have before any
/// of it is unpacked: a small file cannot ask for much memory by a lie.
@safe final class ZipMember {
  /// No larger member is unpacked.
  static let sizeLimit = 16 << 30
  /// Deflate makes of one byte at most so many (RFC 1951: 258 bytes by two bits).
  private static let deflateFactor = 1032

  /// The name, for messages.
  let name: String
  /// The bytes that the member has unpacked, as the archive says.
  let size: Int
  private let path: String
  private let archive: ZipArchive
  private let stream: OpaquePointer

  /// Opens a member.
  ///
  /// - Parameters:
  ///   - name: Its name in the archive.
  ///   - path: The archive's path.
  /// - Throws: `FileError` when the archive is damaged or has no such member, listing those it has; when
  ///   the member is too large, or claims a size that it cannot have.
  init(_ name: String, of path: String) throws {
    let archive = try ZipArchive(path)
    var details = unsafe zip_stat()
    unsafe zip_stat_init(&details)
    guard unsafe zip_stat(archive.handle, name, 0, &details) == 0 else {
      throw FileError(path, "has no member \(name); its members are \(archive.names.listed)")
    }
    let (claimed, packed) = unsafe (details.size, details.comp_size)
    guard claimed <= UInt64(Self.sizeLimit) else {
      throw FileError(
        path,
        "member \(name) claims \(claimed) bytes; at most \(Self.sizeLimit) are unpacked: save the array "
          + "as a .npy file, which is read as it is")
    }
    let isDeflated = unsafe Int32(details.comp_method) == ZIP_CM_DEFLATE
    let isStored = unsafe Int32(details.comp_method) == ZIP_CM_STORE
    let room = packed.multipliedReportingOverflow(by: UInt64(isDeflated ? Self.deflateFactor : 1))
    guard packed <= UInt64(archive.fileSize),
      isDeflated || isStored ? claimed <= room.partialValue : true
    else {
      throw FileError(
        path,
        "member \(name) claims \(claimed) bytes, packed into \(packed) of \(archive.fileSize); it is "
          + "damaged")
    }
    guard let stream = unsafe zip_fopen(archive.handle, name, 0) else {
      throw FileError(
        path, "member \(name): \(unsafe String(cString: zip_strerror(archive.handle)))")
    }
    self.name = name
    self.path = path
    self.archive = archive
    size = Int(claimed)
    unsafe self.stream = stream
  }

  deinit { unsafe zip_fclose(stream) }

  /// Unpacks the next bytes.
  ///
  /// - Parameter count: How many.
  /// - Returns: So many, fewer only at the end.
  /// - Throws: `FileError` when the member is damaged.
  func read(_ count: Int) throws -> Data {
    var data = Data(count: count)
    var done = 0
    while done < count {
      let read = unsafe data.withUnsafeMutableBytes { bytes in
        unsafe zip_fread(stream, bytes.baseAddress.map { unsafe $0 + done }, UInt64(count - done))
      }
      guard read >= 0 else {
        throw FileError(path, "member \(name) is damaged (wrong checksum or compressed data)")
      }
      if read == 0 { break }
      done += Int(read)
    }
    return data.prefix(done)
  }

  /// Checks that all of the member has been read, which compares its checksum too.
  ///
  /// - Throws: `FileError` when more follows or the checksum differs.
  func requireEnd() throws {
    guard try read(1).isEmpty else { throw wrongSize }
  }

  /// Says that the member has not the size that it claims.
  var wrongSize: FileError {
    FileError(path, "member \(name) does not have the \(size) bytes that it claims")
  }
}
