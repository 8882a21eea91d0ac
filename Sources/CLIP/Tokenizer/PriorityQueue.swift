/// A binary heap: the least element comes out first.
struct PriorityQueue<Element: Comparable> {
  private var items: [Element] = []

  /// Puts an element in, in time O(log n).
  mutating func push(_ element: Element) {
    items.append(element)
    var child = items.count - 1
    while child > 0, items[child] < items[(child - 1) / 2] {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the least element out, in time O(log n); nil if there is none.
  mutating func pop() -> Element? {
    guard let last = items.popLast() else { return nil }
    guard let top = items.first else { return last }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && items[child] < items[least] {
        least = child
      }
      guard least != parent else { return top }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
