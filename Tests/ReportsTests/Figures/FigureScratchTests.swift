import Fixtures
import Foundation
import Testing

@testable import Reports

struct FigureScratchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test func `it lies below the directory and goes with what is in it`() throws {
    let scratch = try FigureScratch(in: folder.path)
    #expect(try scratch.newFolder() != scratch.newFolder())
    #expect(names.count == 1 && names[0].hasPrefix(".figures-\(getpid())-"))
    scratch.remove()
    #expect(names == [])
  }

  @Test func `nobody else enters it, whatever the directory and the umask allow`() throws {
    let scratch = try FigureScratch(in: folder.path)
    defer { scratch.remove() }
    for path in try [scratch.path, scratch.newFolder()] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode.map { $0 & 0o077 } == 0)
    }
  }

  @Test func `a link at its place goes, and nothing is drawn where it leads`() throws {
    let kept = try folder.write("precious", "elsewhere/messages.txt")
    let scratch = try FigureScratch(in: folder.path)
    scratch.remove()
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path, withDestinationPath: folder.path + "/elsewhere")
    let another = try FigureScratch(in: folder.path)
    _ = try another.newFolder()
    another.remove()
    #expect(names == ["elsewhere"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/elsewhere").count == 1)
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "precious")
  }

  @Test func `those of dead processes go, those of others stay`() throws {
    let own = try FigureScratch(in: folder.path)
    let host = (own.path as NSString).lastPathComponent.trimmingPrefix(".figures-\(getpid())-")
    own.remove()
    // A process that has just ended has a number that none has again so soon.
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    let dead = ".figures-\(process.processIdentifier)-\(host)"
    let kept = [
      ".figures-1-\(host)", ".figures-\(process.processIdentifier)-another.host", ".figures-x",
      "figures",
    ]
    for entry in [dead] + kept { _ = try folder.write("x", entry + "/figure.svg") }
    FigureScratch.sweep(folder.path)
    #expect(names == kept.sorted())
  }

  @Test func `a directory that is not there is named`() {
    #expect(throws: (any Error).self) { _ = try FigureScratch(in: "/proc/none") }
  }
}
