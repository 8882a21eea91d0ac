/// A binary heap, the least element on top.
///
/// It is hand-written because it is hot: specialised for its element in this module, it moves a hole
/// instead of exchanging elements.
struct BinaryHeap<Element: Comparable> {
  private var elements: [Element] = []

  /// The least element.
  var first: Element? { elements.first }

  /// Removes all elements.
  mutating func removeAll() { elements.removeAll(keepingCapacity: true) }

  /// Adds an element.
  @inline(__always)
  mutating func insert(_ element: Element) {
    var hole = elements.count
    elements.append(element)
    while hole > 0 {
      let parent = (hole &- 1) / 2
      if elements[parent] <= element { break }
      elements[hole] = elements[parent]
      hole = parent
    }
    elements[hole] = element
  }

  /// Removes and returns the least element.
  @inline(__always)
  mutating func popFirst() -> Element? {
    guard let first = elements.first else { return nil }
    let last = elements.removeLast()
    let count = elements.count
    if count == 0 { return first }
    var hole = 0
    while true {
      var child = 2 &* hole &+ 1
      if child >= count { break }
      if child &+ 1 < count && elements[child &+ 1] < elements[child] { child &+= 1 }
      if last <= elements[child] { break }
      elements[hole] = elements[child]
      hole = child
    }
    elements[hole] = last
    return first
  }
}
