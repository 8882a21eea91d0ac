import Foundation

/// What a stage of a run took.
package struct StageUsage: Codable, Sendable, Equatable {
  package let stage: String
  package let wallSeconds: Double
  let cpuSeconds: Double
  /// What of it the process spent itself; nil where an earlier version did not say.
  package var userSeconds: Double?
  /// What of it the system spent for the process.
  package var systemSeconds: Double?
  /// The largest resident memory of the process until the stage's end.
  package let peakMemoryBytes: Int

  package enum CodingKeys: String, CodingKey {
    case stage
    case wallSeconds = "wall_seconds"
    case cpuSeconds = "cpu_seconds"
    case userSeconds = "user_seconds"
    case systemSeconds = "system_seconds"
    case peakMemoryBytes = "peak_memory_bytes"
  }
}

/// Measures the stages of a run, one after the other.
package final class StageClock {
  package private(set) var stages: [StageUsage] = []

  package init() {}

  /// Runs `body` and records what it took, whether or not it throws.
  package func measure<Value>(_ stage: String, _ body: () throws -> Value) rethrows -> Value {
    let start = ContinuousClock.now
    let before = ProcessUsage()
    defer {
      let after = ProcessUsage()
      stages.append(
        StageUsage(
          stage: stage, wallSeconds: (ContinuousClock.now - start) / .seconds(1),
          cpuSeconds: after.cpuSeconds - before.cpuSeconds,
          userSeconds: after.userSeconds - before.userSeconds,
          systemSeconds: after.systemSeconds - before.systemSeconds,
          peakMemoryBytes: after.peakMemoryBytes))
    }
    return try body()
  }

  /// The process's user and system time, and its largest resident memory so far.
  package static func usage() -> (cpuSeconds: Double, peakMemoryBytes: Int) {
    let usage = ProcessUsage()
    return (usage.cpuSeconds, usage.peakMemoryBytes)
  }
}

/// What the process has taken so far.
private struct ProcessUsage {
  let userSeconds: Double
  let systemSeconds: Double
  let peakMemoryBytes: Int

  var cpuSeconds: Double { userSeconds + systemSeconds }

  init() {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    userSeconds = seconds(usage.ru_utime)
    systemSeconds = seconds(usage.ru_stime)
    peakMemoryBytes = usage.ru_maxrss * 1024  // in KiB
  }
}
