import CKernels
import Foundation

/// A counter-based stream of random numbers, named by a key and never by an order of use.
///
/// Method: Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405). The 128-bit identity of a
/// stream is the head of SHA-256 over its name, so that any piece of work can find its own numbers:
/// the same ones whatever the thread, the shard or the order. Value semantics: a copy repeats.
public struct RandomStream: Sendable, RandomNumberGenerator {
  private let key: UInt64
  private let stream: UInt64
  // The upper half of the counter: `normals` reads the lower one, so the two never share a block.
  private var block: UInt64 = 1 << 63
  private var unusedBits: UInt64?

  /// The stream named by a domain (what the numbers are for), a seed, and the bytes of an identity.
  ///
  /// - Parameters:
  ///   - domain: A name for the purpose, such as `"noise/gaussian"`.
  ///   - seed: The user's seed.
  ///   - identity: What the numbers belong to, such as an image's digest.
  public init(domain: String, seed: UInt64, identity: some Sequence<UInt8> = []) {
    var hash = SHA256()
    precondition(!domain.utf8.contains(0))  // which ends a part of the name
    hash.update("philox4x32-10/1\0\(domain)\0\(seed)\0".utf8)
    hash.update(identity)
    let digest = hash.digest
    func word(_ start: Int) -> UInt64 {
      digest[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }  // little-endian
    }
    key = word(0)
    stream = word(8)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let bits = unusedBits {
      unusedBits = nil
      return bits
    }
    let words = Self.philox(key: key, stream: stream, block: block)
    block += 1
    unusedBits = UInt64(words[2]) | UInt64(words[3]) << 32
    return UInt64(words[0]) | UInt64(words[1]) << 32
  }

  /// A uniform number in the open interval (0, 1): an odd multiple of 2^−53.
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// The first `count` standard normal numbers of the stream, in float32.
  ///
  /// Box–Muller on Philox blocks of their own: not changed by what `next()` has drawn. About 2 ns a
  /// number. The tail reaches |z| = 6.7. The same bits on every CPU.
  public func normals(count: Int) -> [Float] {
    let count = ElementCount.checked(count, of: Float.self)
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { unsafe kernel_normals(key, stream, 0, start, count) }
      initialized = count
    }
  }

  /// The first `count` words of a part of the stream, each uniform in 0 ..< 2³².
  ///
  /// Parts are streams of their own, for work in many numbered pieces: Philox blocks from
  /// 2⁶² + 2³² · part, which neither `next()` nor `normals` reads. About 1 ns a word.
  ///
  /// - Parameters:
  ///   - part: The number of the piece, below 2²⁹.
  ///   - count: How many words, below 2³⁴.
  /// - Returns: The words.
  /// - Complexity: O(count).
  public func words(part: Int, count: Int) -> [UInt32] {
    precondition((0..<1 << 29).contains(part) && (0..<1 << 34).contains(count))
    let block = 1 << 62 + UInt64(part) << 32
    let count = ElementCount.checked(count, of: UInt32.self)
    return unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { unsafe kernel_words(key, stream, block, start, count) }
      initialized = count
    }
  }

  /// One block of the cipher, for the known-answer test.
  static func philox(key: UInt64, stream: UInt64, block: UInt64) -> [UInt32] {
    unsafe [UInt32](unsafeUninitializedCapacity: 4) { buffer, initialized in
      if let start = buffer.baseAddress { unsafe kernel_philox(key, stream, block, start) }
      initialized = 4
    }
  }
}
