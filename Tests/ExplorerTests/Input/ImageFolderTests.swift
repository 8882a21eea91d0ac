import Files
import Fixtures
import Foundation
import Testing

@testable import Explorer

struct ImageFolderTests {
  @Test func `images of all folders are listed by path, hidden ones left out`() throws {
    let folder = try TemporaryFolder()
    for name in [
      "b.JPG", "a/c.png", "a/d/e.jpeg", "a.txt", ".topoclip/x.jpg", ".h.png", "z/.git/y.png",
    ] {
      _ = try folder.write("x", name)
    }
    let listed = try ImageFolder(folder.path)
    #expect(listed.images.map(\.path) == ["a/c.png", "a/d/e.jpeg", "b.JPG"])
    #expect(listed.images.map(\.id) == ["c", "e", "b"])
    #expect(
      listed.images.map(\.file)
        == ["a/c.png", "a/d/e.jpeg", "b.JPG"].map { folder.path + "/" + $0 })
    #expect(listed.images.allSatisfy { $0.stamp?.size == 1 })
    #expect(listed.problems.isEmpty)
  }

  @Test func `images that are not read are named`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.jpg", "b.webp", "c/d.GIF", "notes.md", "e.tiff"] {
      _ = try folder.write("x", name)
    }
    try folder.makeFile(named: [0x66, 0xFF, 0x2E, 0x6A, 0x70, 0x67])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/gone.png", withDestinationPath: "nowhere")
    // As of a disk that is not mounted.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/lost", withDestinationPath: "nowhere")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/notes.csv", withDestinationPath: "nowhere")
    let listed = try ImageFolder(folder.path)
    let problems = listed.problems
    #expect(
      problems.map(\.subject) == [
        "b.webp", "c/d.GIF", "e.tiff", "f\\xff.jpg", "gone.png", "lost",
      ])
    #expect(listed.unlisted.sorted() == ["gone.png", "lost", "notes.csv"])
    #expect(problems[0].reason.contains("WebP"))
  }

  @Test func `a link leads to a folder once, and its own name counts`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("x", "real/a.jpg")
    _ = try folder.write("x", "b.jpg")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path + "/first", withDestinationPath: "real")
    try manager.createSymbolicLink(atPath: folder.path + "/real/loop", withDestinationPath: "..")
    try manager.createSymbolicLink(atPath: folder.path + "/c.jpg", withDestinationPath: "b.jpg")
    #expect(try ImageFolder(folder.path).images.map(\.path) == ["b.jpg", "c.jpg", "real/a.jpg"])
  }

  @Test func `of two spellings of a name one is shown and the other told of`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("x", "e\u{301}.jpg")
    try folder.makeFile(named: Array("\u{e9}.jpg".utf8))
    let listed = try ImageFolder(folder.path)
    #expect(listed.images.count == 1 && listed.problems.count == 1)
    #expect(listed.problems[0].reason.contains("other bytes"))
  }

  @Test func `what is no folder of images is refused`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", "a.bmp")
    #expect(throws: FileError.self) { try ImageFolder(folder.path + "/none") }
    #expect(throws: FileError.self) { try ImageFolder(file) }
    let error = #expect(throws: FileError.self) { try ImageFolder(folder.path) }
    #expect(error?.problem.contains("a.bmp is BMP") == true)
  }
}
