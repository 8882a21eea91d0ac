import Files
import LinearAlgebra
import Testing

@testable import Images

// What comes of it in pixels is in `NoisyPixelsTests`.
struct GaussianTests {
  @Test func `ε is the normal numbers of the image's stream`() throws {
    let digest = Digest(of: "a")
    guard case .addition(let draw) = NoiseKind.gaussian.operation else {
      Issue.record("expected added noise")
      return
    }
    let expected = RandomStream(domain: "noise/gaussian", seed: 9, identity: digest.bytes)
    #expect(
      draw(NoiseKind.gaussian.stream(digest: digest, seed: 9), 30) == expected.normals(count: 30))
  }
}
