import Files

/// The first half of a SHA-256: what tells a million images and captions apart in little memory.
///
/// Two of a million different ones are equal with a probability of 1e-27.
struct ShortDigest: BitwiseCopyable, Hashable, Sendable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  init() {}

  init(_ digest: Digest) {
    for byte in digest.bytes[..<8] { high = high << 8 | UInt64(byte) }
    for byte in digest.bytes[8..<16] { low = low << 8 | UInt64(byte) }
  }

  init(of text: String) { self.init(Digest(of: text)) }
}
