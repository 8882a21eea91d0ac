import CKernels
import LinearAlgebra

/// A graph whose edges are numbered from short to long.
///
/// The rank of an edge is its place in the strict order (value, index). A simplex of the flag
/// complex enters with its edge of the highest rank, so that one 32-bit rank stands for a diameter
/// and no two edges tie. Absent edges have rank `RankedGraph.absent`.
struct RankedGraph: Sendable {
  static let absent = Int32.max

  let vertexCount: Int
  /// The larger and the smaller vertex of the edge of a rank.
  let heads: [Int32]
  let tails: [Int32]
  /// The filtration value of the edge of a rank, ascending.
  let values: [Float]
  /// The name in the input of each vertex.
  let originals: [Int32]
  /// The neighbours of v, ascending, and the ranks of the edges to them, are at `offsets[v]` and on.
  let offsets: [Int64]
  let neighbours: [Int32]
  let neighbourRanks: [Int32]
  /// For a graph with many of the possible edges, ranks by rows; empty for others.
  ///
  /// The diagonal and the padding up to `stride` are absent.
  let matrix: [Int32]
  let stride: Int

  var edgeCount: Int { heads.count }
  var isDense: Bool { !matrix.isEmpty }

  /// Numbers edges, and renames vertices so that those with short edges to many come first.
  ///
  /// A first vertex that is joined to all of a lune pairs away the whole lune, so central vertices
  /// belong in front.
  init(_ list: EdgeList, isRenaming: Bool = true) {
    let n = list.vertexCount
    let count = list.heads.count
    vertexCount = n
    let dense = Self.isDense(vertexCount: n, edgeCount: count)
    let order = list.order()
    var names = [Int32](0..<Int32(n))
    if isRenaming && dense {
      var remoteness = [Int](repeating: 0, count: n)
      for rank in 0..<count {
        // An absent edge counts like a longest one.
        let gain = count - rank
        remoteness[Int(list.heads[Int(order[rank])])] -= gain
        remoteness[Int(list.tails[Int(order[rank])])] -= gain
      }
      names.sort { (remoteness[Int($0)], $0) < (remoteness[Int($1)], $1) }
    }
    var places = [Int32](repeating: 0, count: n)
    for (place, name) in names.enumerated() { places[Int(name)] = Int32(place) }
    originals = names
    var heads = [Int32](repeating: 0, count: count)
    var tails = heads
    var values = [Float](repeating: 0, count: count)
    var degrees = [Int64](repeating: 0, count: n + 1)
    for rank in 0..<count {
      let edge = Int(order[rank])
      let (a, b) = (places[Int(list.heads[edge])], places[Int(list.tails[edge])])
      heads[rank] = max(a, b)
      tails[rank] = min(a, b)
      values[rank] = list.values[edge]
      degrees[Int(a) + 1] += 1
      degrees[Int(b) + 1] += 1
    }
    self.heads = heads
    self.tails = tails
    self.values = values
    if dense {
      let stride = (n + 15) & ~15
      var matrix = [Int32](
        repeating: Self.absent, count: ElementCount.checked(n, stride, of: Int32.self))
      for rank in 0..<count {
        let (i, j) = (Int(heads[rank]), Int(tails[rank]))
        matrix[i * stride + j] = Int32(rank)
        matrix[j * stride + i] = Int32(rank)
      }
      (self.matrix, self.stride) = (matrix, stride)
      (offsets, neighbours, neighbourRanks) = ([], [], [])
      return
    }
    (matrix, stride) = ([], 0)
    for v in 0..<n { degrees[v + 1] += degrees[v] }
    offsets = degrees
    // Edges by head then tail: every list gets its smaller neighbours in order, then its larger.
    var neighbours = [Int32](repeating: 0, count: 2 * count)
    var ranks = neighbours
    var ends = degrees
    var rankOfEdge = [Int32](repeating: 0, count: count)
    for rank in 0..<count { rankOfEdge[Int(order[rank])] = Int32(rank) }
    func append(_ v: Int, _ w: Int32, _ rank: Int32) {
      let at = Int(ends[v])
      neighbours[at] = w
      ranks[at] = rank
      ends[v] = Int64(at + 1)
    }
    for edge in 0..<count {
      append(Int(list.heads[edge]), list.tails[edge], rankOfEdge[edge])
    }
    for edge in 0..<count {
      append(Int(list.tails[edge]), list.heads[edge], rankOfEdge[edge])
    }
    self.neighbours = neighbours
    neighbourRanks = ranks
  }

  /// The larger and the smaller vertex of the edge of a rank.
  func ends(_ rank: Int) -> (Int, Int) { (Int(heads[rank]), Int(tails[rank])) }

  /// Whether a matrix of ranks pays: where a row is not much longer than a neighbour list.
  static func isDense(vertexCount n: Int, edgeCount: Int) -> Bool {
    edgeCount > 0 && (n <= 64 || edgeCount >= n * n / 16)
  }

  /// The vertices joined to all of `simplex` by edges of rank at most `limit`, ascending, with the
  /// largest rank of those edges; returns how many.
  @inline(__always)
  func cofacets(
    of simplex: [Int32], count: Int, limit: Int32, vertices: inout [Int32], ranks: inout [Int32]
  ) -> Int {
    if isDense {
      return unsafe cohomology_cofacets_dense(
        matrix, stride, simplex, count, limit, &vertices, &ranks)
    }
    return unsafe cohomology_cofacets_sparse(
      offsets, neighbours, neighbourRanks, simplex, count, limit, &vertices, &ranks)
  }
}
