import Fixtures
import Foundation
import Testing

@testable import Files

struct CacheFolderTests {
  @Test(arguments: [
    (["XDG_CACHE_HOME": "/c", "HOME": "/h"], "/c/topoclip"), (["HOME": "/h"], "/h/.cache/topoclip"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/topoclip"),
    (["XDG_CACHE_HOME": "", "HOME": "/h"], "/h/.cache/topoclip"),
  ])
  func `it is where the standard has it`(environment: [String: String], path: String) {
    #expect(CacheFolder.path(environment) == path)
    #expect(CacheFolder.path([:]).hasPrefix("/"))
  }

  @Test func `it is made for the user alone, and one that is there stays`() throws {
    let folder = try TemporaryFolder()
    let environment = ["XDG_CACHE_HOME": folder.path + "/deep"]
    let path = try CacheFolder.make(environment)
    var status = try #require(try FileStatus(path))
    #expect(status.permissions == 0o700)
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
    #expect(try CacheFolder.make(environment) == path)
    status = try #require(try FileStatus(path))
    #expect(status.permissions == 0o750)
    let file = try folder.write("x", "file")
    #expect(throws: FileError.self) { try CacheFolder.make(["XDG_CACHE_HOME": file]) }
  }
}
