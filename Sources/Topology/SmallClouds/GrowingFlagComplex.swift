import LinearAlgebra

/// The flag complex of a graph that grows edge by edge, with its homology over Z/2 in degrees 0 to
/// 2.
///
/// The invariant. Every edge and every triangle of the complex K carries a word such that the sum
/// of the words of any 1-cycle, or 2-cycle, is its class in H₁(K), or H₂(K), as `HomologyGroup`
/// writes classes. In particular the sum over the boundary of a triangle, or a tetrahedron, is zero
/// modulo the relations: the words are cocycles, and all classes are carried at once.
///
/// A step adds f = (i, j) and with it f ∪ σ for each simplex σ of the link L, the flag complex on
/// the common neighbours. The boundary of f joined to L is the suspension ΣL, two cones over L with
/// the tips i and j, which K contains; so the Mayer–Vietoris sequence is
///
///     H̃ₖ₋₁(L) → Hₖ(K) → Hₖ(K ∪ f) → H̃ₖ₋₂(L) → Hₖ₋₁(K).
///
/// The first map suspends a cycle of L; what it reaches becomes zero: relations. The kernel of the
/// last map is what is born: new bits. Degree by degree:
///
/// - L is empty: f joins two components (a class of H₀ ends), or else closes a cycle (a new bit of
///   H₁, the word of f).
/// - L has components: 0-cycles are spanned by w + w₀ with a root w₀ and one root w of each other
///   component. The word of f is chosen so that the triangle (f, w₀) has a boundary of word zero;
///   then so has every triangle over the component of w₀, because an edge (w, x) of L is in the
///   triangles (i, w, x) and (j, w, x) of K. The boundary of (f, w) is the suspension of w + w₀: a
///   relation of H₁. If it depends on earlier ones, a sum of such discs closes to a new class of
///   H₂: a new bit, the word of the triangle (f, w), which is zero otherwise (any word would do).
/// - L has loops: walking through a component from its root, each vertex x is reached from a parent
///   p, and the word of (f, x) is chosen so that the tetrahedron (f, p, x) has a boundary of word
///   zero. An edge (x, y) back to a vertex y that was already reached closes a loop, and the sum
///   over the boundary of (f, x, y) is the class of its suspension: a relation of H₂. If a vertex z
///   of L is adjacent to x and y and already reached, the three edges bound a triangle whose
///   suspension is the boundary of two tetrahedra of K, so the relation of one edge follows from
///   those of the others; so x needs one edge for each component of its neighbours among the
///   reached vertices, the parent's excepted.
///
/// An edge whose link is a cone, that is, some apex p of L is adjacent to all other vertices of L,
/// changes no homology, and all its words come from p. Most edges are of this kind.
///
/// All of a step happens at one value. A class that is born in it cannot end in it (the relations
/// come from cycles of K), and in which order the relations of a step are added does not matter:
/// the highest bits of the elements of their span are the same.
struct GrowingFlagComplex {
  typealias Label = HomologyGroup.Label

  /// The values at which components were joined, those at 0 left out.
  private(set) var joins: [Float] = []
  /// The number of components.
  private(set) var componentCount: Int
  private(set) var loops = HomologyGroup()  // H1
  private(set) var cavities = HomologyGroup()  // H2

  private let vertexCount: Int
  /// The 64-bit words of a set of vertices.
  private let setWidth: Int
  private let carriesTriangles: Bool
  private var components: ConnectedComponents
  private var adjacency: [UInt64]  // [vertex, setWidth]
  private var edgeLabels: [Label]  // [vertex, vertex]
  /// The labels of triangles i > j > k, at C(i, 3) + C(j, 2) + k.
  private var triangleLabels: [Label]
  /// For the pair i > j, at C(i, 2) + j: the vertices that make a triangle whose label is not 0.
  private var supports: [UInt64]  // [pair, setWidth]
  private let places: SimplexPlaces
  // The sets of one step.
  private var link: VertexSet
  private var unreached: VertexSet
  private var reached: VertexSet
  private var pending: VertexSet
  private var candidates: VertexSet
  private var missed: VertexSet

