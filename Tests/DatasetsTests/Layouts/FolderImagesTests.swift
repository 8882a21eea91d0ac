import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct FolderImagesTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var url: URL { URL(fileURLWithPath: folder.path + "/a") }

  private func images() throws -> FolderImages { try FolderImages(url, path: "a") }

  @Test(arguments: [
    ("x.webp", "they are WebP"), ("x.GIF", "they are GIF"), ("x.tif", "they are TIFF"),
    ("x.tiff", "they are TIFF"), ("x.bmp", "they are BMP"), ("x.avif", "they are AVIF"),
    ("x.ppm", "they are PPM"), ("x.jfif", "they end in .jfif"), ("x.jpe", "they end in .jpe"),
  ])
  func `an image of another format is told by its ending`(name: String, words: String) throws {
    try addImage("a/1.png")
    _ = try folder.write("", "a/" + name)
    let found = try images()
    #expect(found.names == ["1.png"])
    #expect(found.unused.map(\.path) == ["a/" + name])
    #expect(found.unused[0].problem.hasPrefix(words), "\(found.unused[0].problem)")
  }

  @Test func `an image without an ending is told by its first bytes, other files are no images`()
    throws
  {
    try addImage("a/1.png")
    try addImage("a/2")
    _ = try folder.write("GIF89a", "a/3")
    for name in ["notes.txt", "README", "list.csv", ".x.webp"] {
      _ = try folder.write("text", "a/" + name)
    }
    let found = try images()
    #expect(found.names == ["1.png"])
    #expect(found.unused.map(\.path) == ["a/2", "a/3"])
    #expect(found.unused.allSatisfy { $0.problem.hasPrefix("they have no ending") })
  }

  @Test func `images in folders below are told, whatever their format, and a link back ends`()
    throws
  {
    for name in ["a/1.png", "a/b/2.png", "a/b/c/3.jpg"] { try addImage(name) }
    _ = try folder.write("", "a/b/4.webp")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a/b/back", withDestinationPath: folder.path + "/a")
    let found = try images()
    #expect(found.names == ["1.png"])
    #expect(found.unused.map(\.path) == ["a/b/2.png", "a/b/4.webp", "a/b/c/3.jpg"])
    #expect(found.unused.allSatisfy { $0.problem.contains("within that of a class") })
  }
}
