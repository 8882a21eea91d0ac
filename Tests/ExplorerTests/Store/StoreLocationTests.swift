import Files
import Fixtures
import Foundation
import Testing

@testable import Explorer

struct StoreLocationTests {
  private let folder: TemporaryFolder
  private let cache: TemporaryFolder

  init() throws { (folder, cache) = (try TemporaryFolder(), try TemporaryFolder()) }

  @Test func `a store is beside the data`() throws {
    let location = try StoreLocation(of: folder.path, environment: [:])
    #expect(location.path == folder.path + "/.topoclip/explorer.sqlite")
    #expect(location.note == nil)
    _ = try ExplorerStore(location.path)
  }

  @Test func `a file that is named is taken, its folder made`() throws {
    let path = folder.path + "/deep/er/my.sqlite"
    #expect(try StoreLocation(of: "/nowhere", file: path).path == path)
    _ = try ExplorerStore(path)
  }

  @Test func `where nothing can be written the cache folder serves, and that is said`() throws {
    _ = try folder.write("in the way", ".topoclip")
    let location = try StoreLocation(of: folder.path, environment: ["XDG_CACHE_HOME": cache.path])
    #expect(location.path.hasPrefix(cache.path + "/topoclip/explorer-"))
    #expect(location.note?.contains(location.path) == true)
    _ = try ExplorerStore(location.path)
    // By the real path: a link to the folder finds the same file.
    let link = cache.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path)
    #expect(
      try StoreLocation(of: link, environment: ["XDG_CACHE_HOME": cache.path]).path == location.path
    )
  }

  /// A folder that a stranger had packed had a store made wherever a link in it led.
  @Test(arguments: ["there", "none"])
  func `a link in the place of a store is not followed`(target: String) throws {
    let precious = try cache.write("precious", "there")
    _ = try folder.write("x", ".topoclip/x")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/.topoclip/explorer.sqlite",
      withDestinationPath: cache.path + "/" + target)
    let location = try StoreLocation(of: folder.path, environment: ["XDG_CACHE_HOME": cache.path])
    #expect(location.path.hasPrefix(cache.path + "/topoclip/explorer-"))
    #expect(location.note?.contains("is a link") == true)
    #expect(try FileStatus(cache.path + "/topoclip")?.permissions == 0o700)
    #expect(try FileContents.readText(precious) == "precious")
    #expect(!FileManager.default.fileExists(atPath: cache.path + "/none"))
  }

  @Test func `without its variable the cache folder is in the home`() throws {
    _ = try folder.write("in the way", ".topoclip")
    let location = try StoreLocation(
      of: folder.path, environment: ["XDG_CACHE_HOME": "relative", "HOME": cache.path])
    #expect(location.path.hasPrefix(cache.path + "/.cache/topoclip/"))
  }

  @Test func `where nothing can be written at all that is an error`() throws {
    _ = try folder.write("in the way", ".topoclip")
    let file = try cache.write("in the way", "file")
    let error = #expect(throws: FileError.self) {
      try StoreLocation(of: folder.path, environment: ["XDG_CACHE_HOME": file])
    }
    #expect(error?.problem.contains("--store") == true)
  }
}
