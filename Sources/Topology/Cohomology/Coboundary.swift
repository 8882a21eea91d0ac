/// The cofacets of one simplex at a time, with their numbers; scratch of one thread.
struct Coboundary {
  let graph: RankedGraph
  let numbering: SimplexNumbering
  /// The dimension of the simplices whose cofacets are listed.
  let dimension: Int
  /// The simplex: rank of its last edge, its other vertices and all its vertices, descending.
  private(set) var rank: Int32 = 0
  private(set) var others: [Int32]
  private(set) var simplex: [Int32]
  /// The vertices that make a cofacet, ascending, and the highest rank of their edges to the simplex.
  private(set) var vertices: [Int32]
  private(set) var ranks: [Int32]
  private(set) var count = 0
  /// The place of the simplex's vertices without one, by its position.
  private var placesWithout: [UInt64]
  /// With a new vertex between the others: the place of those above it and of those below it.
  private var placesAbove: [UInt64]
  private var placesBelow: [UInt64]

  init(graph: RankedGraph, numbering: SimplexNumbering, dimension: Int) {
    self.graph = graph
    self.numbering = numbering
    self.dimension = dimension
    others = [Int32](repeating: 0, count: max(dimension - 1, 0))
    simplex = [Int32](repeating: 0, count: dimension + 1)
    // The vector loop may look at 16 ranks past the last.
    vertices = [Int32](repeating: 0, count: graph.vertexCount + 16)
    ranks = vertices
    placesWithout = [UInt64](repeating: 0, count: dimension + 1)
    placesAbove = [UInt64](repeating: 0, count: dimension)
    placesBelow = placesAbove
  }

  /// Finds the cofacets, of rank at most `limit`, of the simplex of a number.
  mutating func list(_ number: UInt64, limit: Int32) {
    rank = numbering.rank(number, dimension: dimension)
    numbering.decodeOthers(number, count: dimension - 1, into: &others)
    list(limit: limit)
  }

  /// The same for the facet, without its smallest other vertex, of a simplex of the next dimension.
  ///
  /// - Returns: That smallest other vertex.
  mutating func listFacet(of number: UInt64, limit: Int32, scratch: inout [Int32]) -> Int32 {
    rank = numbering.rank(number, dimension: dimension + 1)
    numbering.decodeOthers(number, count: dimension, into: &scratch)
    for k in 0..<dimension - 1 { others[k] = scratch[k] }
    list(limit: limit)
    return scratch[dimension - 1]
  }

  private mutating func list(limit: Int32) {
    let (head, tail) = (graph.heads[Int(rank)], graph.tails[Int(rank)])
    // Merge the edge's two vertices into the others.
    var at = 0
    var (headLeft, tailLeft) = (true, true)
    for r in others {
      if headLeft && head > r {
        simplex[at] = head
        at += 1
        headLeft = false
      }
      if tailLeft && tail > r {
        simplex[at] = tail
        at += 1
        tailLeft = false
      }
      simplex[at] = r
      at += 1
    }
    if headLeft {
      simplex[at] = head
      at += 1
    }
    if tailLeft { simplex[at] = tail }
    count = graph.cofacets(
      of: simplex, count: dimension + 1, limit: limit, vertices: &vertices, ranks: &ranks)
    if count > 0 { tabulatePlaces() }
  }

  private mutating func tabulatePlaces() {
    // Without position p: the vertices before p keep their binomial's lower number.
    let size = dimension + 1
    var sum: UInt64 = 0
    for p in 1..<size { sum += numbering.binomial(simplex[p], size - p) }
    placesWithout[0] = sum
    for p in 1..<size {
      let degree = size - p
      sum =
        sum + numbering.binomial(simplex[p - 1], degree) - numbering.binomial(simplex[p], degree)
      placesWithout[p] = sum
    }
    let k = others.count
    placesAbove[0] = 0
    for p in 0..<k {
      placesAbove[p + 1] = placesAbove[p] + numbering.binomial(others[p], k + 1 - p)
    }
    placesBelow[k] = 0
    for p in stride(from: k - 1, through: 0, by: -1) {
      placesBelow[p] = placesBelow[p + 1] + numbering.binomial(others[p], k - p)
    }
  }

  /// The number of the simplex's cofacet at `index` of `vertices`.
  @inline(__always)
  func number(_ index: Int) -> UInt64 {
    let (w, r) = (vertices[index], ranks[index])
    if r < rank {
      var position = others.count
      while position > 0 && others[position - 1] < w { position -= 1 }
      let place =
        placesAbove[position] + placesBelow[position]
        + numbering.binomial(w, others.count + 1 - position)
      return UInt64(UInt32(bitPattern: rank)) << numbering.placeBits[dimension] + place
    }
    // The new last edge takes w and one vertex of the simplex; the rest are its other vertices.
    let opposite = graph.heads[Int(r)] ^ graph.tails[Int(r)] ^ w
    var position = 0
    while simplex[position] != opposite { position += 1 }
    return UInt64(UInt32(bitPattern: r)) << numbering.placeBits[dimension]
      + placesWithout[position]
  }

  /// Whether the coefficient of the cofacet at `index` is −1: (−1) to the vertices above the new one.
  @inline(__always)
  func isNegative(_ index: Int) -> Bool {
    let w = vertices[index]
    var above = 0
    while above <= dimension && simplex[above] > w { above += 1 }
    return above & 1 == 1
  }
}
