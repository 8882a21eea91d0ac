public import Foundation
package import LinearAlgebra

/// A SHA-256 digest: the identity of an image, a model, a configuration.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The digest of the bytes of `data`.
  public init(of data: Data) {
    bytes = Self.bytes(of: data)
  }

  /// The digest of the UTF-8 bytes of `text`.
  public init(of text: String) {
    bytes = Self.bytes(of: text.utf8)
  }

  /// The digest of what a hash has taken so far.
  package init(_ hash: SHA256) { bytes = hash.digest }

  private static func bytes(of data: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(data)
    return hash.digest
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
        hash.update(piece[..<count])
      }
    } catch {
      throw error.number == EISDIR
        ? FileError(path, "is a folder; expected a file") : FileError(path, "cannot be read", error)
    }
    bytes = hash.digest
  }

  /// The digest that `description` gives as these bytes; nil when they are no 64 lower-case
  /// hexadecimal digits.
  public init?(hexadecimal digits: some Sequence<UInt8>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let upper = high {
        bytes.append(upper << 4 | value)
        high = nil
      } else {
        guard bytes.count < 32 else { return nil }
        high = value
      }
    }
    guard bytes.count == 32, high == nil else { return nil }
    self.bytes = bytes
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
