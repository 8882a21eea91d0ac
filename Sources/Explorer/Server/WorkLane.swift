internal import Dispatch
internal import Synchronization

/// Threads that compute answers, a few at a time, apart from those that talk to clients.
///
/// What computes or reads for long must block neither the threads of tasks nor those of connections; and beyond a
/// number of requests it is better to say so than to let all of them wait.
final class WorkLane: Sendable {
  private struct State {
    var idle: [DispatchQueue]
    var waiting: [@Sendable () -> Void] = []
  }

  private let state: Mutex<State>
  private let waitingLimit: Int

  /// A lane of its own threads.
  ///
  /// - Parameters:
  ///   - label: What it is for.
  ///   - width: How many answers it computes at a time.
  ///   - waitingLimit: How many more may wait.
  init(_ label: String, width: Int, waitingLimit: Int) {
    // A queue of its own has a thread of its own: those of a global one may all be in a parallel loop.
    let queues = (0..<width).map { DispatchQueue(label: "\(label)-\($0)") }
    state = Mutex(State(idle: queues))
    self.waitingLimit = waitingLimit
  }

  /// Does a piece of work when a thread is free, in the order of asking.
  ///
  /// - Returns: What it returns.
  /// - Throws: `Refusal.busy` when as many wait as may; what the work throws.
  func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job: @Sendable () -> Void = { continuation.resume(with: Result { try work() }) }
      let (queue, isTaken) = state.withLock { state -> (DispatchQueue?, Bool) in
        if let queue = state.idle.popLast() { return (queue, true) }
        guard state.waiting.count < waitingLimit else { return (nil, false) }
        state.waiting.append(job)
        return (nil, true)
      }
      if let queue {
        start(job, on: queue)
      } else if !isTaken {
        continuation.resume(throwing: Refusal.busy)
      }
    }
  }

  private func start(_ job: @escaping @Sendable () -> Void, on queue: DispatchQueue) {
    queue.async {
      job()
      let next = self.state.withLock { state -> (@Sendable () -> Void)? in
        guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
        state.idle.append(queue)
        return nil
      }
      if let next { self.start(next, on: queue) }
    }
  }
}
