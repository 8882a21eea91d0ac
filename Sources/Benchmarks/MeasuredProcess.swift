import Foundation
import Runs

/// A run of this program as a process of its own, from its start to its end.
struct MeasuredProcess {
  /// The time it took.
  let seconds: Double
  /// The most memory it had; nil when that cannot be told from this process's own.
  let peakMemoryBytes: Int?

  /// Runs `topoclip` with the arguments given.
  ///
  /// - Throws: `RunError.failure` when it fails; `RunError.interrupted`.
  init(_ arguments: [String]) throws {
    let start = ContinuousClock.now
    var process: pid_t = 0
    var words = unsafe (["topoclip"] + arguments).map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    guard unsafe posix_spawn(&process, "/proc/self/exe", nil, nil, &words, environ) == 0 else {
      throw RunError.failure("topoclip cannot start itself")
    }
    var status: Int32 = 0
    var usage = rusage()
    guard unsafe wait4(process, &status, 0, &usage) == process, status == 0 else {
      try Interruption.check()  // it has met the same signal
      throw RunError.failure(
        "topoclip \(arguments.joined(separator: " ")): failed (status \(status)); its message is above"
      )
    }
    seconds = (ContinuousClock.now - start) / .seconds(1)
    // Linux counts this process's own peak for the one it starts; a smaller one cannot be told.
    let peak = usage.ru_maxrss * 1024
    peakMemoryBytes = peak > StageClock.usage().peakMemoryBytes ? peak : nil
  }
}
