internal import CNettle

/// SHA-256 (FIPS 180-4, doi:10.6028/NIST.FIPS.180-4) of bytes that come piece by piece, by Nettle.
///
/// Value semantics: a copy goes on by itself.
package struct SHA256: Sendable {
  private var context = sha256_ctx()

  /// Of no bytes yet.
  package init() { unsafe nettle_sha256_init(&context) }

  /// Takes the next bytes.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe nettle_sha256_update(&context, buffer.count, start)
    }
    if isDone == nil { update(Array(bytes)) }
  }

  /// The 32 bytes of the digest of all bytes so far.
  package var digest: [UInt8] {
    var last = context
    return unsafe [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { buffer, count in
      // It writes as many bytes as the buffer holds.
      if let start = buffer.baseAddress { unsafe nettle_sha256_digest(&last, buffer.count, start) }
      count = buffer.count
    }
  }
}
