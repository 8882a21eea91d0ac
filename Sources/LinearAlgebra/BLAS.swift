import COpenBLAS
import Synchronization

/// The settings of OpenBLAS, which are global to the process.
public enum BLAS {
  /// The limits of the calls to `withThreads` that are under way, and the count before them.
  private struct Limits {
    var active: [Int] = []
    var original = 0
  }

  private static let limits = Mutex(Limits())

  /// Runs `body` while OpenBLAS uses at most `count` threads a call, then restores the setting.
  ///
  /// Loops that run in parallel themselves ask for one thread. Calls may nest or overlap on several
  /// threads: the least count asked for holds until the call that asked returns.
  public static func withThreads<Result>(
    _ count: Int, _ body: () throws -> Result
  ) rethrows -> Result {
    precondition(count > 0)
    limits.withLock { limits in
      if limits.active.isEmpty { limits.original = Int(openblas_get_num_threads()) }
      limits.active.append(count)
      apply(limits)
    }
    defer {
      limits.withLock { limits in
        if let index = limits.active.firstIndex(of: count) { limits.active.remove(at: index) }
        apply(limits)
      }
    }
    return try body()
  }

  /// The number of threads that a call of OpenBLAS uses now.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// The processor whose kernels OpenBLAS chose when the program started, such as `"Cooperlake"`.
  public static var coreName: String { unsafe String(cString: openblas_get_corename()) }

  /// The version of OpenBLAS and the options of its build.
  public static var configuration: String { unsafe String(cString: openblas_get_config()) }

  /// Ends the threads that OpenBLAS starts when it is loaded, and leaves it with one.
  ///
  /// They spin for some 20 ms before they sleep, which is half of what a short command takes. A later
  /// `withThreads` of more than one starts them again.
  public static func endThreads() {
    openblas_set_num_threads(1)
    blas_thread_shutdown_()
  }

  private static func apply(_ limits: Limits) {
    let count = Int32(limits.active.min() ?? limits.original)
    // Setting a count starts threads that have ended, also for the count that there is.
    if openblas_get_num_threads() != count { openblas_set_num_threads(count) }
  }
}
