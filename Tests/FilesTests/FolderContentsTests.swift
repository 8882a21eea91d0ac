import Fixtures
import Foundation
import Testing

@testable import Files

struct FolderContentsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `every name is listed, in order`() throws {
    #expect(try FolderContents.isEmpty(folder.path))
    for name in ["b.png", ".hidden", "\u{E9}", "e\u{301}", "a b\nc"] {
      try folder.makeFile(named: Array(name.utf8))
    }
    try folder.makeFolder(named: Array("a".utf8))
    #expect(try !FolderContents.isEmpty(folder.path))
    let names = try #require(try FolderContents.names(of: folder.path))
    #expect(names.count == 6 && names.prefix(3) == [".hidden", "a", "a b\nc"])
    #expect(Set(names.map { Array($0.utf8) }).contains([0x65, 0xCC, 0x81]))
    #expect(Set(names.map { Array($0.utf8) }).contains([0xC3, 0xA9]))
  }

  @Test(arguments: [[0xFF, 0xFE], [0x61, 0xC3], [0x2E, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
  func `a name that is no UTF-8 is told by its bytes, and never passed over`(name: [UInt8]) throws {
    try folder.makeFolder(named: Array("plain".utf8))
    try folder.makeFolder(named: name)
    let error = #expect(throws: FileError.self) { try FolderContents.names(of: folder.path) }
    #expect(error?.file == "\(folder.path)/\(String(escaping: name))")
    #expect(error?.problem.hasPrefix("its name is not UTF-8 text") == true)
    #expect(try FolderContents.textNames(of: folder.path) == ["plain"])
    #expect(try !FolderContents.isEmpty(folder.path))
  }

  @Test func `a folder of such a name alone is not empty`() throws {
    try folder.makeFile(named: [0xFF])
    #expect(try !FolderContents.isEmpty(folder.path))
    #expect(try FolderContents.textNames(of: folder.path) == [])
  }

  @Test func `what is no folder cannot be listed`() throws {
    let file = try folder.write("x", "file")
    let error = #expect(throws: FileError.self) { try FolderContents.names(of: file) }
    #expect(error?.file == file && error?.problem.hasPrefix("cannot be listed: ") == true)
    #expect(try FolderContents.names(of: folder.path + "/absent") == nil)
  }
}
