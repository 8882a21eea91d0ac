import Fixtures
import Foundation
import Testing

@testable import Files

struct FileContentsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ data: Data) -> String {
    (#expect(throws: FileError.self) { try FileContents.decodeText(data, file: "x.txt") })?
      .problem ?? ""
  }

  @Test func `a file is read`() throws {
    let path = try folder.write("a\r\né\n", "a b.txt")
    #expect(try FileContents.read(path) == Data("a\r\né\n".utf8))
    #expect(try FileContents.readText(path) == "a\r\né\n")
    #expect(try FileContents.readText(folder.write("", "empty")) == "")
  }

  @Test func `a byte-order mark is dropped once`() throws {
    #expect(try FileContents.decodeText(Data("\u{FEFF}x".utf8), file: "x") == "x")
    #expect(try FileContents.decodeText(Data("\u{FEFF}".utf8), file: "x") == "")
    #expect(try FileContents.decodeText(Data("x\u{FEFF}".utf8), file: "x") == "x\u{FEFF}")
  }

  @Test func `text that is not UTF-8 is named with its line and byte`() {
    #expect(
      problem(Data([0x61, 0xFF]))
        == "line 1, byte 1 of the file: is not UTF-8 text; save it as UTF-8")
    #expect(problem(Data("é\n\nab".utf8) + [0xE9, 0x0A]).hasPrefix("line 3, byte 6 "))
    #expect(problem(Data("ab".utf8) + [0xE2, 0x82]).hasPrefix("line 1, byte 2 "))  // cut short
    #expect(problem(Data([0xC0, 0x80])).hasPrefix("line 1, byte 0 "))  // an overlong zero
    #expect(problem(Data([0x41, 0xED, 0xA0, 0x80])).hasPrefix("line 1, byte 1 "))  // a surrogate
  }

  @Test func `absent files and folders are told apart`() {
    let absent = #expect(throws: FileError.self) { try FileContents.read(folder.path + "/no") }
    #expect(absent?.description == "\(folder.path)/no: no such file")
    let directory = #expect(throws: FileError.self) { try FileContents.readText(folder.path) }
    #expect(directory?.problem == "is a folder; expected a file")
    #expect(throws: FileError.self) { try FileContents.read("") }
  }

  @Test func `a path with a zero byte is no file`() {
    #expect(throws: FileError.self) { try FileContents.read(folder.path + "/a\0b") }
  }

  @Test func `a Git LFS pointer is told as such, whatever it stands for`() throws {
    let text = "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 605157884\n"
    let folder = try TemporaryFolder()
    for name in ["x.npy", "x.npz", "x.safetensors:t", "x.csv"] {
      let path = try folder.write(text, MatrixFile.split(name).path)
      let error = #expect(throws: FileError.self) {
        try MatrixFile.readFloats(name.hasSuffix(":t") ? path + ":t" : path)
      }
      #expect(error?.problem.contains("git lfs pull") == true, "\(name)")
    }
  }
}