  /// Isolated vertices.
  ///
  /// - Parameters:
  ///   - vertexCount: Their number.
  ///   - maximumDimension: 1, or 2 to carry H₂ as well.
  init(vertexCount: Int, maximumDimension: Int) {
    self.vertexCount = vertexCount
    carriesTriangles = maximumDimension > 1
    setWidth = (vertexCount + 63) / 64
    componentCount = vertexCount
    components = ConnectedComponents(vertexCount: vertexCount)
    adjacency = [UInt64](repeating: 0, count: vertexCount * setWidth)
    edgeLabels = [Label](repeating: 0, count: vertexCount * vertexCount)
    places = SimplexPlaces(vertexCount: vertexCount)
    triangleLabels = [Label](repeating: 0, count: carriesTriangles ? places.triangleCount : 0)
    supports = [UInt64](
      repeating: 0, count: carriesTriangles ? places.pairCount * setWidth : 0)
    link = VertexSet(width: setWidth)
    unreached = link
    reached = link
    pending = link
    candidates = link
    missed = link
  }

  /// Adds the edge of the vertices i > j, which is new, and every simplex that it completes.
  mutating func addEdge(_ i: Int, _ j: Int, at value: Float) {
    var common: UInt64 = 0
    for k in 0..<setWidth {
      link[k] = adjacency[i * setWidth + k] & adjacency[j * setWidth + k]
      common |= link[k]
    }
    let label: Label
    if common == 0 {
      if components.join(i, j) {
        componentCount -= 1
        if value > 0 { joins.append(value) }
        label = 0
      } else {
        label = loops.addClass(bornAt: value)
      }
    } else {
      label = extend(i, j, over: centerOfLink(), at: value)
    }
    edgeLabels[i * vertexCount + j] = label
    edgeLabels[j * vertexCount + i] = label
    adjacency[i * setWidth + j >> 6] |= 1 << UInt64(j & 63)
    adjacency[j * setWidth + i >> 6] |= 1 << UInt64(i & 63)
  }

  /// A vertex of the link that is adjacent to all others of it, or else to most of some that were
  /// tried; the others are then unreached.
  private mutating func centerOfLink() -> Int {
    var center = 0
    var fewestMissed = Int.max
    for k in 0..<setWidth { candidates[k] = link[k] }
    while let candidate = candidates.last {
      var missedCount = -1  // the candidate itself is no neighbour of its own
      for k in 0..<setWidth {
        missed[k] = link[k] & ~adjacency[candidate * setWidth + k]
        missedCount += missed[k].nonzeroBitCount
      }
      missed.remove(candidate)
      if missedCount < fewestMissed {
        fewestMissed = missedCount
        center = candidate
        for k in 0..<setWidth { unreached[k] = missed[k] }
        if missedCount == 0 { break }
      }
      // An apex is adjacent to whatever this one misses.
      candidates.remove(candidate)
      for k in 0..<setWidth where missed[k] != 0 {
        let vertex = 64 * k + missed[k].trailingZeroBitCount
        for m in 0..<setWidth { candidates[m] &= adjacency[vertex * setWidth + m] }
      }
    }
    return center
  }

  /// The word of the path from i over w to j.
  private mutating func edgeSum(_ i: Int, _ j: Int, _ w: Int) -> Label {
    loops.sum(edgeLabels[i * vertexCount + w], edgeLabels[j * vertexCount + w])
  }

  /// Gives the triangle (i, j, x) of a new edge i > j its label, which is not 0.
  private mutating func setTriangle(_ i: Int, _ j: Int, _ x: Int, _ label: Label) {
    triangleLabels[places.triangle(i, j, x)] = label
    supports[places.pair(i, x) * setWidth + j >> 6] |= 1 << UInt64(j & 63)
    supports[places.pair(j, x) * setWidth + i >> 6] |= 1 << UInt64(i & 63)
    supports[places.pair(i, j) * setWidth + x >> 6] |= 1 << UInt64(x & 63)
  }

  /// The sum of the words of the triangles (i, p, x) and (j, p, x).
  private mutating func triangleSum(_ i: Int, _ j: Int, _ p: Int, _ x: Int) -> Label {
    cavities.sum(
      triangleLabels[places.triangle(max(i, p), min(i, p), x)],
      triangleLabels[places.triangle(max(j, p), min(j, p), x)])
  }

  /// Walks through the link and adds the relations and the classes that it causes; the new edge's
  /// label.
  private mutating func extend(
    _ i: Int, _ j: Int, over center: Int, at value: Float
  ) -> Label {
    let label = edgeSum(i, j, center)
    for k in 0..<setWidth { reached[k] = link[k] & ~unreached[k] }
    if carriesTriangles { extendOverStar(i, j, center) }
    while let root = unreached.last {
      if reachNext(i, j, at: value) { continue }
      // Nothing else of the link is adjacent to what was reached: the next component.
      let isNews = loops.addRelation(
        label, edgeLabels[i * vertexCount + root], edgeLabels[j * vertexCount + root], at: value)
      if !isNews && carriesTriangles {
        setTriangle(i, j, root, cavities.addClass(bornAt: value))
      }
      reach(root)
    }
    return label
  }

