import Fixtures
import Foundation
import Testing

@testable import Files

struct FileStatusTests {
  @Test func `files, folders and what is neither are told apart`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("four", "a")
    #expect(try FileStatus(file)?.kind == .file)
    #expect(try FileStatus(file)?.size == 4)
    #expect(try FileStatus(folder.path)?.kind == .folder)
    #expect(try FileStatus("/dev/null")?.kind == .other)
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path)
    #expect(try FileStatus(link)?.kind == .folder)
    #expect(FileStatus(ofLink: link)?.kind == .other)
  }

  @Test func `what is not there is nil, by whatever reason it cannot be`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", "a")
    let loop = folder.path + "/loop"
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    for path in [folder.path + "/b", file + "/b", loop, "/" + String(repeating: "n", count: 300)] {
      #expect(try FileStatus(path) == nil, "\(path)")
      let error = #expect(throws: FileError.self) { try FileContents.read(path) }
      #expect(error?.kind == .missing && error?.problem == "no such file")
      #expect(throws: FileError.self) { try Digest(ofFile: path) }
    }
    #expect(try FolderContents.names(of: folder.path + "/b") == nil)
    #expect(try FolderContents.names(of: folder.path)?.sorted() == ["a", "loop"])
    let error = #expect(throws: FileError.self) { try FolderContents.names(of: file) }
    #expect(error?.file == file)
  }
}
