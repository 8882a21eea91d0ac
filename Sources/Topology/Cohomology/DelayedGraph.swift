import CKernels
import LinearAlgebra

/// A graph with a time an edge that can be moved: neighbour lists, and bit matrices if not large.
struct DelayedGraph {
  /// An edge and its time.
  struct Edge {
    var u: Int32
    var v: Int32
    var time: Int32
  }

  /// The most neighbours of a vertex.
  private let maximumDegree: Int
  /// The neighbours of v, ascending, and the times of the edges, are from `starts[v]` to `ends[v]`.
  private let starts: [Int64]
  private var ends: [Int64]
  private var neighbours: [Int32]
  private var times: [Int32]
  /// Rows of bits: the edges that are there at all, and those that no block has taken yet.
  ///
  /// Both are empty for too many vertices.
  private var present: [UInt64]
  private var untouched: [UInt64]
  private let words: Int

  /// The edges at times given by their places in `order`.
  init(_ edges: EdgeList, order: [Int32]) {
    let n = edges.vertexCount
    let edgeCount = order.count
    var rank = [Int32](repeating: 0, count: edgeCount)
    for (place, edge) in order.enumerated() { rank[Int(edge)] = Int32(place) }
    var starts = [Int64](repeating: 0, count: n + 1)
    for edge in 0..<edgeCount {
      starts[Int(edges.heads[edge]) + 1] += 1
      starts[Int(edges.tails[edge]) + 1] += 1
    }
    maximumDegree = Int(starts.max() ?? 0)
    for v in 0..<n { starts[v + 1] += starts[v] }
    var neighbours = [Int32](repeating: 0, count: 2 * edgeCount)
    var times = neighbours
    var ends = starts
    // Ascending by larger, then smaller vertex: first the smaller neighbours, then the larger.
    for (from, to) in [(edges.heads, edges.tails), (edges.tails, edges.heads)] {
      for edge in 0..<edgeCount {
        let v = Int(from[edge])
        let at = Int(ends[v])
        neighbours[at] = to[edge]
        times[at] = rank[edge]
        ends[v] = Int64(at + 1)
      }
    }
    // Bit matrices of at most 32 MiB each.
    words = n <= 16384 ? (n + 63) / 64 : 0
    var present = [UInt64](
      repeating: 0, count: ElementCount.checked(n, words, of: UInt64.self))
    if words > 0 {
      for edge in 0..<edgeCount {
        let (i, j) = (Int(edges.heads[edge]), Int(edges.tails[edge]))
        present[i * words + j >> 6] |= 1 << UInt64(j & 63)
        present[j * words + i >> 6] |= 1 << UInt64(i & 63)
      }
    }
    self.present = present
    untouched = present
    self.starts = starts
    self.ends = ends
    self.neighbours = neighbours
    self.times = times
  }

  /// Marks the edges that are about to be moved.
  mutating func touch(_ edges: [Edge]) {
    guard words > 0 else { return }
    for edge in edges {
      for (a, b) in [(edge.u, edge.v), (edge.v, edge.u)] {
        untouched[Int(a) * words + Int(b) >> 6] &= ~(1 << UInt64(b & 63))
      }
    }
  }

  /// How far each edge can be put off in the graph as it is; longer ones must have been touched.
  func delays(of edges: [Edge], workers: Int) -> [Int32] {
    unsafe withKernelGraph { graph in
      nonisolated(unsafe) let graph = unsafe graph
      let capacity = maximumDegree
      let parts = min(workers, max(edges.count / 16, 1))
      return Parallel.map(count: parts) { part in
        var vertices = [Int32](repeating: 0, count: capacity)
        var (times, candidates) = (vertices, vertices)
        return stride(from: part, to: edges.count, by: parts).map { index in
          let edge = edges[index]
          return unsafe cohomology_delay(
            graph, edge.u, edge.v, edge.time, &vertices, &times, &candidates)
        }
      }
    }.interleaved(count: edges.count)
  }

  /// Whether a move of the other edge may change how far this one can be put off: they make a
  /// triangle with an edge between them, or the other joins two common neighbours.
  func depends(_ edge: Edge, on other: Edge) -> Bool {
    let (u, v, a, b) = (edge.u, edge.v, other.u, other.v)
    if a == u || b == v { return isJoined(a == u ? v : u, a == u ? b : a) }
    if a == v || b == u { return isJoined(a == v ? u : v, a == v ? b : a) }
    return isJoined(u, a) && isJoined(u, b) && isJoined(v, a) && isJoined(v, b)
  }

  private func isJoined(_ a: Int32, _ b: Int32) -> Bool {
    if words > 0 { return present[Int(a) * words + Int(b) >> 6] >> UInt64(b & 63) & 1 == 1 }
    return unsafe withKernelGraph { unsafe cohomology_time($0, a, b) } != RankedGraph.absent
  }

  private func withKernelGraph<Result>(
    _ body: (UnsafePointer<cohomology_graph>) -> Result
  ) -> Result {
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe neighbours.withUnsafeBufferPointer { neighbours in
          unsafe times.withUnsafeBufferPointer { times in
            unsafe untouched.withUnsafeBufferPointer { untouched in
              var graph = unsafe cohomology_graph(
                starts: starts.baseAddress, ends: ends.baseAddress,
                neighbours: neighbours.baseAddress, times: times.baseAddress,
                bits: words > 0 ? untouched.baseAddress : nil, words: words,
                capacity: maximumDegree)
              return unsafe body(&graph)
            }
          }
        }
      }
    }
  }

  /// Moves an edge to a later time, or out of the graph.
  mutating func move(_ edge: Edge, to time: Int32) {
    for (a, b) in [(edge.u, edge.v), (edge.v, edge.u)] {
      var (low, high) = (Int(starts[Int(a)]), Int(ends[Int(a)]))
      while high - low > 1 {
        let middle = (low + high) / 2
        if neighbours[middle] <= b { low = middle } else { high = middle }
      }
      times[low] = time
      if time == RankedGraph.absent {
        if words > 0 { present[Int(a) * words + Int(b) >> 6] &= ~(1 << UInt64(b & 63)) }
        let last = Int(ends[Int(a)]) - 1
        for at in low..<last {
          neighbours[at] = neighbours[at + 1]
          times[at] = times[at + 1]
        }
        ends[Int(a)] = Int64(last)
      }
    }
  }
}

extension [[Int32]] {
  /// The elements dealt out in turn to these arrays, in their first order.
  fileprivate func interleaved(count: Int) -> [Int32] {
    (0..<count).map { self[$0 % self.count][$0 / self.count] }
  }
}
