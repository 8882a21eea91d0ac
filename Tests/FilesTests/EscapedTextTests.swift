import Testing

@testable import Files

struct EscapedTextTests {
  @Test(
    arguments: [
      (Array("a é 🙂.png".utf8), "a é 🙂.png"), ([0xFF, 0xFE], "\\xff\\xfe"),
      ([0x61, 0xC3, 0x62], "a\\xc3b"), ([0x0A, 0x00, 0x1B, 0x7F], "\\x0a\\x00\\x1b\\x7f"),
      (Array("a\\xff".utf8), "a\\\\xff"), ([0xE2, 0x82], "\\xe2\\x82"), ([], ""),
      // An overlong slash and half a surrogate pair are no UTF-8.
      ([0xC0, 0xAF], "\\xc0\\xaf"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
    ] as [([UInt8], String)])
  func `every byte shows`(bytes: [UInt8], text: String) {
    #expect(String(escaping: bytes) == text)
  }

  @Test func `bytes are two digits each`() {
    #expect("e\u{301}\n".hexadecimalBytes == "65 cc 81 0a")
    #expect("".hexadecimalBytes.isEmpty)
  }
}
