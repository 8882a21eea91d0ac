import Testing

@testable import Topology

struct BinaryHeapTests {
  @Test func `elements come in order, equal ones as often as they went in`() {
    var random = SplitMix(seed: 3)
    for count in 0..<40 {
      // Small numbers, so that many are equal.
      let numbers = (0..<count).map { _ in random.next() % 16 }
      var heap = BinaryHeap<UInt64>()
      for number in numbers { heap.insert(number) }
      #expect(heap.first == numbers.min())
      var popped: [UInt64] = []
      while let number = heap.popFirst() { popped.append(number) }
      #expect(popped == numbers.sorted())
    }
  }

  @Test func `what is removed makes room for what comes later`() {
    var heap = BinaryHeap<UInt64>()
    for number: UInt64 in [5, 2, 9] { heap.insert(number) }
    #expect(heap.popFirst() == 2)
    heap.insert(1)
    heap.insert(7)
    #expect([heap.popFirst(), heap.popFirst(), heap.popFirst()] == [1, 5, 7])
    heap.removeAll()
    #expect(heap.first == nil && heap.popFirst() == nil)
  }
}
