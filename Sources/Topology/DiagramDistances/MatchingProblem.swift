/// Two diagrams, checked, scaled and taken apart into finite points and essential classes.
struct MatchingProblem {
  /// One diagram.
  struct Side {
    /// The finite points off the diagonal, scaled, and their rows.
    var births: [Double] = []
    var deaths: [Double] = []
    var rows: [Int] = []
    /// For each kind of essential class the finite ends, scaled, with their rows, ascending.
    var essential: [[(end: Double, row: Int)]] = [[], [], []]
    var rowCount = 0

    func tree(_ ground: GroundMetric) -> PlanarTree {
      PlanarTree(x: births, y: deaths, ground: ground)
    }
  }

  private(set) var a = Side()
  private(set) var b = Side()
  private let ground: GroundMetric
  /// The power of two by which coordinates were divided, so that squares cannot overflow.
  private let scale: Double

  /// Checks both diagrams.
  ///
  /// - Throws: `TopologyError.invalid`.
  init(
    _ a: [PersistenceBar], _ b: [PersistenceBar], ground: GroundMetric, relativeTolerance: Double
  ) throws {
    guard relativeTolerance >= 0, relativeTolerance.isFinite else {
      throw TopologyError.invalid(
        "a relative tolerance of \(relativeTolerance): expected 0 (exact) or a positive number")
    }
    self.ground = ground
    let dimension = a.first?.dimension ?? b.first?.dimension
    var largest = 0.0
    for (name, bars) in [("first", a), ("second", b)] {
      for (row, bar) in bars.enumerated() {
        try bar.validate(at: "row \(row) of the \(name) diagram")
        guard bar.dimension == dimension else {
          throw TopologyError.invalid(
            "row \(row) of the \(name) diagram has dimension \(bar.dimension), the first row "
              + "\(dimension ?? 0): compare bars of one dimension at a time")
        }
        for value in [bar.birth, bar.death] where value.isFinite {
          largest = max(largest, abs(value))
        }
      }
    }
    // Exact, as nothing but the exponent changes.
    scale =
      (1e-100...1e100).contains(largest) || largest == 0
      ? 1 : Double(sign: .plus, exponent: min(largest.exponent + 1, 1023), significand: 1)
    self.a = split(a)
    self.b = split(b)
  }

  private func split(_ bars: [PersistenceBar]) -> Side {
    var side = Side()
    side.rowCount = bars.count
    for (row, bar) in bars.enumerated() where bar.birth != bar.death {
      switch (bar.birth.isFinite, bar.death.isFinite) {
      case (true, true):
        side.births.append(bar.birth / scale)
        side.deaths.append(bar.death / scale)
        side.rows.append(row)
      case (true, false): side.essential[0].append((bar.birth / scale, row))
      case (false, true): side.essential[1].append((bar.death / scale, row))
      case (false, false): side.essential[2].append((0, row))
      }
    }
    for kind in side.essential.indices {
      side.essential[kind].sort { ($0.end, $0.row) < ($1.end, $1.row) }
    }
    return side
  }

  /// The scaled costs of the pairs of essential classes; nil if their numbers differ.
  var essentialCosts: [Double]? {
    var costs: [Double] = []
    for (ours, theirs) in zip(a.essential, b.essential) {
      guard ours.count == theirs.count else { return nil }
      costs += zip(ours, theirs).map { abs($0.end - $1.end) }
    }
    return costs
  }

  /// The matching of whole diagrams, from pairs of finite points.
  ///
  /// - Parameters:
  ///   - partners: for each finite point of `a`, the finite point of `b` that it is matched to, or
  ///     −1.
  ///   - essential: the costs of the pairs of essential classes.
  ///   - order: q of the Wasserstein distance; nil for the bottleneck distance.
  /// - Returns: the matching in rows as given, and its unscaled distance.
  func matching(finite partners: [Int], essential: [Double], order: Int?) -> DiagramMatching {
    var costs = essential
    var partnerOfA = [Int](repeating: -1, count: a.rowCount)
    var isFree = [Bool](repeating: true, count: b.rowCount)
    var leftOver = [Bool](repeating: true, count: b.rows.count)
    for (ours, theirs) in zip(a.essential.joined(), b.essential.joined()) {
      partnerOfA[ours.row] = theirs.row
      isFree[theirs.row] = false
    }
    for (point, partner) in partners.enumerated() {
      guard partner >= 0 else {
        costs.append(ground.toDiagonal(a.deaths[point] - a.births[point]))
        continue
      }
      leftOver[partner] = false
      partnerOfA[a.rows[point]] = b.rows[partner]
      isFree[b.rows[partner]] = false
      costs.append(
        ground.distance(
          a.births[point] - b.births[partner], a.deaths[point] - b.deaths[partner]))
    }
    for point in leftOver.indices where leftOver[point] {
      costs.append(ground.toDiagonal(b.deaths[point] - b.births[point]))
    }
    let distance =
      switch order {
      case nil: costs.max() ?? 0
      case 1: costs.reduce(0, +)
      default: costs.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    return DiagramMatching(
      distance: distance * scale,
      pairs: partnerOfA.enumerated().map { DiagramMatching.Pair(a: $0, b: $1) }
        + isFree.indices.filter { isFree[$0] }.map { DiagramMatching.Pair(a: -1, b: $0) })
  }
}
