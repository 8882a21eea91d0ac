import Datasets
import Files
import Fixtures
import Foundation
import Images
import Testing
import Textures

struct ImageSourceTests {
  private let folder: TemporaryFolder
  private let image = RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])

  init() throws { folder = try TemporaryFolder() }

  private func texture(_ index: Int, split: Split = .test, seed: UInt64 = 0, size: Int = 16)
    -> GeneratedTexture
  {
    GeneratedTexture(
      stream: TextureStream(split: split, seed: seed), request: .init(.banded, index: index),
      size: size)
  }

  @Test func `a file is its bytes`() throws {
    let data = try image.pngData()
    let source = ImageFile(try folder.write(data, "image.png"))
    let digest = try source.digest()
    #expect(digest == Digest(of: data))
    try source.requirePixels()
    #expect(try source.pixels(of: digest) == image)
  }

  @Test func `a file that changed is refused`() throws {
    let path = try folder.write(try image.pngData(), "image.png")
    let source = ImageFile(path)
    let digest = try source.digest()
    let other = RGBImage(width: 2, height: 1, pixels: [9, 2, 3, 4, 5, 6])
    _ = try folder.write(try other.pngData(), "image.png")
    let error = #expect(throws: FileError.self) { try source.pixels(of: digest) }
    #expect(error?.file == path && error?.problem.contains("changed while") == true)
  }

  @Test func `a file that is no image is told`() throws {
    let source = ImageFile(try folder.write("text", "image.png"))
    _ = try source.digest()
    #expect(throws: FileError.self) { try source.requirePixels() }
    #expect(source.exists)
    let absent = ImageFile(folder.path + "/absent.png")
    #expect(!absent.exists)
    #expect(throws: FileError.self) { try absent.digest() }
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
