import LinearAlgebra

@testable import Textures

/// Random numbers for the primitives' tests.
func textureNumbers(_ seed: UInt64 = 0) -> TextureRandom {
  TextureRandom(RandomStream(domain: "tests/textures", seed: seed))
}
