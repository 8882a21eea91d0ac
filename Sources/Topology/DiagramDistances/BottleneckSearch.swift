import LinearAlgebra

/// Finds the bottleneck distance of two sets of finite points.
///
/// Call a point *long* at radius r if it is farther than r from the diagonal. A matching of cost r
/// exists just when long points of both sides can all be matched along pairs no farther apart than
/// r; and that holds as soon as one matching covers the long points of the first side and another
/// those of the second (Mendelsohn and Dulmage 1958, doi:10.4153/CJM-1958-052-4). So each side is
/// covered by itself, no node stands for the diagonal, and the two matchings are merged at the end.
///
/// The radius starts at a lower bound, the largest cost that the nearest neighbour or the diagonal
/// forces on any point. There, rounds of breadth-first searches in a k-d tree from which visited
/// points are removed (Efrat, Itai and Katz 2001, doi:10.1007/s00453-001-0016-8; Kerber, Morozov
/// and Nigmetov 2017, doi:10.1145/3064175) match most long points; where many are left, bisection
/// raises the bound. Each long point that is left then grows an alternating tree whose cheapest way
/// out is always taken first: when the radius has to grow, the tree violates Hall's condition, so
/// the next radius is the least that any matching can have. Only candidate values are proposed
/// there, and the last is exact.
struct BottleneckSearch {
  private let a: PlanarTree
  private let b: PlanarTree
  private let tolerance: Double
  private var radius: Double

  /// Nothing better than `radius`, a known lower bound, is looked for; each time the radius grows it
  /// grows by `relativeTolerance` more than it must.
  init(_ a: PlanarTree, _ b: PlanarTree, atLeast radius: Double, relativeTolerance: Double) {
    self.a = a
    self.b = b
    self.radius = radius
    tolerance = relativeTolerance
  }

  /// For each point of the first side, as given to its tree, its partner or −1 for the diagonal.
  ///
  /// - Throws: `CancellationError`.
  mutating func run(_ control: ComputationControl) throws -> [Int] {
    radius = max(lowerBound(of: a, to: b), lowerBound(of: b, to: a))
    var coverA = BottleneckCover(a, by: b, radius: radius, tolerance: tolerance)
    try coverA.run(control)
    var coverB = BottleneckCover(b, by: a, radius: coverA.radius, tolerance: tolerance)
    try coverB.run(control)
    radius = coverB.radius

    // Each long point of b without a partner takes the one it has in the other cover; who is
    // displaced does the same, unless it is near enough to the diagonal.
    for start in 0..<b.count where !coverA.isCovered(other: start) {
      var position: Int? = start
      while let taker = position, coverB.isLong(taker), let taken = coverB.partner(of: taker) {
        position = coverA.partner(of: taken)
        coverA.match(taken, taker)
      }
    }
    var partners = [Int](repeating: -1, count: a.count)
    for position in 0..<a.count {
      guard let partner = coverA.partner(of: position) else { continue }
      partners[a.rows[position]] = b.rows[partner]
    }
    return partners
  }

  /// The largest, and at least `radius`, of what each point pays at best.
  private func lowerBound(of side: PlanarTree, to other: PlanarTree) -> Double {
    var bound = radius
    for position in 0..<side.count {
      let toDiagonal = side.toDiagonal(position)
      guard toDiagonal > bound else { continue }
      let nearest = other.nearest(to: side.x[position], side.y[position], within: toDiagonal)
      bound = max(bound, nearest?.distance ?? toDiagonal)
    }
    return bound
  }
}
