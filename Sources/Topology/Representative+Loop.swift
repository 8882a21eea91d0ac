extension Representative {
  /// A simple loop that carries the class of an H1 bar: vertices in order, the edge of the birth between
  /// the last and the first.
  ///
  /// A cycle over Z/2 may be several loops. The one through its last edge, which is that of the birth, is
  /// taken, with the fewest edges. All its other edges come before the birth, so the cocycle has the value
  /// of the birth's edge on it: it is not trivial as long as the bar lasts.
  ///
  /// - Returns: Three vertices or more; nil without a cycle.
  /// - Complexity: O(e log e) for a cycle of e edges.
  public var loop: [Int]? {
    guard let cycle, let birth = cycle.simplices.last, birth.count == 2 else { return nil }
    let (start, end) = (min(birth[0], birth[1]), max(birth[0], birth[1]))
    var neighbors: [Int: [Int]] = [:]
    for edge in cycle.simplices.dropLast() {
      neighbors[edge[0], default: []].append(edge[1])
      neighbors[edge[1], default: []].append(edge[0])
    }
    // Breadth first from the end, ascending, so that one of several shortest ways is always taken.
    var next = [end: end]
    var front = [end]
    while !front.isEmpty, next[start] == nil {
      var reached: [Int] = []
      for vertex in front {
        for neighbor in (neighbors[vertex] ?? []).sorted() where next[neighbor] == nil {
          next[neighbor] = vertex
          reached.append(neighbor)
        }
      }
      front = reached
    }
    guard next[start] != nil else { return nil }
    var loop = [start]
    while let last = loop.last, last != end, let following = next[last] { loop.append(following) }
    return loop
  }
}
