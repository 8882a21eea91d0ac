import Foundation
import Runs
public import Version

/// What a benchmark of workloads measured, and on what.
public struct BenchmarkReport<Row: Codable & Sendable>: Codable, Sendable {
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
}
