public import Foundation

/// The program as a user meets it: a process that has ended, its streams and its exit code.
public struct ProgramRun: CustomStringConvertible {
  /// The exit code.
  public let code: Int32
  /// What it wrote to standard output.
  public let output: String
  /// What it wrote to standard error.
  public let error: String

  /// Runs the program that was built beside the tests, to its end, in a folder or in that of the tests.
  public init(_ arguments: [String], input: String = "", in folder: String? = nil) throws {
    self = try RunningProgram(arguments, input: input, in: folder).wait()
  }

  /// Runs a script of Bash to its end, in which `topoclip` is the program that was built beside the tests: for
  /// what a shell alone can bring about, such as streams that are closed and limits.
  public init(shell script: String, in folder: String? = nil) throws {
    self = try RunningProgram(shell: script, in: folder).wait()
  }

  /// One that a test has started by itself.
  public init(code: Int32, output: String, error: String) {
    self.code = code
    self.output = output
    self.error = error
  }

  /// All three.
  public var description: String { "exit code \(code)\n\(output)\n\(error)" }
}

/// The program while it runs.
public final class RunningProgram {
  /// The process, for signals.
  public let process = Process()
  private let output = Pipe()
  private let error = Pipe()

  /// Starts the program with `input` as its standard input, in a folder or in that of the tests, with variables
  /// of the environment beside those of the tests.
  public convenience init(
    _ arguments: [String], input: String = "", in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws {
    try self.init(
      Self.folder.appending(path: "topoclip"), arguments, input: input, in: folder,
      environment: environment)
  }

  /// Starts a script of Bash in which `topoclip` is the program.
  fileprivate convenience init(shell script: String, in folder: String?) throws {
    let path = "PATH='\(Self.folder.path)':$PATH; "
    // The threads of a test hear no signals, and what they start would hear none either.
    try self.init(
      URL(filePath: "/usr/bin/env"), ["--default-signal", "bash", "-c", path + script], input: "",
      in: folder)
  }

  /// Where the program stands: beside the test bundle.
  private static let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// Starts any program.
  init(
    _ program: URL, _ arguments: [String], input: String, in folder: String?,
    environment: [String: String] = [:]
  ) throws {
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.standardOutput = output
    process.standardError = error
    let standardInput = Pipe()
    process.standardInput = standardInput
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
  }

  /// Waits until the program has taken SIGINT over: a bit of its status says so.
  ///
  /// It gives up after ten seconds.
  public func waitUntilInterruptible() {
    let status = "/proc/\(process.processIdentifier)/status"
    for _ in 0..<1000 {
      let lines =
        (try? String(contentsOfFile: status, encoding: .utf8))?.split(separator: "\n") ?? []
      let isTaken = lines.filter { $0.hasPrefix("SigIgn:") || $0.hasPrefix("SigCgt:") }.contains {
        let mask = UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) ?? 0
        return mask & 1 << UInt64(SIGINT - 1) != 0
      }
      if isTaken { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Sends SIGINT, as Ctrl-C does.
  public func interrupt() { process.interrupt() }

  /// Waits for the end.
  public func wait() -> ProgramRun {
    let text = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let messages = (try? error.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return ProgramRun(
      code: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: messages, as: UTF8.self))
  }
}
