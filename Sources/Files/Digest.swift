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
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let fault = SystemFault.last
      throw fault.isAbsence
        ? FileError(path, "no such file", kind: .missing)
        : FileError(path, "cannot be opened for reading", fault)
    }
    defer { close(descriptor) }
    var hash = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while case let count = try SystemCalls.read(into: &piece, from: descriptor), count > 0 {
        hash.update(data: piece[..<count])
      }
    } catch {
      throw error.number == EISDIR
        ? FileError(path, "is a folder; expected a file") : FileError(path, "cannot be read", error)
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
