/// A binary heap of 64-bit numbers, the smallest on top.
struct PivotHeap {
  private var numbers: [UInt64] = []

  var isEmpty: Bool { numbers.isEmpty }
  var first: UInt64? { numbers.first }

  mutating func removeAll() { numbers.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func insert(_ number: UInt64) {
    var hole = numbers.count
    numbers.append(number)
    while hole > 0 {
      let parent = (hole - 1) / 2
      if numbers[parent] <= number { break }
      numbers[hole] = numbers[parent]
      hole = parent
    }
    numbers[hole] = number
  }

  @inline(__always)
  mutating func removeFirst() -> UInt64 {
    let top = numbers[0]
    let last = numbers.removeLast()
    let count = numbers.count
    if count == 0 { return top }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count && numbers[child + 1] < numbers[child] { child += 1 }
      if numbers[child] >= last { break }
      numbers[hole] = numbers[child]
      hole = child
    }
    numbers[hole] = last
    return top
  }
}
