import Files
import Fixtures
import Foundation
import Synchronization
import Testing

@testable import Runs

@Suite struct UnitStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func key(_ settings: [(key: String, value: String)] = [], version: Int = 1) -> UnitKey {
    UnitKey(
      analysis: "test", version: version, name: "numbers", settings: settings,
      reads: [Digest(of: "input")])
  }

  /// A unit that counts how often it is computed.
  private final class Counted: Sendable {
    let times = Mutex(0)

    func unit(_ key: UnitKey, _ value: [Double]) -> CachedUnit<[Double]> {
      CachedUnit(key) { [self] in
        times.withLock { $0 += 1 }
        return value
      }
    }
  }

  @Test func `what is finished is found again, bit for bit`() throws {
    let counted = Counted()
    let values = [0.1, -0.0, .leastNonzeroMagnitude, .infinity, -.infinity, 1 / 3]
    let unit = counted.unit(key(), values)
    #expect(
      try UnitStore(folder: folder.path).value(unit).map(\.bitPattern) == values.map(\.bitPattern))
    let later = UnitStore(folder: folder.path)
    #expect(later.contains(unit.key))
    #expect(try later.value(unit).map(\.bitPattern) == values.map(\.bitPattern))
    #expect(counted.times.withLock { $0 } == 1)
  }

  @Test func `another setting, version, name or input is another unit`() {
    let keys = [
      key(), key([("a", "1")]), key([("a", "2")]), key(version: 2),
      UnitKey(
        analysis: "test", version: 1, name: "other", settings: [], reads: [Digest(of: "input")]),
      UnitKey(analysis: "test", version: 1, name: "numbers", settings: [], reads: []),
    ]
    #expect(Set(keys.map(\.digest)).count == keys.count)
    #expect(key().digest == key().digest)
  }

  @Test func `a damaged file is computed again`() throws {
    let counted = Counted()
    let unit = counted.unit(key(), [1, 2, 3])
    _ = try UnitStore(folder: folder.path).value(unit)
    let path = "\(folder.path)/\(unit.key.digest).json"
    let whole = try FileContents.read(path)
    for damaged in [
      Data(), whole.dropLast(),
      Data(whole.map { $0 == UInt8(ascii: "2") ? UInt8(ascii: "3") : $0 }),
      whole.dropFirst(),
    ] {
      try AtomicFile.write(Data(damaged), to: path)
      #expect(!UnitStore(folder: folder.path).contains(unit.key))
      #expect(try UnitStore(folder: folder.path).value(unit) == [1, 2, 3])
      #expect(try FileContents.read(path) == whole)
    }
    #expect(counted.times.withLock { $0 } == 5)
  }

  @Test func `a bit that flips is seen, in whichever byte`() throws {
    let counted = Counted()
    let unit = counted.unit(key(), [1, 2, 3])
    _ = try UnitStore(folder: folder.path).value(unit)
    let path = "\(folder.path)/\(unit.key.digest).json"
    let whole = try FileContents.read(path)
    for byte in whole.indices {
      var bytes = [UInt8](whole)
      bytes[byte] ^= 1 << UInt8(byte % 8)
      try Data(bytes).write(to: URL(filePath: path))
      #expect(!UnitStore(folder: folder.path).contains(unit.key), "byte \(byte)")
    }
  }

  @Test func `files under each other's names are computed again`() throws {
    let counted = Counted()
    let units = [counted.unit(key(), [1]), counted.unit(key([("a", "1")]), [2])]
    let store = UnitStore(folder: folder.path)
    for unit in units { _ = try store.value(unit) }
    let paths = units.map { "\(folder.path)/\($0.key.digest).json" }
    let files = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
    try files[0].write(to: URL(filePath: paths[1]))
    try files[1].write(to: URL(filePath: paths[0]))
    let later = UnitStore(folder: folder.path)
    for (unit, value) in zip(units, [[1.0], [2]]) {
      #expect(!later.contains(unit.key))
      #expect(try later.value(unit) == value)
    }
    #expect(counted.times.withLock { $0 } == 4)
    #expect(try paths.map { try Data(contentsOf: URL(filePath: $0)) } == files)
  }

  @Test func `what fails is not kept`() throws {
    struct Fault: Error {}
    let store = UnitStore(folder: folder.path)
    #expect(throws: Fault.self) { try store.value(CachedUnit<Int>(key()) { throw Fault() }) }
    #expect(!store.contains(key()))
    #expect(try store.value(CachedUnit(key()) { 4 }) == 4)
  }

  @Test func `without a folder results live as long as the store`() throws {
    let counted = Counted()
    let unit = counted.unit(key(), [1])
    let store = UnitStore(folder: nil)
    try unit.finish(in: store)
    #expect(try store.value(unit) == [1])
    #expect(store.contains(unit.key))
    #expect(counted.times.withLock { $0 } == 1)
  }
}
