import LinearAlgebra

/// Gives every point of one side of an assignment a partner, or the diagonal at its limit.
///
/// See ``AssignmentSearch`` for the method.
struct AssignmentResolution {
  private(set) var side: AssignmentSide
  private(set) var other: AssignmentSide
  private let order: Int
  private let slack: Double

  /// By position of the side: where its candidates lie in `candidates`, and how many there are.
  private var starts: [Int32]
  private var counts: [Int32]
  private var candidates: [PlanarTree.Candidate] = []
  /// By position of the side: no other point than the candidates has a lower value, cost less
  /// potential.
  private var outside: [Double]
  /// Upper bounds of the potentials below each node of the other side's tree.
  private var largest: [Double]
  private var found: [PlanarTree.Candidate] = []

  private var heap = BinaryHeap<SearchStep>()
  /// By position of the other side: its distance and the one it was reached from, in the search
  /// whose number it bears.
  private var distances: [Double]
  private var parents: [Int32]
  private var searches: [Int32]
  private var search: Int32 = 0
  /// The positions of the other side whose distance is final, and by position in which search.
  private var settled: [Int32] = []
  private var settledIn: [Int32]

  init(_ side: AssignmentSide, _ other: AssignmentSide, order: Int, slack: Double) {
    self.side = side
    self.other = other
    self.order = order
    self.slack = slack
    starts = [Int32](repeating: 0, count: side.limits.count)
    counts = starts
    outside = [Double](repeating: -.infinity, count: side.limits.count)
    largest = other.tree.largest(other.potentials)
    distances = [Double](repeating: 0, count: other.limits.count)
    parents = [Int32](repeating: -1, count: other.limits.count)
    searches = parents
    settledIn = parents
  }

  mutating func run(_ stage: String, _ control: ComputationControl) throws {
    let left = try bid(control)
    var changed = other.potentials.count
    for (done, position) in left.enumerated() {
      // The bounds hold as they are, but get loose.
      if changed >= other.potentials.count {
        largest = other.tree.largest(other.potentials)
        changed = 0
      }
      if done % 16 == 0 {
        try control.check()
        control.report(stage, done, left.count)
      }
      try augment(from: position, control)
      changed += settled.count
    }
  }

  /// Lists the candidates of a position, twice as many as before.
  private mutating func lengthenList(_ position: Int) {
    let limit = max(12, 2 * Int(counts[position]))
    other.tree.lowest(
      near: side.tree.x[position], side.tree.y[position], order: order,
      weights: other.potentials, largest: largest, limit: limit, below: side.limits[position],
      found: &found)
    starts[position] = Int32(candidates.count)
    counts[position] = Int32(found.count)
    candidates += found
    outside[position] = found.count < limit ? .infinity : found[limit - 1].value
  }

  /// Lets unmatched points bid for the partner that suits them best, for as long as that is quick.
  ///
  /// - Returns: the positions that still want a partner.
  private mutating func bid(_ control: ComputationControl) throws -> [Int] {
    var left: [Int] = []
    var bidders = side.limits.indices.filter {
      side.partners[$0] < 0 && side.potentials[$0] < side.limits[$0]
    }
    var remaining = 4 * bidders.count
    while let bidder = bidders.popLast() {
      if remaining % 1024 == 0 { try control.check() }
      remaining -= 1
      if remaining < 0 {
        left.append(bidder)
        continue
      }
      let limit = side.limits[bidder]
      var best = (value: limit, position: -1)
      var second = limit
      while true {
        best = (limit, -1)
        second = limit
        let start = Int(starts[bidder])
        for index in start..<start + Int(counts[bidder]) {
          // Values only rise, and were ascending.
          if candidates[index].value >= second { break }
          let position = Int(candidates[index].position)
          let value = candidates[index].cost - other.potentials[position]
          if value < second {
            if value < best.value {
              second = best.value
              best = (value, position)
            } else {
              second = value
            }
          }
        }
        if outside[bidder] >= best.value { break }
        lengthenList(bidder)
      }
      second = min(second, outside[bidder])
      side.potentials[bidder] = second
      guard best.position >= 0 else { continue }
      let owner = Int(other.partners[best.position])
      let raise = second - best.value + slack
      if owner >= 0, raise <= 0 {
        left.append(bidder)
        continue
      }
      other.potentials[best.position] -= raise
      other.partners[best.position] = Int32(bidder)
      side.partners[bidder] = Int32(best.position)
      if owner >= 0 {
        side.partners[owner] = -1
        bidders.append(owner)
      }
    }
    return left
  }

  /// Finds the shortest augmenting path from an unmatched position, follows it and adapts the
  /// potentials (Dijkstra's algorithm on reduced costs).
  private mutating func augment(from root: Int, _ control: ComputationControl) throws {
    search += 1
    heap.removeAll()
    settled.removeAll(keepingCapacity: true)
    var goal = Goal()
    scan(root, at: 0, &goal)
    var steps = 0
    while let step = heap.popFirst(), step.key < goal.distance {
      steps += 1
      if steps % 1024 == 0 { try control.check() }
      guard step.to >= 0 else {
        let position = Int(step.from)
        let distance = position == root ? 0 : distances[Int(side.partners[position])]
        lengthenList(position)
        scan(position, at: distance, &goal)
        continue
      }
      let position = Int(step.to)
      // A shorter way was found after this was pushed.
      if step.key > distances[position] { continue }
      settled.append(step.to)
      settledIn[position] = search
      scan(Int(other.partners[position]), at: step.key, &goal)
    }
    side.potentials[root] += goal.distance
    for position in settled {
      let shift = goal.distance - distances[Int(position)]
      other.potentials[Int(position)] -= shift
      side.potentials[Int(other.partners[Int(position)])] += shift
    }
    // The path, from its end.
    var position = Int32(goal.other)
    if goal.other < 0 {
      side.potentials[goal.leaver] = side.limits[goal.leaver]
      if goal.leaver == root { return }
      position = side.partners[goal.leaver]
      side.partners[goal.leaver] = -1
    }
    while true {
      let taker = Int(parents[Int(position)])
      let next = side.partners[taker]
      side.partners[taker] = position
      other.partners[Int(position)] = Int32(taker)
      if taker == root { return }
      position = next
    }
  }

  /// The nearest end of a path found so far: an unmatched point of the other side, or a point of
  /// this side that goes to the diagonal.
  private struct Goal {
    var distance = Double.infinity
    var other = -1
    var leaver = -1
  }

  private mutating func scan(_ position: Int, at distance: Double, _ goal: inout Goal) {
    let base = distance - side.potentials[position]
    if base + side.limits[position] < goal.distance {
      goal = Goal(distance: base + side.limits[position], leaver: position)
    }
    let start = Int(starts[position])
    for index in start..<start + Int(counts[position]) {
      if base + candidates[index].value >= goal.distance { break }
      let target = Int(candidates[index].position)
      let reached = max(distance, base + (candidates[index].cost - other.potentials[target]))
      guard reached < goal.distance,
        searches[target] != search || (reached < distances[target] && settledIn[target] != search)
      else { continue }
      searches[target] = search
      distances[target] = reached
      parents[target] = Int32(position)
      if other.partners[target] < 0 {
        goal = Goal(distance: reached, other: target)
      } else {
        heap.insert(SearchStep(reached, from: position, to: target))
      }
    }
    if base + outside[position] < goal.distance {
      heap.insert(SearchStep(max(distance, base + outside[position]), from: position, to: -1))
    }
  }
}
