import Testing

@testable import LinearAlgebra

struct SHA256Tests {
  private func digest(_ pieces: String...) -> String {
    var hash = SHA256()
    for piece in pieces { hash.update(piece.utf8) }
    return hash.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// FIPS 180-4's examples.
  @Test func `known digests`() {
    #expect(digest() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      digest(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `pieces do not matter, and sequences of any kind are alike`() {
    let text = String(repeating: "0123456789", count: 30)
    #expect(digest(text) == digest(String(text.prefix(63)), "", String(text.dropFirst(63))))
    var hash = SHA256()
    hash.update(text.utf8.lazy.map { $0 })
    var array = SHA256()
    array.update(Array(text.utf8)[...])
    #expect(hash.digest == array.digest)
  }

  @Test func `a copy goes on by itself, and a digest may be asked for between`() {
    var hash = SHA256()
    hash.update("ab".utf8)
    let copy = hash
    let early = hash.digest
    #expect(early == copy.digest && early.count == 32)
    hash.update("c".utf8)
    #expect(copy.digest == early && hash.digest != early)
    #expect(hash.digest[0] == 0xba && hash.digest[31] == 0xad)
  }
}
