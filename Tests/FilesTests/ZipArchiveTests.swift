import Fixtures
import Foundation
import Testing

@testable import Files

struct ZipArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `members are listed`() throws {
    let path = try folder.write(NumPyFixtures.storedArchive, "x.npz")
    #expect(try ZipArchive(path).names == ["a.npy", "b.npy"])
  }

  @Test func `a file that is no archive is refused`() throws {
    for (data, name) in [(Data("no zip at all".utf8), "text.npz"), (Data(), "empty.npz")] {
      let path = try folder.write(data, name)
      let error = #expect(throws: FileError.self) { try ZipArchive(path) }
      #expect(error?.file == path && error?.problem.contains("is not a zip archive") == true)
    }
    for path in [folder.path + "/absent.npz", folder.path] {
      let error = #expect(throws: FileError.self) { try ZipArchive(path) }
      #expect(error?.file == path)
    }
  }

  @Test func `an archive without members is one`() throws {
    let path = try folder.write(ZipArchive.encode([]), "empty.zip")
    #expect(try ZipArchive(path).names.isEmpty)
  }
}
