import Files
import Fixtures
import Foundation
import Testing

@testable import Pairs

struct PairFoldersTests {
  private func rows(_ source: PairFolders) throws -> ([PairRow], Digest?) {
    var rows = try source.rows()
    var found: [PairRow] = []
    while let row = try rows.next() { found.append(row) }
    return (found, rows.digest)
  }

  @Test func `stems are paired in the order of their bytes, and what is alone has an error`() throws
  {
    let folder = try TemporaryFolder()
    for name in ["b.jpg", "a/c.PNG", "a.jpeg", "only.jpg", ".hidden.jpg", "notes.md", "bad.jpg"] {
      _ = try folder.write("", "images/" + name)
    }
    for (name, text) in [
      ("b.txt", "of b\n"), ("a/c.txt", "of\nc\r\n"), ("a.txt", ""), ("alone.txt", "nobody"),
      ("b.text", ""),
    ] { _ = try folder.write(text, "texts/" + name) }
    _ = try folder.write(Data([0xFF]), "texts/bad.txt")
    let source = try PairFolders(images: folder.path + "/images", texts: folder.path + "/texts")
    let (found, digest) = try rows(source)
    #expect(source.header == ["image", "text", "caption"])
    #expect(
      found.map(\.fields) == [
        ["a.jpeg", "a.txt", ""], ["a/c.PNG", "a/c.txt", "of\nc"], ["", "alone.txt", "nobody"],
        ["b.jpg", "b.txt", "of b"], ["bad.jpg", "bad.txt", ""], ["only.jpg", "", ""],
      ])
    #expect(found.map { $0.problem == nil } == [true, true, false, true, false, false])
    #expect(found[2].problem?.contains("no image of this name") == true)
    #expect(found[4].problem?.hasPrefix("bad.txt: line 1, byte 0") == true)
    #expect(found[5].problem?.contains("no text of this name") == true)
    #expect(try source.imageFile("a/c.PNG") == folder.path + "/images/a/c.PNG")
    _ = try folder.write("other", "texts/b.txt")
    #expect(try rows(source).1 != digest)
  }

  @Test func `folders that are not there or hold nothing are refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.self) {
      try PairFolders(images: folder.path + "/none", texts: folder.path)
    }
    #expect(throws: FileError.self) { try PairFolders(images: folder.path, texts: folder.path) }
  }
}
