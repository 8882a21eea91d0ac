import Foundation
import Runs
public import Version

/// What a benchmark found, for a person and for a program.
public protocol BenchmarkResult: Encodable {
  /// Tables in Markdown.
  var table: String { get }
}

extension BenchmarkResult {
  /// The result as JSON with its keys in order.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

/// The figures of a workload.
public protocol BenchmarkRow: Codable, Sendable {
  /// The table of a report of such rows, in Markdown.
  static func table(_ report: BenchmarkReport<Self>) -> String
}

/// What a benchmark of workloads measured, and on what.
public struct BenchmarkReport<Row: BenchmarkRow>: BenchmarkResult, Codable, Sendable {
  /// The program that was measured.
  public let program: ProgramVersion
  /// The machine's processor.
  public let processor: String
  /// Worker threads.
  public let threads: Int
  /// The figures, workload by workload.
  public let rows: [Row]

  /// A report of this program on this machine.
  init(rows: [Row]) {
    let host = Machine.current()
    program = .current
    processor = host.processor
    threads = host.threads
    self.rows = rows
  }

  /// Tables in Markdown.
  public var table: String { Row.table(self) }
}

/// Names that an option lists, separated by commas.
///
/// - Parameters:
///   - option: The option, for the message.
///   - text: The names.
///   - known: Those that there are.
/// - Returns: The names, in the order of the text.
/// - Throws: `OptionError` naming the first that is not known.
func names(_ option: String, _ text: String, known: [String]) throws -> [String] {
  let names = text.split(separator: ",").map(String.init)
  if let unknown = names.first(where: { !known.contains($0) }) {
    throw OptionError(
      "--\(option): there is no \(unknown); there are \(known.joined(separator: ", "))")
  }
  return names
}

/// Checks how often something is measured.
func requireRounds(_ rounds: Int) throws {
  try require((1...1000).contains(rounds), "--rounds \(rounds): expected 1 to 1000")
}

/// Checks about how long something is measured.
func requireSeconds(_ seconds: Double) throws {
  try require(
    seconds > 0 && seconds <= 3600,
    "--seconds \(seconds): expected a number above 0, at most 3600")
}
