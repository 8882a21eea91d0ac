/// An edge of the filtration in its strict order: by length, then by index i (i − 1) / 2 + j, i > j.
///
/// Length and index are packed into one integer: the bits of a float32 that is not negative are
/// ordered like the float, take 31 bits, and leave 33 for the index. Around one vertex the index
/// grows with the other vertex, so (i, w) comes before (i, j) iff it is shorter, or as long and
/// w < j.
struct OrderedEdge: Comparable, Hashable, Sendable {
  /// The most vertices whose edges have indices of 33 bits.
  static let maximumVertexCount = 1 << 17
  private static let indexBits = 33

  /// The place in the order.
  let rank: UInt64

  /// The edge of two different vertices, its length given by the bits of the float.
  @inline(__always)
  init(_ a: Int, _ b: Int, length: Int32) {
    let (i, j) = a > b ? (a, b) : (b, a)
    let index = UInt64(truncatingIfNeeded: i &* (i &- 1) / 2 &+ j)
    rank = UInt64(UInt32(bitPattern: length)) &<< UInt64(Self.indexBits) | index
  }

  /// The edge of a rank.
  @inline(__always)
  init(rank: UInt64) { self.rank = rank }

  /// The bits of the length.
  @inline(__always)
  var lengthBits: Int32 { Int32(truncatingIfNeeded: rank &>> UInt64(Self.indexBits)) }

  /// The length.
  var length: Float { Float(bitPattern: UInt32(bitPattern: lengthBits)) }

  /// The vertices, i > j.
  @inline(__always)
  var vertices: VertexPair {
    let index = Int(truncatingIfNeeded: rank & (1 &<< UInt64(Self.indexBits) &- 1))
    // Off by one at most, since 8 · index + 1 < 2³⁷ is exact in float64.
    var i = Int(Int32((1 + Double(8 &* index &+ 1).squareRoot()) / 2))
    if i &* (i &- 1) / 2 > index { i &-= 1 }
    if i &* (i &+ 1) / 2 <= index { i &+= 1 }
    return VertexPair(i, index &- i &* (i &- 1) / 2)
  }

  /// The same vertices as a tuple.
  var ends: (Int, Int) { (vertices.i, vertices.j) }

  @inline(__always)
  static func < (a: OrderedEdge, b: OrderedEdge) -> Bool { a.rank < b.rank }
}

/// The vertices of an edge, i > j.
struct VertexPair: Equatable, Sendable {
  private let vertices: SIMD2<Int32>

  @inline(__always)
  init(_ i: Int, _ j: Int) {
    vertices = SIMD2(Int32(truncatingIfNeeded: i), Int32(truncatingIfNeeded: j))
  }

  /// The larger vertex.
  @inline(__always)
  var i: Int { Int(vertices.x) }
  /// The smaller vertex.
  @inline(__always)
  var j: Int { Int(vertices.y) }
}

extension SquareDistances {
  /// The blocks of 16 floats in a row.
  var blocks: Int { stride / 16 }

  /// A row of distances.
  @inline(__always)
  @unsafe
  func row(_ i: Int) -> UnsafePointer<Float> { unsafe UnsafePointer(base + i &* stride) }

  /// The bits of a distance.
  @inline(__always)
  func lengthBits(_ i: Int, _ j: Int) -> Int32 {
    unsafe Int32(bitPattern: base[i &* stride &+ j].bitPattern)
  }

  /// The edge of two different vertices.
  @inline(__always)
  func edge(_ a: Int, _ b: Int) -> OrderedEdge { OrderedEdge(a, b, length: lengthBits(a, b)) }

  /// The edge of a pair of vertices.
  @inline(__always)
  func edge(_ pair: VertexPair) -> OrderedEdge { edge(pair.i, pair.j) }
}
