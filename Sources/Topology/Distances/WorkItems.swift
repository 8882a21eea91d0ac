import LinearAlgebra
import Synchronization

/// Numbered pieces of work, handed out in ascending order to several threads.
struct WorkItems {
  let count: Int
  let workers: Int
  let control: ComputationControl

  /// Does every piece with `body`.
  ///
  /// - Parameters:
  ///   - initial: What a thread starts with: its scratch memory and what it gathers.
  ///   - body: Does one piece.
  /// - Returns: What the threads have gathered, in no order.
  /// - Throws: The error of the first piece that fails, whichever thread met its own first; or
  ///   `CancellationError`.
  func run<State: Sendable>(
    from initial: @autoclosure @Sendable () -> State,
    _ body: @Sendable (inout State, _ item: Int) throws -> Void
  ) throws -> [State] {
    let next = Atomic<Int>(0)
    let failure = Mutex<(item: Int, error: any Error)?>(nil)
    let firstFailure = Atomic<Int>(.max)
    let states = Mutex<[State]>([])
    Parallel.forEach(count: max(min(workers, count), 1)) { _ in
      var state = initial()
      while true {
        let item = next.add(1, ordering: .relaxed).oldValue
        // Pieces before a failed one go on: theirs would be the first error.
        if item >= count || item > firstFailure.load(ordering: .relaxed) { break }
        do {
          try control.check()
          try body(&state, item)
        } catch {
          failure.withLock { if item < $0?.item ?? .max { $0 = (item, error) } }
          firstFailure.min(item, ordering: .relaxed)
        }
      }
      states.withLock { $0.append(state) }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    return states.withLock { $0 }
  }
}
