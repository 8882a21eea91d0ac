import Fixtures
import Foundation
import Testing

@testable import Files

struct DigestTests {
  /// The examples of FIPS 180-2, and of NIST for no and for a million bytes.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `known digests`(text: String, expected: String) throws {
    #expect(Digest(of: text).description == expected)
    #expect(Digest(of: Data(text.utf8)).description == expected)
    let folder = try TemporaryFolder()
    #expect(try Digest(ofFile: folder.write(text, "x")).description == expected)
  }

  @Test func `a file larger than one piece has the digest of its bytes`() throws {
    let data = Data((0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
    let folder = try TemporaryFolder()
    #expect(try Digest(ofFile: folder.write(data, "x")) == Digest(of: data))
  }

  @Test func `digests are ordered by their bytes`() {
    let digests = (0..<50).map { Digest(of: "\($0)") }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
    #expect(Set(digests).count == 50)
    #expect(!(digests[0] < digests[0]))
  }

  @Test func `what is no file is an error`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path + "/absent"] {
      let error = #expect(throws: FileError.self) { try Digest(ofFile: path) }
      #expect(error?.file == path)
    }
  }
}
