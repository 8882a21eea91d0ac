import Fixtures
import Foundation
import Testing

@testable import Files

struct LeftoversTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The number of a process that has ended.
  private static let dead: Int32 = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    do { try process.run() } catch { preconditionFailure("\(error)") }
    process.waitUntilExit()
    return process.processIdentifier
  }()

  private func name(_ process: Int32, host: String = TemporaryName.thisHost) -> String {
    TemporaryName(host: host, process: process, count: 3).text
  }

  private func write(_ name: String, age seconds: Double = 0) throws {
    let path = try folder.write("half", name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(-seconds)], ofItemAtPath: path)
  }

  private func left(_ subfolder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + subfolder).sorted()
  }

  @Test func `what a dead process of this machine left goes, what a living one writes stays`()
    throws
  {
    let living = name(getppid())
    for file in [name(Self.dead), living, "kept.tmp", ".topoclip-kept", ".kept.tmp", "a.csv"] {
      try write(file)
    }
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try Set(left()) == [living, "kept.tmp", ".topoclip-kept", ".kept.tmp", "a.csv"])
  }

  @Test func `a number that this process has again is not its own`() throws {
    let mine = TemporaryName.next()
    try write(mine.text)
    try write(TemporaryName(host: TemporaryName.thisHost, process: getpid(), count: 1 << 40).text)
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try left() == [mine.text])
    mine.release()
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try left() == [])
  }

  @Test func `what another machine began stays for a day`() throws {
    let (old, new) = (name(5, host: "old-host"), name(5, host: "new-host"))
    try write(old, age: 90_000)
    try write(new, age: 80_000)
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try left() == [new])
  }

  @Test func `a file that somebody holds stays, be its process out of sight`() throws {
    try write(name(Self.dead))
    let file = try OpenFile(folder.path + "/" + name(Self.dead), path: "x", flags: 0)
    file.lock()
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try left() == [name(Self.dead)])
    withExtendedLifetime(file) {}
  }

  @Test func `a folder of the program's own is cleared below too, also of earlier names`() throws {
    let old = [".\(UUID().uuidString).tmp", ".dat.nosync1a2b.Xy12", "sub/.dat.nosync1.a"]
    for file in old { try write(file, age: 90_000) }
    let young = ".\(UUID().uuidString).tmp"
    try write(young)
    try write("sub/\(name(Self.dead))")
    try write("\(name(Self.dead))/inside")
    try write("sub/table.csv", age: 90_000)
    AtomicFile.removeLeftovers(in: folder.path)
    #expect(try left() == [young, "sub"].sorted())
    #expect(try left("sub") == ["table.csv"])
  }

  @Test func `only a folder of the program's own is looked through below`() throws {
    try write("sub/\(name(Self.dead))")
    try write(".\(UUID().uuidString).tmp", age: 90_000)
    Leftovers.remove(from: folder.path, isOurs: false)
    #expect(try left().count == 2)
    #expect(try left("sub").count == 1)
    AtomicFile.removeLeftovers(in: folder.path + "/absent")
  }

  @Test func `a write clears the folder that it writes to`() throws {
    try write(name(Self.dead))
    try AtomicFile.write("x", to: folder.path + "/a")
    #expect(try left() == ["a"])
  }
}
