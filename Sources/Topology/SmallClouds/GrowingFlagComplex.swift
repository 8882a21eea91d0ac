/// The flag complex of a graph that grows edge by edge, with its homology over Z/2 in degrees 0 to 2.
///
/// The invariant. Every edge and every triangle of the complex K carries a word such that the sum of
/// the words of any 1-cycle, or 2-cycle, is its class in H₁(K), or H₂(K), as `HomologyGroup` writes
/// classes. In particular the sum over the boundary of a triangle, or a tetrahedron, is zero modulo
/// the relations: the words are cocycles, and all classes are carried at once.
///
/// A step adds f = (i, j) and with it f ∪ σ for each simplex σ of the link L, the flag complex on the
/// common neighbours. The boundary of f joined to L is the suspension ΣL, two cones over L with the
/// tips i and j, which K contains; so the Mayer–Vietoris sequence is
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
///   relation of H₁. If it depends on earlier ones, a sum of such discs closes to a new class of H₂:
///   a new bit, the word of the triangle (f, w).
/// - L has loops: walking through a component from its root, each vertex x is reached from a
///   parent p, and the word of (f, x) is chosen so that the tetrahedron (f, p, x) has a boundary of
///   word zero. An edge (x, y) back to a vertex y that was already reached closes a loop, and the sum
///   over the boundary of (f, x, y) is the class of its suspension: a relation of H₂. If a vertex z
///   of L is adjacent to x and y and already reached, the three edges bound a triangle whose
///   suspension is the boundary of two tetrahedra of K, so the relation of one edge follows from those
///   of the others; so x needs one edge for each component of its neighbours among the reached
///   vertices, the parent's excepted.
///
/// An edge whose link is a cone, that is, some apex p of L is adjacent to all other vertices of L,
/// changes no homology, and all its words come from p. Most edges are of this kind.
///
/// All of a step happens at one value. A class that is born in it cannot end in it (the relations come
/// from cycles of K), and in which order the relations of a step are added does not matter: the
/// highest bits of the elements of their span are the same.
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
  private let choose2: [Int]
  private let choose3: [Int]
  // The sets of one step.
  private var link: [UInt64]
  private var unreached: [UInt64]
  private var reached: [UInt64]
  private var pending: [UInt64]
  private var queue: [Int] = []
  /// The labels of the triangles (f, x) of this step, by x.
  private var newLabels: [Label]

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
    choose2 = (0...vertexCount).map { $0 * ($0 - 1) / 2 }
    choose3 = (0...vertexCount).map { $0 * ($0 - 1) * ($0 - 2) / 6 }
    triangleLabels = [Label](repeating: 0, count: carriesTriangles ? choose3[vertexCount] : 0)
    supports = [UInt64](repeating: 0, count: carriesTriangles ? choose2[vertexCount] * setWidth : 0)
    link = [UInt64](repeating: 0, count: setWidth)
    unreached = link
    reached = link
    pending = link
    newLabels = [Label](repeating: 0, count: carriesTriangles ? vertexCount : 0)
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
    } else if let apex = apexOfLink() {
      label = edgeSum(i, j, apex)
      if carriesTriangles { extendOverCone(i, j, apex) }
    } else {
      label = extendOverLink(i, j, at: value)
    }
    edgeLabels[i * vertexCount + j] = label
    edgeLabels[j * vertexCount + i] = label
    adjacency[i * setWidth + j >> 6] |= 1 << UInt64(j & 63)
    adjacency[j * setWidth + i >> 6] |= 1 << UInt64(i & 63)
  }

  /// A vertex of the link that is adjacent to all others of it.
  private func apexOfLink() -> Int? {
    for k in 0..<setWidth {
      var candidates = link[k]
      while candidates != 0 {
        let apex = 64 * k + candidates.trailingZeroBitCount
        let itself = candidates & (0 &- candidates)
        var missed = link[k] & ~adjacency[apex * setWidth + k] & ~itself
        var m = 0
        while m < setWidth && missed == 0 {
          if m != k { missed = link[m] & ~adjacency[apex * setWidth + m] }
          m += 1
        }
        if missed == 0 { return apex }
        candidates ^= itself
      }
    }
    return nil
  }

  /// The word of the path from i over w to j.
  private mutating func edgeSum(_ i: Int, _ j: Int, _ w: Int) -> Label {
    loops.sum(edgeLabels[i * vertexCount + w], edgeLabels[j * vertexCount + w])
  }

  /// The label of the triangle of three different vertices, p > q.
  @inline(__always)
  private func triangle(_ p: Int, _ q: Int, _ x: Int) -> Int {
    if x > p { return choose3[x] + choose2[p] + q }
    return choose3[p] + (x > q ? choose2[x] + q : choose2[q] + x)
  }

  @inline(__always)
  private func pair(_ a: Int, _ b: Int) -> Int { a > b ? choose2[a] + b : choose2[b] + a }

  /// Gives the triangle (i, j, x) of a new edge i > j its label, which is not 0.
  @inline(__always)
  private mutating func setTriangle(_ i: Int, _ j: Int, _ x: Int, _ label: Label) {
    triangleLabels[triangle(i, j, x)] = label
    supports[pair(i, x) * setWidth + j >> 6] |= 1 << UInt64(j & 63)
    supports[pair(j, x) * setWidth + i >> 6] |= 1 << UInt64(i & 63)
    supports[pair(i, j) * setWidth + x >> 6] |= 1 << UInt64(x & 63)
  }

  /// The sum of the words of the triangles (i, p, x) and (j, p, x).
  @inline(__always)
  private mutating func triangleSum(_ i: Int, _ j: Int, _ p: Int, _ x: Int) -> Label {
    cavities.sum(
      triangleLabels[triangle(max(i, p), min(i, p), x)],
      triangleLabels[triangle(max(j, p), min(j, p), x)])
  }

  /// Gives every new triangle (i, j, x) the sum of (i, apex, x) and (j, apex, x).
  private mutating func extendOverCone(_ i: Int, _ j: Int, _ apex: Int) {
    let rowOfI = pair(i, apex) * setWidth
    let rowOfJ = pair(j, apex) * setWidth
    for k in 0..<setWidth {
      var rest = link[k] & (supports[rowOfI + k] | supports[rowOfJ + k])
      while rest != 0 {
        let x = 64 * k + rest.trailingZeroBitCount
        rest &= rest - 1
        let label = triangleSum(i, j, apex, x)
        if label != 0 { setTriangle(i, j, x, label) }
      }
    }
  }

  /// Walks through the link and adds the relations and the classes that it causes; the new edge's
  /// label.
  private mutating func extendOverLink(_ i: Int, _ j: Int, at value: Float) -> Label {
    for k in 0..<setWidth {
      unreached[k] = link[k]
      reached[k] = 0
    }
    var label: Label?
    while let root = firstUnreached() {
      var labelOfRoot: Label = 0
      if let label {
        let relation = loops.sum(label, edgeSum(i, j, root))
        if !loops.addRelation(relation, at: value) && carriesTriangles {
          labelOfRoot = cavities.addClass(bornAt: value)
        }
      } else {
        label = edgeSum(i, j, root)
      }
      if carriesTriangles {
        walk(i, j, from: root, labelOfRoot, at: value)
      } else {
        reachComponent(of: root)
      }
    }
    return label ?? 0
  }

  private func firstUnreached() -> Int? {
    for k in 0..<setWidth where unreached[k] != 0 {
      return 64 * k + unreached[k].trailingZeroBitCount
    }
    return nil
  }

  /// Takes the component of a vertex of the link out of the unreached.
  private mutating func reachComponent(of root: Int) {
    unreached[root >> 6] &= ~(1 << UInt64(root & 63))
    queue.removeAll(keepingCapacity: true)
    queue.append(root)
    while let p = queue.popLast() {
      for k in 0..<setWidth {
        var rest = unreached[k] & adjacency[p * setWidth + k]
        unreached[k] ^= rest
        while rest != 0 {
          queue.append(64 * k + rest.trailingZeroBitCount)
          rest &= rest - 1
        }
      }
    }
  }

  /// Chooses the words of the new triangles over a component of the link, and adds the relations of
  /// its loops.
  private mutating func walk(
    _ i: Int, _ j: Int, from root: Int, _ labelOfRoot: Label, at value: Float
  ) {
    newLabels[root] = labelOfRoot
    unreached[root >> 6] &= ~(1 << UInt64(root & 63))
    reached[root >> 6] |= 1 << UInt64(root & 63)
    queue.removeAll(keepingCapacity: true)
    queue.append(root)
    var next = 0
    while next < queue.count {
      let p = queue[next]
      next += 1
      for k in 0..<setWidth {
        var rest = unreached[k] & adjacency[p * setWidth + k]
        unreached[k] ^= rest
        while rest != 0 {
          let x = 64 * k + rest.trailingZeroBitCount
          rest &= rest - 1
          newLabels[x] = cavities.sum(newLabels[p], triangleSum(i, j, p, x))
          closeLoops(i, j, through: x, parent: p, at: value)
          reached[x >> 6] |= 1 << UInt64(x & 63)
          queue.append(x)
        }
      }
    }
    for x in queue where newLabels[x] != 0 { setTriangle(i, j, x, newLabels[x]) }
  }

  /// Adds the relations of the edges from x back to reached vertices that the parent does not see.
  private mutating func closeLoops(
    _ i: Int, _ j: Int, through x: Int, parent p: Int, at value: Float
  ) {
    for k in 0..<setWidth {
      pending[k] = reached[k] & adjacency[x * setWidth + k] & ~adjacency[p * setWidth + k]
    }
    pending[p >> 6] &= ~(1 << UInt64(p & 63))
    for k in 0..<setWidth {
      while pending[k] != 0 {
        let y = 64 * k + pending[k].trailingZeroBitCount
        pending[k] &= pending[k] - 1
        let ends = cavities.sum(newLabels[x], newLabels[y])
        _ = cavities.addRelation(cavities.sum(ends, triangleSum(i, j, x, y)), at: value)
        for m in k..<setWidth { pending[m] &= ~adjacency[y * setWidth + m] }
      }
    }
  }
}
