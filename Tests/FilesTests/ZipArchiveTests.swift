import Fixtures
import Foundation
import Testing

@testable import Files

struct ZipArchiveTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ archive: Data, _ member: String) throws -> String {
    let path = try folder.write(archive, "x.npz")
    let error = #expect(throws: FileError.self) { try ZipArchive.member(member, of: path) }
    #expect(error?.file == path)
    return error?.problem ?? ""
  }

  @Test func `members are unpacked and listed`() throws {
    let path = try folder.write(NumPyFixtures.storedArchive, "x.npz")
    #expect(try ZipArchive.names(of: path) == ["a.npy", "b.npy"])
    #expect(try ZipArchive.member("b.npy", of: path).count == 128 + 3 * 4)
  }

  @Test func `a missing member is an error that lists those there are`() throws {
    #expect(
      try problem(NumPyFixtures.storedArchive, "c.npy")
        == "has no member c.npy; its members are a.npy, b.npy")
  }

  @Test func `a file that is no archive is refused`() throws {
    #expect(try problem(Data("no zip at all".utf8), "a.npy").contains("is not a zip archive"))
    #expect(try problem(Data(), "a.npy").contains("is not a zip archive"))
    for path in [folder.path + "/absent.npz", folder.path] {
      let error = #expect(throws: FileError.self) { try ZipArchive.member("a.npy", of: path) }
      #expect(error?.file == path)
    }
  }

  @Test func `an archive cut short is refused`() throws {
    let archive = NumPyFixtures.storedArchive
    for count in stride(from: 0, to: archive.count, by: 13) {
      #expect(!(try problem(archive.prefix(count), "a.npy").isEmpty))
    }
  }

  @Test func `damaged contents are refused by their checksum`() throws {
    for (archive, member, offset) in [
      (NumPyFixtures.storedArchive, "a.npy", 200), (NumPyFixtures.deflatedArchive, "x.npy", 100),
    ] {
      var damaged = archive
      damaged[offset] ^= 0x10
      #expect(try problem(damaged, member).contains("is damaged"))
    }
  }

  @Test func `a member that lies about its size is refused`() throws {
    // The size stands 24 bytes into the directory's record, which starts with "PK\1\2".
    let archive = NumPyFixtures.deflatedArchive
    let record = try #require(archive.range(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    for size in [0, 0xAF, 0xB1, 0x7FFF_FFFF, 0xFFFF_FFFE] as [UInt32] {
      var lying = archive
      lying.replaceSubrange(
        record + 24..<record + 28, with: (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
      )
      #expect(try !problem(lying, "x.npy").isEmpty)
    }
  }
}
