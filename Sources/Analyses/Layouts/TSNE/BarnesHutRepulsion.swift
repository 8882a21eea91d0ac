import LinearAlgebra

/// The repulsive forces with far points taken together by squares of a quadtree: O(n log n).
///
/// Method: Barnes & Hut 1986 (doi:10.1038/324446a0) for t-SNE (van der Maaten 2014, JMLR 15:3221–3245).
/// A square whose side is at most half its distance acts as one point at its centre of mass.
final class BarnesHutRepulsion: RepulsiveForces {
  /// The greatest ratio of side and distance, θ.
  static let openingRatio: Float = 0.5

  func evaluate(
    at positions: PlaneVectors, extent: PlaneExtent, forces: PlaneVectors
  ) -> Double {
    let tree = QuadTree(of: positions, extent: extent)
    let sums = Parallel.map(count: positions.blockCount) { block -> Double in
      var total = 0.0
      // Points that follow one another in the tree visit the same squares.
      for place in positions.block(block) {
        let i = Int(tree.order[place])
        let (force, sum) = tree.repulsion(
          at: tree.positions[place], openingRatio: Self.openingRatio)
        forces.x[i] = force.x
        forces.y[i] = force.y
        total += Double(sum)
      }
      return total
    }
    return sums.reduce(0, +) - Double(positions.count)
  }
}

/// Squares that hold points, each before its quarters.
struct QuadTree: Sendable {
  private struct Square {
    var center: SIMD2<Float>
    var squaredSide: Float
    /// The points, by their places in `order`.
    var first: Int32
    var end: Int32
    /// The next square that is not inside this one.
    var next: Int32
    var isLeaf: Bool
  }

  /// The points along the Morton curve.
  let order: [Int32]
  let positions: [SIMD2<Float>]
  private var squares: [Square] = []

  private static let depth = 16
  private static let leafSize = 8

  init(of points: PlaneVectors, extent: PlaneExtent) {
    let side = max(extent.span, .leastNormalMagnitude)
    let scale = Float(1 << Self.depth) / side
    let keys = (0..<points.count).map { i -> UInt64 in
      let cell = (SIMD2(points.x[i], points.y[i]) - extent.least) * scale
      // The far edge belongs to the last cell; a side too small to divide by gives the first.
      let code = Self.interleave(Self.clamped(cell.x)) | Self.interleave(Self.clamped(cell.y)) << 1
      return code << 32 | UInt64(i)
    }.sorted()
    order = keys.map { Int32($0 & 0xFFFF_FFFF) }
    positions = order.map { SIMD2(points.x[Int($0)], points.y[Int($0)]) }
    let codes = keys.map { UInt32($0 >> 32) }
    addSquare(codes: codes, 0..<codes.count, side: side, level: 0)
  }

  private static func clamped(_ coordinate: Float) -> UInt64 {
    coordinate.isFinite ? UInt64(max(0, min(coordinate, Float((1 << depth) - 1)))) : 0
  }

  /// Puts a zero before every one of 16 bits.
  private static func interleave(_ bits: UInt64) -> UInt64 {
    var x = bits
    x = (x | x << 8) & 0x00FF_00FF
    x = (x | x << 4) & 0x0F0F_0F0F
    x = (x | x << 2) & 0x3333_3333
    return (x | x << 1) & 0x5555_5555
  }

  private mutating func addSquare(codes: [UInt32], _ range: Range<Int>, side: Float, level: Int) {
    let own = squares.count
    let isLeaf = range.count <= Self.leafSize || level == Self.depth
    var sum = SIMD2<Double>()
    for place in range {
      sum += SIMD2(Double(positions[place].x), Double(positions[place].y))
    }
    sum /= Double(range.count)
    squares.append(
      Square(
        center: SIMD2(Float(sum.x), Float(sum.y)), squaredSide: side * side,
        first: Int32(range.lowerBound), end: Int32(range.upperBound), next: 0, isLeaf: isLeaf))
    if !isLeaf {
      let shift = UInt32(2 * (Self.depth - 1 - level))
      var first = range.lowerBound
      while first < range.upperBound {
        let quarter = codes[first] >> shift
        let end = codes[first..<range.upperBound].firstIndex { $0 >> shift != quarter }
        addSquare(
          codes: codes, first..<(end ?? range.upperBound), side: side / 2, level: level + 1)
        first = end ?? range.upperBound
      }
    }
    squares[own].next = Int32(squares.count)
  }

  /// The force on a point and the sum of its similarities to all points, its own included.
  func repulsion(at point: SIMD2<Float>, openingRatio: Float) -> (SIMD2<Float>, Float) {
    var force = SIMD2<Float>()
    var sum: Float = 0
    let ratio = openingRatio * openingRatio
    var index = 0
    while index < squares.count {
      let square = squares[index]
      let difference = point - square.center
      let squaredDistance = (difference * difference).sum()
      if square.squaredSide <= ratio * squaredDistance {
        let similarity = 1 / (1 + squaredDistance)
        let several = similarity * Float(square.end - square.first)
        sum += several
        force += several * similarity * difference
        index = Int(square.next)
      } else if square.isLeaf {
        for place in Int(square.first)..<Int(square.end) {
          let difference = point - positions[place]
          let similarity = 1 / (1 + (difference * difference).sum())
          sum += similarity
          force += similarity * similarity * difference
        }
        index = Int(square.next)
      } else {
        index += 1
      }
    }
    return (force, sum)
  }
}
