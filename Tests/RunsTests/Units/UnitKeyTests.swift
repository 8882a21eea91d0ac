import Files
import LinearAlgebra
import Testing

@testable import Runs

struct UnitKeyTests {
  private func key(
    _ analysis: String = "topology", version: Int = 1, name: String = "bands",
    settings: [(key: String, value: String)] = [("a", "1"), ("b", "2")],
    reads: [Digest] = [Digest(of: "x"), Digest(of: "y")], kernels: String = Kernels.description
  ) -> UnitKey {
    UnitKey(
      analysis: analysis, version: version, name: name, settings: settings, reads: reads,
      kernels: kernels)
  }

  @Test func `the digest is that of the lines that are documented`() {
    let (x, y) = (Digest(of: "x"), Digest(of: "y"))
    #expect(key().name == "topology 1: bands")
    let text = """
      topoclip unit 2
      topology 1: bands
      kernels \(Kernels.description)
      setting a=1
      setting b=2
      reads \(x)
      reads \(y)

      """
    #expect(key().digest == Digest(of: text))
    // Those of this process are a unit's unless others are named.
    #expect(
      UnitKey(
        analysis: "topology", version: 1, name: "bands", settings: [("a", "1"), ("b", "2")],
        reads: [x, y]
      ).digest == key().digest)
  }

  @Test func `each part of it makes another unit`() {
    let keys = [
      key(), key("angles"), key(version: 2), key(name: "tests"), key(settings: [("a", "1")]),
      key(settings: [("a", "1"), ("b", "3")]), key(settings: [("b", "2"), ("a", "1")]),
      key(kernels: "OpenBLAS 0.3.21 SkylakeX, own AVX-512"),
      key(reads: [Digest(of: "x")]), key(reads: [Digest(of: "y"), Digest(of: "x")]),
    ]
    #expect(Set(keys.map { "\($0.digest)" }).count == keys.count)
    #expect(key().digest == key().digest)
  }
}
