import LinearAlgebra

/// One of the two sets of points of a cheapest assignment.
struct AssignmentSide {
  let tree: PlanarTree
  /// By position: what the diagonal costs.
  let limits: [Double]
  /// By position: the dual variable, at most the limit.
  var potentials: [Double]
  /// By position: the position of the partner, or −1 for the diagonal.
  var partners: [Int32]

  init(_ tree: PlanarTree, order: Int) {
    self.tree = tree
    limits = (0..<tree.count).map {
      let cost = tree.toDiagonal($0)
      return order == 1 ? cost : cost * cost
    }
    potentials = [Double](repeating: 0, count: tree.count)
    partners = [Int32](repeating: -1, count: tree.count)
  }
}

/// Finds a cheapest assignment of two sets of finite points to each other and to the diagonal.
///
/// With c the ground distance to the power q, a dual solution gives each point of either side a
/// potential, at most its cost to the diagonal, such that the potentials of no pair exceed its cost;
/// their sum is a lower bound of every matching, so that a matching and potentials that agree prove
/// each other (no node stands for the diagonal). Potentials start from nearest neighbours. Then each
/// side in turn is resolved: first by bids (Bertsekas 1988, doi:10.1007/BF02186476), then by
/// shortest augmenting paths (Jonker and Volgenant 1987, doi:10.1007/BF02278710) for what the bids
/// leave. Only a few candidates are listed for a point, the best under the potentials of that
/// moment, with a lower bound of all others; potentials of the other side only fall while a side is
/// resolved, so the bound stays true, and a search that comes to it lengthens the list by means of
/// the k-d tree. Nothing is approximated by leaving pairs out.
///
/// With a tolerance, a bid goes beyond what keeps the pair tight by a slack so small that the
/// slacks of all pairs together stay within it (the auction's ε). The potentials that result are
/// then made feasible anew, by a search over all pairs, and compared with the matching.
struct AssignmentSearch {
  private var a: AssignmentSide
  private var b: AssignmentSide
  private let order: Int

  init(_ a: PlanarTree, _ b: PlanarTree, order: Int) {
    self.a = AssignmentSide(a, order: order)
    self.b = AssignmentSide(b, order: order)
    self.order = order
  }

  /// For each point of the first side, as given to its tree, its partner or −1 for the diagonal.
  ///
  /// - Throws: `CancellationError`.
  mutating func run(relativeTolerance: Double, _ control: ComputationControl) throws -> [Int] {
    let factor =
      order == 1 ? 1 + relativeTolerance : (1 + relativeTolerance) * (1 + relativeTolerance)
    try solve(factor: factor, control)
    if relativeTolerance > 0, cost > factor * lowerBound() {
      // Rounding aside this cannot be; whatever the reason, the exact solution is right.
      try solve(factor: 1, control)
    }
    var partners = [Int](repeating: -1, count: a.tree.count)
    for position in partners.indices where a.partners[position] >= 0 {
      partners[a.tree.rows[position]] = b.tree.rows[Int(a.partners[position])]
    }
    return partners
  }

  private mutating func solve(factor: Double, _ control: ComputationControl) throws {
    try control.check()
    a = AssignmentSide(a.tree, order: order)
    b = AssignmentSide(b.tree, order: order)
    for position in 0..<b.tree.count {
      let limit = b.limits[position]
      let nearest = a.tree.nearest(
        to: b.tree.x[position], b.tree.y[position], within: b.tree.toDiagonal(position))
      b.potentials[position] =
        nearest.map { order == 1 ? $0.distance : $0.distance * $0.distance } ?? limit
    }
    var slack = 0.0
    if factor > 1 {
      let bound = lowerBound()
      slack = (factor - 1) * bound / Double(max(1, min(a.tree.count, b.tree.count)))
    }
    for stage in ["first", "second"] {
      var resolution = AssignmentResolution(a, b, order: order, slack: slack)
      try resolution.run("Wasserstein distance, \(stage) side", control)
      (b, a) = (resolution.side, resolution.other)
    }
  }

  /// The cost of the present matching.
  var cost: Double {
    var sum = 0.0
    for position in 0..<a.tree.count {
      let partner = Int(a.partners[position])
      guard partner >= 0 else {
        sum += a.limits[position]
        continue
      }
      let distance = a.tree.ground.distance(
        a.tree.x[position] - b.tree.x[partner], a.tree.y[position] - b.tree.y[partner])
      sum += order == 1 ? distance : distance * distance
    }
    for position in 0..<b.tree.count where b.partners[position] < 0 { sum += b.limits[position] }
    return sum
  }

  /// A lower bound of the cost of every matching: the sum of the potentials of `b`, and of the
  /// highest potentials of `a` that all pairs allow with these.
  func lowerBound() -> Double {
    let largest = b.tree.largest(b.potentials)
    var found: [PlanarTree.Candidate] = []
    var sum = b.potentials.reduce(0, +)
    for position in 0..<a.tree.count {
      let limit = a.limits[position]
      b.tree.lowest(
        near: a.tree.x[position], a.tree.y[position], order: order, weights: b.potentials,
        largest: largest, limit: 1, below: limit, found: &found)
      sum += found.first?.value ?? limit
    }
    return sum
  }
}
