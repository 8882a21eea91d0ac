import Fixtures
import Foundation
import Testing

@testable import Files

struct ZipMemberTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All of a member.
  private func contents(_ name: String, of path: String) throws -> Data {
    let member = try ZipMember(name, of: path)
    let data = try member.read(member.size)
    guard data.count == member.size else { throw member.wrongSize }
    try member.requireEnd()
    return data
  }

  private func problem(_ archive: Data, _ member: String) throws -> String {
    let path = try folder.write(archive, "x.npz")
    let error = #expect(throws: FileError.self) { try contents(member, of: path) }
    #expect(error?.file == path)
    return error?.problem ?? ""
  }

  /// An archive whose directory gives a member another size than it has.
  private func lying(_ archive: Data, size: UInt32) throws -> Data {
    // The size stands 24 bytes into the directory's record, which starts with "PK\1\2".
    let record = try #require(archive.range(of: Data([0x50, 0x4B, 1, 2]))).lowerBound
    var lying = archive
    lying.replaceSubrange(
      record + 24..<record + 28, with: (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) })
    return lying
  }

  @Test func `a member is unpacked in pieces of any size`() throws {
    let path = try folder.write(NumPyFixtures.deflatedArchive, "x.npz")
    let whole = try contents("x.npy", of: path)
    #expect(whole.count == 0xB0 && whole.starts(with: [0x93] + Array("NUMPY".utf8)))
    let member = try ZipMember("x.npy", of: path)
    #expect(try member.read(10) + member.read(0) + member.read(100) + member.read(500) == whole)
    try member.requireEnd()
    let stored = try folder.write(NumPyFixtures.storedArchive, "y.npz")
    #expect(try contents("b.npy", of: stored).count == 128 + 3 * 4)
  }

  @Test func `a member that is not read to its end is told`() throws {
    let path = try folder.write(NumPyFixtures.deflatedArchive, "x.npz")
    let member = try ZipMember("x.npy", of: path)
    _ = try member.read(0xAF)
    #expect(throws: FileError(path, "member x.npy does not have the 176 bytes that it claims")) {
      try member.requireEnd()
    }
  }

  @Test func `a missing member is an error that lists those there are`() throws {
    #expect(
      try problem(NumPyFixtures.storedArchive, "c.npy")
        == "has no member c.npy; its members are a.npy, b.npy")
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
    for size in [0, 0xAF, 0xB1, 0x7FFF_FFFF, 0xFFFF_FFFE] as [UInt32] {
      #expect(try !problem(lying(NumPyFixtures.deflatedArchive, size: size), "x.npy").isEmpty)
    }
  }

  @Test func `a size that the packed bytes cannot have is refused before it is unpacked`() throws {
    // 87 bytes of deflate, which makes at most 1032 of one.
    #expect(
      try problem(lying(NumPyFixtures.deflatedArchive, size: 87 * 1032 + 1), "x.npy")
        .hasPrefix("member x.npy claims 89785 bytes, packed into 87 of "))
    #expect(
      try problem(lying(NumPyFixtures.storedArchive, size: 0xB1), "a.npy")
        .hasPrefix("member a.npy claims 177 bytes, packed into 176 of "))
  }
}
