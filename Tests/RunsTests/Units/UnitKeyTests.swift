import Files
import Testing

@testable import Runs

struct UnitKeyTests {
  private func key(
    _ analysis: String = "topology", version: Int = 1, name: String = "bands",
    settings: [(key: String, value: String)] = [("a", "1"), ("b", "2")],
    reads: [Digest] = [Digest(of: "x"), Digest(of: "y")]
  ) -> UnitKey {
    UnitKey(analysis: analysis, version: version, name: name, settings: settings, reads: reads)
  }

  @Test func `the digest is that of the lines that are documented`() {
    let (x, y) = (Digest(of: "x"), Digest(of: "y"))
    #expect(key().name == "topology 1: bands")
    #expect(
      key().digest
        == Digest(
          of:
            "topoclip unit 1\ntopology 1: bands\nsetting a=1\nsetting b=2\nreads \(x)\nreads \(y)\n"
        ))
  }

  @Test func `each part of it makes another unit`() {
    let keys = [
      key(), key("angles"), key(version: 2), key(name: "tests"), key(settings: [("a", "1")]),
      key(settings: [("a", "1"), ("b", "3")]), key(settings: [("b", "2"), ("a", "1")]),
      key(reads: [Digest(of: "x")]), key(reads: [Digest(of: "y"), Digest(of: "x")]),
    ]
    #expect(Set(keys.map { "\($0.digest)" }).count == keys.count)
    #expect(key().digest == key().digest)
  }
}
