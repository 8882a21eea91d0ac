import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import Pairs

struct CandidateListTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `texts a line, empty ones passed over and said`() throws {
    let path = try folder.write("a cat\r\n\n  two words \né, \"x\"\n", "texts.txt")
    let list = try CandidateList(path)
    #expect(list.kind == .texts && list.names == ["a cat", "two words", "é, \"x\""])
    #expect(list.messages == ["\(path): line 2 is empty and is no candidate"])
  }

  @Test func `a text twice is refused with both lines`() throws {
    let path = try folder.write("a\nb\n a\n", "texts.txt")
    let error = #expect(throws: FileError.self) { try CandidateList(path) }
    #expect(error?.problem.contains("line 3") == true && error?.problem.contains("line 1") == true)
  }

  @Test func `no text, no file and no image are refused`() throws {
    let empty = try folder.write("\n\n", "empty.txt")
    let none = folder.path + "/none"
    try FileManager.default.createDirectory(
      atPath: folder.path + "/bare", withIntermediateDirectories: true)
    for path in [empty, none, folder.path + "/bare"] {
      #expect(throws: FileError.self) { try CandidateList(path) }
    }
  }

  @Test func `the images of a folder by name`() throws {
    for name in ["b.PNG", "a.jpg", "c.txt", ".d.png", "e.jpeg"] {
      _ = try folder.write("x", "images/" + name)
    }
    let list = try CandidateList(folder.path + "/images")
    #expect(list.kind == .images && list.names == ["a.jpg", "b.PNG", "e.jpeg"])
  }

  @Test func `too many rows are refused with their number`() throws {
    let list = try CandidateList(try folder.write("a\nb\n", "texts.txt"))
    try list.require(pairs: 50_000_000)
    let error = #expect(throws: OptionError.self) { try list.require(pairs: 50_000_001) }
    #expect(error?.description.contains("100000002 rows") == true)
    #expect(throws: OptionError.self) { try list.require(pairs: .max) }
  }
}
