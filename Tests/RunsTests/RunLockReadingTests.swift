import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

/// A run that is read: by several at a time, and by nobody while it is written.
@Suite struct RunLockReadingTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/run" }
  private var lock: String { path + "/lock" }

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write("x", "run/table.csv")
  }

  /// What another process would be told.
  private func elsewhere(_ body: @escaping @Sendable (String) throws -> Void) -> String {
    let told = Told()
    let thread = Thread { [path] in told.finish(problem { try body(path) }) }
    thread.start()
    return told.wait()
  }

  /// What another process that reads would be told; empty where it may.
  private func reader() -> String { elsewhere { try RunLock.holdForReading($0) {} } }

  /// What another process that writes would be told; empty where it may.
  private func writer() -> String { elsewhere { try RunLock.hold($0) {} } }

  @Test func `readers work together, and a writer waits for the last of them`() throws {
    try RunLock.holdForReading(path) {
      #expect(reader() == "")
      #expect(FileManager.default.fileExists(atPath: lock))
      let writer = writer()
      #expect(writer.contains("works in it; wait for it"), "\(writer)")
      // One's own calls go on.
      try RunLock.holdForReading(path + "/.") {}
    }
    #expect(!FileManager.default.fileExists(atPath: lock))
    #expect(writer() == "")
  }

  @Test func `while somebody writes nobody reads`() throws {
    try RunLock.hold(path) {
      let reader = reader()
      #expect(reader.hasPrefix("\(path): process \(getpid()) of "), "\(reader)")
      #expect(reader.hasSuffix("works in it; wait for it"), "\(reader)")
    }
    #expect(reader() == "")
    #expect(!FileManager.default.fileExists(atPath: lock))
  }

  @Test func `a folder that takes no lock is read all the same`() throws {
    var count = 0
    // One that nobody may write in, one that is not there, a file.
    for folder in ["/proc/self", path + "/nothing", path + "/table.csv"] {
      try RunLock.holdForReading(folder) { count += 1 }
    }
    #expect(count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["table.csv"])
    // Somebody's file of that name stays as it is.
    _ = try self.folder.write("mine\n", "run/lock")
    try RunLock.holdForReading(path) { count += 1 }
    #expect(try count == 4 && FileContents.readText(lock) == "mine\n")
  }
}
