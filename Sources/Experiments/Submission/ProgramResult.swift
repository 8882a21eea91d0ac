import Foundation

/// What a program of the system said and how it ended.
struct ProgramResult: Sendable, Equatable {
  /// What it exited with: 127 when there is no such program.
  let code: Int32
  /// Its standard output.
  let output: String
  /// Its standard error, without the line end.
  let error: String

  init(code: Int32, output: String, error: String = "") {
    self.code = code
    self.output = output
    self.error = error
  }

  /// Runs a program, which is looked for as a shell does, to its end; for programs that write little.
  ///
  /// - Throws: What keeps the system from starting a process.
  init(running name: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    let (output, error) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // One after the other: the second is far below what a pipe holds.
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let words = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    self.init(
      code: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      error: String(decoding: words, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
