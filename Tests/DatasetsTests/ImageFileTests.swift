import Datasets
import Files
import Fixtures
import Foundation
import Images
import Testing

struct ImageFileTests {
  private let folder: TemporaryFolder
  private let image = RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])

  init() throws { folder = try TemporaryFolder() }

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
    #expect(try source.exists)
    let absent = ImageFile(folder.path + "/absent.png")
    #expect(try !absent.exists)
    #expect(throws: FileError.self) { try absent.digest() }
  }
}
