import Dispatch
import Synchronization

/// The worker threads of every parallel loop in the program.
///
/// Loops hand out indices dynamically and keep each result at its index, so the number of workers
/// changes the time and never the result.
public enum Parallel {
  private static let configuredWorkers = Atomic<Int>(0)

  /// How many threads a parallel loop uses: all cores unless set (`--threads`).
  public static var workers: Int {
    get {
      let configured = configuredWorkers.load(ordering: .relaxed)
      return configured > 0 ? configured : ProcessorCount.online
    }
    set {
      precondition(newValue > 0)
      configuredWorkers.store(newValue, ordering: .relaxed)
    }
  }

  /// Calls `body` once for every index below `count`, on all workers; returns when all are done.
  ///
  /// Never call it from inside an async task: it blocks the calling thread.
  public static func forEach(count: Int, _ body: @Sendable (Int) -> Void) {
    forEach(count: count, workers: workers) { index, _ in body(index) }
  }

  /// Like `forEach(count:_:)`, on at most `workers` threads, for a body with scratch for each thread.
  ///
  /// - Parameters:
  ///   - count: The number of indices.
  ///   - workers: The most threads.
  ///   - body: Gets an index, and the number of its thread, below `workers`.
  public static func forEach(
    count: Int, workers: Int, _ body: @Sendable (_ index: Int, _ worker: Int) -> Void
  ) {
    let workers = min(workers, count)
    if workers <= 1 {
      for index in 0..<count { body(index, 0) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(index, worker)
      }
    }
  }

  /// The values of `transform` for every index below `count`, in order of the index.
  public static func map<Value: Sendable>(
    count: Int, _ transform: @Sendable (Int) -> Value
  ) -> [Value] {
    guard count > 0 else { return [] }
    let capacity = ElementCount.checked(count, of: Value.self)
    return unsafe [Value](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let start = unsafe base
      // Each index is written once, by one iteration: no two threads share it.
      forEach(count: count) { index in
        unsafe (start + index).initialize(to: transform(index))
      }
      initialized = capacity
    }
  }

  /// Like `map`, for a transform that can throw: the error of the lowest index is thrown, after
  /// every index has run.
  public static func tryMap<Value: Sendable, Failure: Error>(
    count: Int, _ transform: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let results = map(count: count) { index in
      Result { () throws(Failure) in try transform(index) }
    }
    return try results.map { result throws(Failure) in try result.get() }
  }
}
