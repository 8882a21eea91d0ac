import Testing

@testable import RunAnalyses

struct ByteCacheTests {
  private struct Failure: Error {}

  @Test func `what was not asked for longest goes first, and is made anew`() {
    let cache = ByteCache<[Int]>(bytes: 24) { $0.count * 8 }
    var made: [String] = []
    func ask(_ name: String, _ count: Int = 1) -> Int {
      cache.value(name) {
        made.append(name)
        return [Int](repeating: 0, count: count)
      }.count
    }
    for name in ["a", "b", "c"] { #expect(ask(name) == 1) }
    _ = ask("a")
    #expect(made == ["a", "b", "c"])
    // b was not asked for longest.
    _ = ask("d")
    for name in ["a", "c", "d"] { _ = ask(name) }
    #expect(made == ["a", "b", "c", "d"])
    _ = ask("b")
    #expect(made.last == "b")
  }

  @Test func `the last stays whatever its size, and a failure leaves nothing`() throws {
    let cache = ByteCache<Int>(bytes: 1) { _ in 100 }
    var count = 0
    #expect(throws: Failure.self) { try cache.value("a") { throw Failure() } }
    for _ in 0..<3 {
      _ = cache.value("a") {
        count += 1
        return count
      }
    }
    #expect(count == 1)
  }
}
