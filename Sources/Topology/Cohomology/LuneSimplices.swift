import CKernels
import LinearAlgebra

/// The simplices whose last edge is a given one, as cliques of its lune; scratch of one thread.
///
/// The lune of an edge holds the vertices whose two edges to it both come before it. The simplices
/// that enter with the edge are the edge and a clique R of earlier edges in the lune. Their apparent
/// pairs match R with R ∪ {w}, w < min R the smallest vertex that keeps it a clique (for R = ∅, the
/// smallest of the lune). What is left unmatched are the columns worth reducing.
struct LuneSimplices {
  private let graph: RankedGraph
  /// Bit rows of the earlier edges: between all vertices when the graph is dense, else in the lune.
  private var rows: [UInt64] = []
  private var words = 0
  /// The rank up to which `rows` holds all edges (dense graphs only).
  private var rowsRank = 0
  /// The vertex of each bit; empty when they are the same.
  private var labels: [Int32] = []
  /// The sets of vertices that extend a growing clique, one after the other.
  private var sets: [UInt64] = []
  private var clique: [Int32]
  private var vertices: [Int32]
  private var ranks: [Int32]

  init(graph: RankedGraph, maximumDimension: Int) {
    self.graph = graph
    clique = [Int32](repeating: 0, count: maximumDimension + 1)
    vertices = [Int32](repeating: 0, count: graph.vertexCount + 16)
    ranks = vertices
    if graph.isDense {
      words = (graph.vertexCount + 63) / 64
      rows = [UInt64](
        repeating: 0, count: ElementCount.checked(graph.vertexCount, words, of: UInt64.self))
      sets = [UInt64](repeating: 0, count: words * (maximumDimension + 1))
    }
  }

  /// Whether no vertex has both its edges to the edge of that rank before it.
  func isLuneEmpty(_ rank: Int) -> Bool {
    let (i, j) = (graph.heads[rank], graph.tails[rank])
    let hasLune =
      graph.isDense
      ? unsafe cohomology_has_lune_dense(graph.matrix, graph.stride, i, j, Int32(rank))
      : unsafe cohomology_has_lune_sparse(
        graph.offsets, graph.neighbours, graph.neighbourRanks, i, j, Int32(rank))
    return !hasLune
  }

  /// Turns to the edge of that rank; in a dense graph, edges must come ascending.
  mutating func enter(_ rank: Int, maximumDimension: Int) {
    if graph.isDense {
      while rowsRank < rank {
        connect(Int(graph.heads[rowsRank]), Int(graph.tails[rowsRank]))
        rowsRank += 1
      }
      let (i, j) = (Int(graph.heads[rank]) * words, Int(graph.tails[rank]) * words)
      for k in 0..<words { sets[k] = rows[i + k] & rows[j + k] }
      return
    }
    let edge = [graph.heads[rank], graph.tails[rank]]
    let size = graph.cofacets(
      of: edge, count: 2, limit: Int32(rank), vertices: &vertices, ranks: &ranks)
    labels = Array(vertices[0..<size])
    words = (size + 63) / 64
    rows = [UInt64](repeating: 0, count: size * words)
    sets = [UInt64](repeating: 0, count: words * (maximumDimension + 1))
    for a in 0..<size {
      sets[a >> 6] |= 1 << UInt64(a & 63)
      // Both lists ascend: walk them together.
      var b = 0
      let v = Int(labels[a])
      for at in Int(graph.offsets[v])..<Int(graph.offsets[v + 1]) {
        let w = graph.neighbours[at]
        while b < a && labels[b] < w { b += 1 }
        if b == a { break }
        if labels[b] == w && graph.neighbourRanks[at] < rank { connect(a, b) }
      }
    }
  }

  private mutating func connect(_ a: Int, _ b: Int) {
    rows[a * words + b >> 6] |= 1 << UInt64(b & 63)
    rows[b * words + a >> 6] |= 1 << UInt64(a & 63)
  }

  /// Appends the places of the cliques of `size` ≥ 1 vertices that no apparent pair matches.
  mutating func appendUnmatched(
    size: Int, rank: Int, numbering: SimplexNumbering, to numbers: inout [UInt64]
  ) {
    appendUnmatched(at: 0, size: size, rank: rank, numbering: numbering, to: &numbers)
  }

  private mutating func appendUnmatched(
    at level: Int, size: Int, rank: Int, numbering: SimplexNumbering, to numbers: inout [UInt64]
  ) {
    let start = level * words
    guard let first = (0..<words).first(where: { sets[start + $0] != 0 }) else { return }
    let least = first << 6 + sets[start + first].trailingZeroBitCount
    // If the least vertex is joined to all the others, it matches every clique from here on.
    var isApex = true
    for k in first..<words {
      var others = sets[start + k]
      if k == first { others &= others - 1 }
      if others & ~rows[least * words + k] != 0 {
        isApex = false
        break
      }
    }
    if isApex { return }
    for k in first..<words {
      var bits = sets[start + k]
      while bits != 0 {
        let bit = bits.trailingZeroBitCount
        bits &= bits - 1
        let vertex = k << 6 + bit
        if vertex == least { continue }
        clique[level] = labels.isEmpty ? Int32(vertex) : labels[vertex]
        var isEmpty = true
        for m in first...k {
          var set = sets[start + m] & rows[vertex * words + m]
          if m == k { set &= (1 << UInt64(bit)) - 1 }
          if set != 0 { isEmpty = false }
          if level + 1 < size { sets[start + words + m] = set }
        }
        if level + 1 == size {
          if isEmpty {
            numbers.append(numbering.number(rank: rank, others: clique[0..<size]))
          }
        } else if !isEmpty {
          for m in 0..<first { sets[start + words + m] = 0 }
          for m in k + 1..<max(words, k + 1) { sets[start + words + m] = 0 }
          appendUnmatched(
            at: level + 1, size: size, rank: rank, numbering: numbering, to: &numbers)
        }
      }
    }
  }

  /// The number of cliques of `size` vertices with which an apparent pair is born.
  mutating func matchedBirths(size: Int) -> Int { matchedBirths(at: 0, size: size) }

  private mutating func matchedBirths(at level: Int, size: Int) -> Int {
    let start = level * words
    let isEmpty = !(0..<words).contains { sets[start + $0] != 0 }
    if isEmpty { return 0 }
    if level == size { return 1 }
    var count = 0
    for k in 0..<words {
      var bits = sets[start + k]
      while bits != 0 {
        let bit = bits.trailingZeroBitCount
        bits &= bits - 1
        let vertex = k << 6 + bit
        for m in 0..<words {
          var set = sets[start + m] & rows[vertex * words + m]
          if m == k { set &= (1 << UInt64(bit)) - 1 }
          sets[start + words + m] = m > k ? 0 : set
        }
        count += matchedBirths(at: level + 1, size: size)
      }
    }
    return count
  }
}
