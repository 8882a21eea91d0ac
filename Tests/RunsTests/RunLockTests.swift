import Files
import Fixtures
import Foundation
import Testing

@testable import Runs

@Suite struct RunLockTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/results/run" }

  init() throws { folder = try TemporaryFolder() }

  /// Tries to hold the lock from another thread, as another process would: what it is told.
  private func attempt() -> String {
    let told = Told()
    let thread = Thread { [path] in
      told.finish(problem { try RunLock.hold(path, remedy: "wait") {} })
    }
    thread.start()
    return told.wait()
  }

  private final class Told: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private var text = ""
    func finish(_ text: String) {
      self.text = text
      done.signal()
    }
    func wait() -> String {
      done.wait()
      return text
    }
  }

  @Test func `a second one is told who works there and since when, one's own calls go on`() throws {
    try RunLock.hold(path) {
      let message = attempt()
      #expect(
        message.hasPrefix(
          "\(path): process \(getpid()) of \(ProcessInfo.processInfo.hostName), since 20"),
        "\(message)")
      #expect(message.hasSuffix("works in it; wait"), "\(message)")
      try RunLock.hold(path + "/.") { _ = try folder.write("x", "results/run/table.csv") }
      #expect(attempt() == message)
    }
    #expect(attempt() == "")
    // The lock goes, what was written stays.
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["table.csv"])
  }

  @Test func `folders that were made for nothing go again, with the error of the work`() throws {
    let message = problem { try RunLock.hold(path) { throw RunError.failure("no") } }
    #expect(message == "no")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: ["", "somebody\n", "\(ProcessInfo.processInfo.hostName)\n1\n2020\ntopoclip\n"])
  func `a lock that is left behind hinders nobody`(text: String) throws {
    _ = try folder.write(text, "results/run/lock")
    var isDone = false
    try RunLock.hold(path) { isDone = true }
    #expect(isDone && !FileManager.default.fileExists(atPath: path + "/lock"))
  }

  @Test func `where no folder can be made it is told`() throws {
    _ = try folder.write("a file", "results")
    #expect(problem { try RunLock.hold(path) {} }.hasPrefix("\(path): the folder cannot be made"))
  }
}
