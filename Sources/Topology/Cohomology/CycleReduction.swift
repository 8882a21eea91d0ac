import LinearAlgebra

/// Cycles of H1 from the boundaries of the triangles that are known to end a bar.
///
/// With the pairs known from cohomology, only the boundaries of the death triangles are reduced; a
/// pivot edge that starts an apparent pair is removed by its triangle (involuted homology: Čufar and
/// Virk, arXiv:2105.03629). A reduced boundary is a cycle born with its last edge.
struct CycleReduction {
  private let graph: RankedGraph
  private let field: PrimeField
  private let paths: ForestPaths
  /// The reduced boundary, scaled to 1 at its last edge, by the rank of that edge.
  private var columns: [Int: [(rank: Int32, coefficient: Int)]] = [:]

  init(
    graph: RankedGraph, numbering: SimplexNumbering, field: PrimeField, forest: SpanningForest,
    pairs: [(pivot: UInt64, column: ReducedColumn)]
  ) {
    self.graph = graph
    self.field = field
    paths = ForestPaths(
      vertexCount: graph.vertexCount, edges: forest.merges.map { graph.ends($0.edge) })
    var vertices = [Int32](repeating: 0, count: graph.vertexCount + 16)
    var ranks = vertices
    var apex = [Int32(0)]
    var coefficients = [Int](repeating: 0, count: graph.edgeCount)
    for (pivot, column) in pairs {
      let rank = Int(numbering.rank(pivot, dimension: 2))
      numbering.decodeOthers(pivot, count: 1, into: &apex)
      var heap = BinaryHeap<UInt64>()
      /// Adds the boundary of an edge and a third vertex.
      func addBoundary(_ rank: Int, _ apex: Int32, times factor: Int) {
        let (i, j) = (graph.heads[rank], graph.tails[rank])
        // ∂[x, y, z] = [y, z] − [x, z] + [x, y] for x > y > z.
        let corners = [i, j, apex].sorted(by: >)
        let sides = [
          (corners[1], corners[2], 1), (corners[0], corners[2], -1), (corners[0], corners[1], 1),
        ]
        for (a, b, sign) in sides {
          let side = graph.rank(a, b)
          coefficients[side] = field.reduced(coefficients[side] + sign * factor)
          // A heap with the largest rank on top.
          heap.insert(UInt64(graph.edgeCount - side))
        }
      }
      addBoundary(rank, apex[0], times: 1)
      while let top = heap.first {
        let edge = graph.edgeCount - Int(top)
        if coefficients[edge] == 0 {
          _ = heap.popFirst()
          continue
        }
        if edge == Int(column.birth) { break }
        let factor = field.reduced(-coefficients[edge])
        if let other = columns[edge] {
          for term in other {
            let side = Int(term.rank)
            coefficients[side] = field.reduced(coefficients[side] + term.coefficient * factor)
            heap.insert(UInt64(graph.edgeCount - side))
          }
        } else {
          let count = graph.cofacets(
            of: [graph.heads[edge], graph.tails[edge]], count: 2, limit: Int32(edge),
            vertices: &vertices, ranks: &ranks)
          precondition(
            count > 0, "an edge that starts no apparent pair has a death triangle before")
          let w = vertices[0]
          // The edge's sign in that boundary: − when the third vertex lies between its ends.
          let sign = w < graph.heads[edge] && w > graph.tails[edge] ? -1 : 1
          addBoundary(edge, w, times: factor * sign)
        }
      }
      var terms: [(rank: Int32, coefficient: Int)] = []
      let scale = field.inverse(coefficients[Int(column.birth)])
      while let top = heap.popFirst() {
        let edge = graph.edgeCount - Int(top)
        guard coefficients[edge] != 0 else { continue }
        terms.append((Int32(edge), field.reduced(coefficients[edge] * scale)))
        coefficients[edge] = 0
      }
      columns[Int(column.birth)] = terms
    }
  }

  /// The cycle of the bar born with the edge of that rank; for an essential class (no pivot), the
  /// edge and the way back through the spanning forest.
  func cycle(birth: Int, pivot: UInt64?) -> Chain {
    var chain = Chain(simplices: [], coefficients: [])
    if pivot != nil, let terms = columns[birth] {
      for (rank, coefficient) in terms { append(Int(rank), coefficient, to: &chain) }
      return chain
    }
    append(birth, 1, to: &chain)
    // From the larger end, ∂[i, j] = [j] − [i]: the way goes from j back to i.
    let (i, j) = graph.ends(birth)
    for (vertex, next) in paths.path(from: i, to: j) {
      append(graph.rank(Int32(vertex), Int32(next)), next > vertex ? 1 : -1, to: &chain)
    }
    return chain
  }

  private func append(_ rank: Int, _ coefficient: Int, to chain: inout Chain) {
    let ends = [graph.heads[rank], graph.tails[rank]].map { Int(graph.originals[Int($0)]) }
    chain.append(ends, coefficient, field: field)
  }
}

extension RankedGraph {
  /// The rank of the edge between two vertices that are joined.
  fileprivate func rank(_ a: Int32, _ b: Int32) -> Int {
    if isDense { return Int(matrix[Int(a) * stride + Int(b)]) }
    var (low, high) = (Int(offsets[Int(a)]), Int(offsets[Int(a) + 1]))
    while high - low > 1 {
      let middle = (low + high) / 2
      if neighbours[middle] <= b { low = middle } else { high = middle }
    }
    return Int(neighbourRanks[low])
  }
}
