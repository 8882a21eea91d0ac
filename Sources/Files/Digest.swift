import Crypto
public import Foundation

/// A SHA-256 digest: the identity of an image, a model, a configuration.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The digest of the bytes of `data`.
  public init(of data: Data) {
    bytes = Array(SHA256.hash(data: data))
  }

  /// The digest of the UTF-8 bytes of `text`.
  public init(of text: String) {
    bytes = Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// The digest of the file at `path`, read in pieces so that memory does not grow with it.
  public init(ofFile path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw FileError(path, "cannot be opened for reading")
    }
    defer { try? handle.close() }
    var hash = SHA256()
    do {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        hash.update(data: piece)
      }
    } catch {
      throw FileError(path, "cannot be read: \(error.localizedDescription)")
    }
    bytes = Array(hash.finalize())
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Orders digests by their bytes.
  public static func < (a: Digest, b: Digest) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}
