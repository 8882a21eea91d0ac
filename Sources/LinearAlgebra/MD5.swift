internal import CNettle

/// MD5 (RFC 1321), by Nettle: for names that others have given by it, never for what must not be forged.
package enum MD5 {
  /// The digest of a text's bytes in UTF-8 as 32 lower-case hexadecimal digits.
  ///
  /// - Complexity: O(bytes).
  package static func hexadecimal(of text: String) -> String {
    var context = md5_ctx()
    unsafe nettle_md5_init(&context)
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe nettle_md5_update(&context, buffer.count, start)
    }
    var digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_SIZE))
    unsafe nettle_md5_digest(&context, digest.count, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
