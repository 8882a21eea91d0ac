import Fixtures
import Foundation
import Testing

@testable import Files

struct PrivateFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `nobody else enters one, and no two are alike`() throws {
    let folders = try [
      PrivateFolder(), PrivateFolder(in: folder.path), PrivateFolder(in: folder.path),
      PrivateFolder(at: folder.path + "/named"),
    ]
    #expect(Set(folders.map(\.path)).count == 4)
    for folder in folders {
      #expect(try permissions(folder.path) == 0o700)
      try Data("x".utf8).write(to: URL(filePath: folder.path + "/file"))
      folder.remove()
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
  }

  @Test func `what stands at the place is not taken for it`() throws {
    _ = try folder.write("x", "file")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/folder", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/folder")
    for name in ["file", "folder", "link", "none/below"] {
      let path = folder.path + "/" + name
      let error = #expect(throws: FileError.self) { try PrivateFolder(at: path) }
      #expect(error?.file == path)
    }
  }

  @Test func `where none can be made the place is named`() throws {
    let file = try folder.write("x", "file")
    let error = #expect(throws: FileError.self) { try PrivateFolder(in: file) }
    #expect(error?.file == file)
  }
}
