/// A weighted graph by its rows: the edges of vertex i are those from `starts[i]` up to
/// `starts[i + 1]`.
struct SparseGraph: Equatable {
  /// Where the edges of each vertex start, and the number of all: a number a vertex and one more.
  var starts: [Int32]
  /// The other end of each edge, ascending for a vertex.
  var ends: [Int32]
  /// The weight of each edge, positive.
  var weights: [Float]

  /// The number of vertices that have rows.
  var vertexCount: Int { starts.count - 1 }

  /// The places of the edges of a vertex.
  func edges(of vertex: Int) -> Range<Int> { Int(starts[vertex])..<Int(starts[vertex + 1]) }

  /// The most edges that a vertex has.
  var largestDegree: Int { (0..<vertexCount).reduce(0) { max($0, edges(of: $1).count) } }

  /// The graph without the edges lighter than `heaviest`, or the heaviest one, divided by `ratio`.
  func droppingLight(ratio: Int, heaviest: Float? = nil) -> SparseGraph {
    let least = (heaviest ?? weights.max() ?? 0) / Float(ratio)
    var kept = SparseGraph(starts: [0], ends: [], weights: [])
    kept.starts.reserveCapacity(starts.count)
    kept.ends.reserveCapacity(ends.count)
    kept.weights.reserveCapacity(weights.count)
    for vertex in 0..<vertexCount {
      for edge in edges(of: vertex) where weights[edge] >= least && weights[edge] > 0 {
        kept.ends.append(ends[edge])
        kept.weights.append(weights[edge])
      }
      kept.starts.append(Int32(kept.ends.count))
    }
    return kept
  }

  /// The vertices of each connected component, ascending; larger components first, equal ones by
  /// their first vertex.
  func connectedComponents() -> [[Int]] {
    var component = [Int](repeating: -1, count: vertexCount)
    var components: [[Int]] = []
    for root in 0..<vertexCount where component[root] < 0 {
      component[root] = components.count
      var members = [root]
      var next = 0
      while next < members.count {
        for edge in edges(of: members[next]) where component[Int(ends[edge])] < 0 {
          component[Int(ends[edge])] = components.count
          members.append(Int(ends[edge]))
        }
        next += 1
      }
      components.append(members.sorted())
    }
    return components.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  /// The graph of some vertices that have no edges to others, renumbered in the order given.
  func restricted(to vertices: [Int]) -> SparseGraph {
    if vertices.count == vertexCount { return self }
    let places = [Int: Int32](
      uniqueKeysWithValues: vertices.enumerated().map { ($1, Int32($0)) })
    var part = SparseGraph(starts: [0], ends: [], weights: [])
    for vertex in vertices {
      for edge in edges(of: vertex) {
        guard let end = places[Int(ends[edge])] else { continue }
        part.ends.append(end)
        part.weights.append(weights[edge])
      }
      part.starts.append(Int32(part.ends.count))
    }
    return part
  }
}
