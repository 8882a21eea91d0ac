import Files
import Foundation
import Runs

/// Scripts that time other programs, and the Python that runs them.
package struct PeerScripts: Sendable {
  let folder: String
  let python: String

  /// Scripts in `folder`, run by `python`.
  package init(folder: String, python: String) {
    self.folder = folder
    self.python = python
  }

  /// What a timing script prints as JSON: seconds under one of three names, and what it found.
  struct Answer: Decodable {
    let wallSeconds: Double?
    let computeSeconds: Double?
    let seconds: Double?
    let bars: [Double]?
    let sum: Double?
    let peakMebibytes: Int?

    enum CodingKeys: String, CodingKey {
      case seconds, bars, sum
      case wallSeconds = "wall_s"
      case computeSeconds = "compute_s"
      case peakMebibytes = "peak_mb"
    }

    /// The seconds that count, or NaN.
    var duration: Double { wallSeconds ?? computeSeconds ?? seconds ?? .nan }
  }

  /// Runs a timing script.
  func run(_ script: String, _ arguments: [String]) throws -> Answer {
    let answer = try decode(Answer.self, script, arguments)
    guard answer.duration.isFinite else { throw failure(script, arguments, "gave no seconds") }
    return answer
  }

  /// Runs a script and decodes what it prints.
  ///
  /// - Throws: `RunError.failure` when it cannot be started, fails, or prints something else.
  func decode<Output: Decodable>(
    _ type: Output.Type, _ script: String, _ arguments: [String],
    _ environment: [String: String?] = [:]
  ) throws -> Output {
    do {
      return try CheckedJSONDecoder().decode(type, from: output(script, arguments, environment))
    } catch is DecodingError {
      throw failure(script, arguments, "printed something else than the JSON expected")
    }
  }

  /// Runs a script and returns what it prints; `environment` goes over this process's own, nil takes
  /// a variable away.
  func output(
    _ script: String, _ arguments: [String], _ environment: [String: String?] = [:]
  ) throws -> Data {
    try Self.output([python, "\(folder)/\(script)"] + arguments, environment)
  }

  /// Runs a command and returns what it prints; see `output(_:_:_:)`.
  static func output(_ command: [String], _ environment: [String: String?] = [:]) throws -> Data {
    let process = Process()
    // A name without a folder is looked up as a shell does.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = environment.reduce(into: ProcessInfo.processInfo.environment) {
      $0[$1.key] = $1.value
    }
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch {
      throw RunError.failure("\(command[0]): cannot be started: \(error)")
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      try Interruption.check()  // it has met the same signal
      throw RunError.failure(
        "\(command.joined(separator: " ")): failed with exit code \(process.terminationStatus); its "
          + "messages are above")
    }
    return output
  }

  private func failure(
    _ script: String, _ arguments: [String], _ problem: String
  ) -> RunError {
    .failure("\(python) \(folder)/\(script) \(arguments.joined(separator: " ")): \(problem)")
  }
}
