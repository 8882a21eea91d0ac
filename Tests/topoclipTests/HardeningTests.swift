import Fixtures
import Foundation
import Testing

/// How the program was compiled and linked, as its file says: the loader resolves everything at the start and then
/// writes nothing more to its tables, and C and C++ check their stacks and the sizes of what they copy.
struct HardeningTests {
  private let file: ExecutableFile

  init() throws {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "topoclip")
    file = try ExecutableFile(Data(contentsOf: program))
  }

  @Test func `all symbols are resolved at the start`() {
    let flags = file.dynamic[ExecutableFile.flagsTag] ?? 0
    let moreFlags = file.dynamic[ExecutableFile.moreFlagsTag] ?? 0
    #expect(
      file.dynamic[ExecutableFile.bindNowTag] != nil || flags & 0x8 != 0 || moreFlags & 0x1 != 0)
  }

  @Test func `the loader's tables are read-only then, and the place of the program is not fixed`() {
    #expect(file.segments.contains(ExecutableFile.relroSegment))
    #expect(file.isPositionIndependent)
  }

  @Test func `stacks and copies are checked`() {
    #expect(file.imports.contains("__stack_chk_fail"))
    // snprintf of the decoders' messages, memcpy of the encoder's rows.
    for name in ["__snprintf_chk", "__memcpy_chk"] {
      #expect(file.imports.contains(name), "\(name)")
    }
  }
}

/// What an ELF file of 64 bits, least byte first, says to the loader.
private struct ExecutableFile {
  static let bindNowTag: UInt64 = 24
  static let flagsTag: UInt64 = 30
  static let moreFlagsTag: UInt64 = 0x6fff_fffb
  static let relroSegment: UInt64 = 0x6474_e552

  /// The types of the segments.
  private(set) var segments: Set<UInt64> = []
  /// The last value of every tag.
  private(set) var dynamic: [UInt64: UInt64] = [:]
  let isPositionIndependent: Bool
  /// The names in the table of strings of the dynamic symbols.
  private(set) var imports: Set<String> = []

  init(_ data: Data) throws {
    func number(_ offset: Int, _ bytes: Int) throws -> UInt64 {
      try #require(offset >= 0 && offset + bytes <= data.count)
      return (0..<bytes).reduce(0) { $0 | UInt64(data[offset + $1]) << (8 * UInt64($1)) }
    }
    try #require(data.prefix(6) == Data([0x7F, 0x45, 0x4C, 0x46, 2, 1]), "an ELF file")
    isPositionIndependent = try number(16, 2) == 3
    let (start, size, count) = try (number(32, 8), number(54, 2), number(56, 2))
    /// Where memory and the file have the same bytes.
    var loaded: [(address: UInt64, offset: UInt64, size: UInt64)] = []
    var table: (offset: Int, size: Int)?
    for index in 0..<Int(count) {
      let place = Int(start) + index * Int(size)
      let type = try number(place, 4)
      segments.insert(type)
      let (offset, address, length) = try (
        number(place + 8, 8), number(place + 16, 8), number(place + 32, 8)
      )
      if type == 1 { loaded.append((address, offset, length)) }
      if type == 2 { table = (Int(offset), Int(length)) }
    }
    let (offset, length) = try #require(table, "a dynamic section")
    for place in stride(from: offset, to: offset + length, by: 16) {
      let tag = try number(place, 8)
      if tag == 0 { break }
      dynamic[tag] = try number(place + 8, 8)
    }
    let strings = try #require(dynamic[5])
    let segment = try #require(
      loaded.first { strings >= $0.address && strings < $0.address + $0.size })
    let first = Int(strings - segment.address + segment.offset)
    let bytes = data[first..<first + Int(dynamic[10] ?? 0)]
    imports = Set(bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }
}
