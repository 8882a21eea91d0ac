import Datasets
import Files
import Images
import Testing
import Textures

struct GeneratedTextureTests {
  private func texture(_ index: Int, split: Split = .test, seed: UInt64 = 0, size: Int = 16)
    -> GeneratedTexture
  {
    GeneratedTexture(
      stream: TextureStream(split: split, seed: seed), request: .init(.banded, index: index),
      size: size)
  }

  @Test func `a texture is what decides its pixels`() throws {
    let source: any ImageSource = texture(7)
    try source.requirePixels()
    #expect(
      try source.digest()
        == Digest(
          of: "topoclip texture 1\nsplit test\nseed 0\nclass banded\nindex 7\nsize 16\n"))
    let stream = TextureStream(split: .test, seed: 0)
    #expect(
      try source.pixels(of: source.digest())
        == stream.sample(.init(.banded, index: 7), size: 16).image)
  }

  @Test func `another split, seed, number or size is another image`() throws {
    let textures = [
      texture(7), texture(8), texture(7, split: .train), texture(7, seed: 1), texture(7, size: 17),
    ]
    #expect(Set(textures.map { $0.digest() }).count == textures.count)
    #expect(texture(7).digest() == texture(7).digest())
  }

  @Test func `a texture's name is read at a glance`() {
    #expect(texture(7).path == "textures/test/banded/0007")
    #expect(texture(12_345, split: .all).path == "textures/all/banded/12345")
  }
}
