import Synchronization
import Testing

@testable import LinearAlgebra

// `workers` belongs to the whole process, so no two of these tests may run at once.
@Suite(.serialized)
struct ParallelTests {
  private struct Fault: Error, Equatable { let index: Int }

  private func withWorkers<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
    let before = Parallel.workers
    Parallel.workers = count
    defer { Parallel.workers = before }
    return try body()
  }

  @Test(arguments: [1, 2, 3, 8])
  func `every index is visited exactly once`(workers: Int) {
    let visits = Mutex([Int](repeating: 0, count: 1000))
    withWorkers(workers) {
      Parallel.forEach(count: 1000) { index in visits.withLock { $0[index] += 1 } }
    }
    #expect(visits.withLock { $0 } == [Int](repeating: 1, count: 1000))
  }

  @Test(arguments: [1, 2, 5])
  func `results come in the order of the index`(workers: Int) {
    let squares = withWorkers(workers) { Parallel.map(count: 500) { $0 * $0 } }
    #expect(squares == (0..<500).map { $0 * $0 })
  }

  @Test func `values that own memory survive`() {
    let lists = Parallel.map(count: 300) { index in (0..<index).map { "item \($0)" } }
    #expect(lists.map(\.count) == Array(0..<300))
    #expect(lists[299].last == "item 298")
  }

  @Test func `a count of zero calls nothing`() {
    Parallel.forEach(count: 0) { _ in Issue.record("called") }
    #expect(Parallel.map(count: 0) { $0 } == [])
  }

  @Test func `one index is enough`() {
    #expect(withWorkers(4) { Parallel.map(count: 1) { $0 + 7 } } == [7])
  }

  @Test func `loops nest`() {
    let sums = withWorkers(2) {
      Parallel.map(count: 20) { outer in
        Parallel.map(count: 20) { inner in outer * inner }.reduce(0, +)
      }
    }
    #expect(sums == (0..<20).map { $0 * 190 })
  }

  @Test(arguments: [1, 2, 4])
  func `the error of the lowest index is thrown after all have run`(workers: Int) {
    let visited = Atomic<Int>(0)
    #expect(throws: Fault(index: 17)) {
      try withWorkers(workers) {
        try Parallel.tryMap(count: 200) { index in
          visited.add(1, ordering: .relaxed)
          if index >= 17 && index % 2 == 1 { throw Fault(index: index) }
          return index
        }
      }
    }
    #expect(visited.load(ordering: .relaxed) == 200)
  }

  @Test func `without errors a throwing loop gives its values`() throws {
    #expect(Parallel.tryMap(count: 5) { $0 * 2 } == [0, 2, 4, 6, 8])
  }

  @Test func `there is at least one processor`() {
    #expect(ProcessorCount.online >= 1)
  }
}