  private mutating func reach(_ x: Int) {
    unreached.remove(x)
    reached.insert(x)
  }

  /// Gives the triangles (i, j, x) over the neighbours x of the root their words.
  ///
  /// No loop closes: what was reached lies in the star of the root.
  private mutating func extendOverStar(_ i: Int, _ j: Int, _ root: Int) {
    Self.extend(
      i, j, over: root, reached, places, setWidth, &triangleLabels, &supports, &cavities)
  }

  // Free of self and with spans, because an array in a struct is checked for a second owner at
  // every write: the innermost loop of all.
  private static func extend(
    _ i: Int, _ j: Int, over root: Int, _ star: VertexSet, _ places: SimplexPlaces,
    _ setWidth: Int, _ triangleLabels: inout [Label], _ supportRows: inout [UInt64],
    _ cavities: inout HomologyGroup
  ) {
    let (rowOfI, rowOfJ) = (places.pair(i, root) * setWidth, places.pair(j, root) * setWidth)
    let row = places.pair(i, j) * setWidth
    let (highI, lowI) = (max(i, root), min(i, root))
    let (highJ, lowJ) = (max(j, root), min(j, root))
    var labels = triangleLabels.mutableSpan
    var supports = supportRows.mutableSpan
    for k in 0..<setWidth {
      var rest = star[k] & (supports[rowOfI + k] | supports[rowOfJ + k])
      var support: UInt64 = 0
      while rest != 0 {
        let bit = rest & (0 &- rest)
        let x = 64 * k + rest.trailingZeroBitCount
        rest ^= bit
        let label = cavities.sum(
          labels[places.triangle(highI, lowI, x)], labels[places.triangle(highJ, lowJ, x)])
        guard label != 0 else { continue }
        labels[places.triangle(i, j, x)] = label
        support |= bit
        supports[places.pair(i, x) * setWidth + j >> 6] |= 1 << UInt64(j & 63)
        supports[places.pair(j, x) * setWidth + i >> 6] |= 1 << UInt64(i & 63)
      }
      supports[row + k] = support
    }
  }

  /// Reaches every vertex of the link that is adjacent to one reached before; whether there was
  /// one.
  private mutating func reachNext(_ i: Int, _ j: Int, at value: Float) -> Bool {
    var found = false
    for k in (0..<setWidth).reversed() {
      var rest = unreached[k]
      while rest != 0 {
        let x = 64 * k + 63 - rest.leadingZeroBitCount
        rest &= ~(1 << UInt64(x & 63))
        for m in 0..<setWidth { pending[m] = reached[m] & adjacency[x * setWidth + m] }
        guard let parent = pending.last else { continue }
        found = true
        if carriesTriangles { extendToNeighbor(i, j, x, parent, at: value) }
        reach(x)
      }
    }
    return found
  }

  /// Chooses the word of (i, j, x) by the parent, and adds the relations of the pending edges from
  /// x back to other reached vertices.
  private mutating func extendToNeighbor(
    _ i: Int, _ j: Int, _ x: Int, _ parent: Int, at value: Float
  ) {
    let label = cavities.sum(
      triangleLabels[places.triangle(i, j, parent)], triangleSum(i, j, parent, x))
    if label != 0 { setTriangle(i, j, x, label) }
    var y = parent
    while true {
      pending.remove(y)
      for k in 0..<setWidth { pending[k] &= ~adjacency[y * setWidth + k] }
      guard let next = pending.last else { return }
      y = next
      _ = cavities.addRelation(
        label, triangleLabels[places.triangle(i, j, y)],
        triangleLabels[places.triangle(max(i, x), min(i, x), y)],
        triangleLabels[places.triangle(max(j, x), min(j, x), y)], at: value)
    }
  }
}

/// A set of vertices as bits, 64 in a word.
private struct VertexSet {
  private var words: [UInt64]

  init(width: Int) { words = [UInt64](repeating: 0, count: width) }

  subscript(word: Int) -> UInt64 {
    @inline(__always) get { words[word] }
    @inline(__always) _modify { yield &words[word] }
  }

  /// The greatest vertex.
  var last: Int? {
    for k in words.indices.reversed() where words[k] != 0 {
      return 64 * k + 63 - words[k].leadingZeroBitCount
    }
    return nil
  }

  mutating func insert(_ vertex: Int) { words[vertex >> 6] |= 1 << UInt64(vertex & 63) }

  mutating func remove(_ vertex: Int) { words[vertex >> 6] &= ~(1 << UInt64(vertex & 63)) }
}
