import Dispatch
import Synchronization
import Testing

@testable import Explorer

struct WorkLaneTests {
  private final class Counts: Sendable {
    let running = Atomic<Int>(0)
    let most = Atomic<Int>(0)
  }

  @Test func `work gives its result or its error`() async throws {
    let lane = WorkLane("test", width: 1, waitingLimit: 1)
    #expect(try await lane.run { 1 + 1 } == 2)
    await #expect(throws: Refusal.self) { try await lane.run { throw Refusal.busy } }
    #expect(try await lane.run { 3 } == 3)
  }

  @Test func `no more is done at a time than the lane is wide, and all of it is done`() async throws
  {
    let lane = WorkLane("test", width: 3, waitingLimit: 1000)
    let counts = Counts()
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<300 {
        group.addTask {
          try await lane.run {
            let now = counts.running.add(1, ordering: .relaxed).newValue
            counts.most.max(now, ordering: .relaxed)
            counts.running.subtract(1, ordering: .relaxed)
            return number
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(total == 299 * 150)
    #expect(counts.most.load(ordering: .relaxed) <= 3)
  }

  @Test func `beyond those that may wait, work is refused, and later it is taken again`()
    async throws
  {
    let lane = WorkLane("test", width: 1, waitingLimit: 1)
    let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let first: Void = lane.run {
      begun.signal()
      gate.wait()
    }
    _ = await onThread { begun.wait() }
    // One of the two waits, the other is refused: whoever comes first.
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<2 {
        group.addTask {
          do {
            try await lane.run {}
            return false
          } catch {
            gate.signal()
            return true
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(refused == 1)
    try await first
    try await lane.run {}
  }
}
