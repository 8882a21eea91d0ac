import Testing

@testable import LinearAlgebra

@Suite struct MD5Tests {
  /// RFC 1321, A.5.
  @Test func `the digests are those of the standard`() {
    #expect(MD5.hexadecimal(of: "") == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(MD5.hexadecimal(of: "abc") == "900150983cd24fb0d6963f7d28e17f72")
    let digits = String(repeating: "1234567890", count: 8)
    #expect(MD5.hexadecimal(of: digits) == "57edf4a22be3c955ac49da2e2107b67a")
  }

  /// Of Python's hashlib.
  @Test func `a text is hashed as UTF-8`() {
    #expect(MD5.hexadecimal(of: "é") == "66ddcd97cfdeabb2f6fb8a999b4bc76f")
  }
}
