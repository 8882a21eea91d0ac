/// A binary heap of edges, the first in the order on top.
struct EdgeHeap {
  private var ranks: [UInt64] = []

  /// The first edge.
  var top: OrderedEdge? { ranks.first.map(OrderedEdge.init(rank:)) }

  /// Adds an edge.
  @inline(__always)
  mutating func push(_ edge: OrderedEdge) {
    var place = ranks.count
    ranks.append(edge.rank)
    while place > 0 {
      let parent = (place &- 1) / 2
      if ranks[parent] <= edge.rank { break }
      ranks[place] = ranks[parent]
      place = parent
    }
    ranks[place] = edge.rank
  }

  /// Removes and returns the first edge.
  @inline(__always)
  mutating func pop() -> OrderedEdge? {
    guard let first = ranks.first else { return nil }
    let last = ranks.removeLast()
    let count = ranks.count
    if count > 0 {
      var place = 0
      while true {
        var child = 2 &* place &+ 1
        if child >= count { break }
        if child &+ 1 < count && ranks[child &+ 1] < ranks[child] { child &+= 1 }
        if ranks[child] >= last { break }
        ranks[place] = ranks[child]
        place = child
      }
      ranks[place] = last
    }
    return OrderedEdge(rank: first)
  }

  /// Removes all edges.
  mutating func removeAll() { ranks.removeAll(keepingCapacity: true) }
}
