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

  @Test(arguments: [
    "", "\0\0\0",
    "\(ProcessInfo.processInfo.hostName)\n1\n2026-01-02T03:04:05Z\ntopoclip\n",
    "elsewhere\n77\n2026-01-02T03:04:05Z\ntopoclip sweep --output \(String(repeating: "é", count: 50_000))\n",
  ])
  func `a lock that is left behind hinders nobody`(text: String) throws {
    _ = try folder.write(text, "results/run/lock")
    var isDone = false
    try RunLock.hold(path) { isDone = true }
    #expect(isDone && !FileManager.default.fileExists(atPath: path + "/lock"))
  }

  @Test(arguments: [
    "precious\n", "a\n1\nnot a time\nb\n", "a\n-1\n2026-01-02T03:04:05Z\nb\n", "\n",
    "\n1\n2026-01-02T03:04:05Z\nb\n", String(repeating: "\0", count: 70_000),
  ])
  func `a file of that name which no command wrote stays, and stops`(text: String) throws {
    _ = try folder.write(text, "results/run/lock")
    let message = problem { try RunLock.hold(path) { _ = Issue.record("it was locked") } }
    #expect(message.hasPrefix("\(path)/lock: was not written by this program"), "\(message)")
    #expect(try FileContents.read(path + "/lock") == Data(text.utf8))
  }

  @Test func `neither does a folder, a pipe or a link make way`() throws {
    let own = try folder.write("", "own")
    for (name, make) in [
      ("folder", { unsafe mkdir($0, 0o777) }), ("pipe", { unsafe mkfifo($0, 0o666) }),
      ("link", { unsafe symlink(own, $0) }), ("dangling", { unsafe symlink($0 + ".none", $0) }),
    ] as [(String, (String) -> Int32)] {
      _ = try folder.write("x", name + "/x")
      let lock = folder.path + "/\(name)/lock"
      #expect(make(lock) == 0)
      let message = problem { try RunLock.hold(folder.path + "/" + name) {} }
      #expect(message.hasPrefix("\(lock): was not written by this program"), "\(message)")
    }
    #expect(try FileContents.read(own).isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/dangling").count == 2)
  }

  @Test func `what another has put in its place meanwhile stays`() throws {
    try RunLock.hold(path) {
      try FileManager.default.removeItem(atPath: path + "/lock")
      _ = try folder.write("mine", "results/run/lock")
    }
    #expect(try FileContents.readText(path + "/lock") == "mine")
  }

  @Test func `where no folder can be made it is told`() throws {
    _ = try folder.write("a file", "results")
    #expect(problem { try RunLock.hold(path) {} }.hasPrefix("\(path): the folder cannot be made"))
  }

  /// Found by fuzzing: a return behind the command made one character with the end of its line.
  @Test(arguments: ["topoclip a \r", "topoclip a\r\nb", "topoclip\na\r", "topoclip\r\n\r\na"])
  func `a command is one line, and read again it is the same`(command: String) {
    let holder = RunLock.Holder(
      host: "h", process: 1, since: "2026-11-30T00:00:00Z", command: command)
    #expect(RunLock.Holder(holder.text)?.text == holder.text)
    #expect(holder.text.utf8.count { $0 == UInt8(ascii: "\n") } == 4)
    #expect(!holder.text.utf8.contains(UInt8(ascii: "\r")))
    #expect(RunLock.Holder("h\n1\n2026-11-30T00:00:00Z\n\(command)\n")?.text == holder.text)
  }
}
