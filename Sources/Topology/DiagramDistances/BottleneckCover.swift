import LinearAlgebra

/// A matching that covers the points of one side that are far from the diagonal, along pairs as
/// near as can be.
///
/// See ``BottleneckSearch`` for the method.
struct BottleneckCover {
  private let side: PlanarTree
  private let tolerance: Double
  /// The points of the other side; those that a search has visited are hidden.
  private var other: PlanarTree
  /// The same points; those that are matched are hidden.
  private var free: PlanarTree
  /// For each position of the side, and of the other, its partner or −1.
  private var partners: [Int32]
  private var owners: [Int32]
  /// Who came to a position of the other side in the present search.
  private var parents: [Int32]
  /// The uncovered point whose tree a position of the side belongs to.
  private var roots: [Int32]
  private var visited: [Int] = []
  /// The long points that have no partner yet.
  private var uncovered: [Int] = []
  private var heap = BinaryHeap<SearchStep>()
  /// No pair is farther apart, and every uncovered point is as near to the diagonal.
  private(set) var radius: Double

  init(_ side: PlanarTree, by other: PlanarTree, radius: Double, tolerance: Double) {
    self.side = side
    self.other = other
    free = other
    self.radius = radius
    self.tolerance = tolerance
    partners = [Int32](repeating: -1, count: side.count)
    roots = partners
    owners = [Int32](repeating: -1, count: other.count)
    parents = owners
  }

  func isLong(_ position: Int) -> Bool { side.toDiagonal(position) > radius }

  /// The partner of a position of the side.
  func partner(of position: Int) -> Int? {
    partners[position] < 0 ? nil : Int(partners[position])
  }

  func isCovered(other position: Int) -> Bool { owners[position] >= 0 }

  /// Matches a position of the side to one of the other, whose partner so far is left alone.
  mutating func match(_ position: Int, _ partner: Int) {
    if partners[position] >= 0 { owners[Int(partners[position])] = -1 }
    partners[position] = Int32(partner)
    owners[partner] = Int32(position)
  }

  /// Covers all long points, the radius growing no more than it must.
  mutating func run(_ control: ComputationControl) throws {
    uncovered = Array(0..<side.count)
    try sweep(control)
    try bisect(control)
    for (done, position) in uncovered.enumerated() where isLong(position) {
      control.report("bottleneck distance", done, uncovered.count)
      try grow(from: position, control)
    }
  }

  /// Covers as many long points as the present radius allows.
  private mutating func sweep(_ control: ComputationControl) throws {
    uncovered = uncovered.filter(isLong)
    var before = Int.max
    while uncovered.count < before, !uncovered.isEmpty {
      try control.check()
      before = uncovered.count
      augment()
      uncovered = uncovered.filter { partners[$0] < 0 }
    }
  }

  /// Raises the radius by bisection, while it leaves many points uncovered and so is known to be
  /// too small.
  private mutating func bisect(_ control: ComputationControl) throws {
    // There, whatever is uncovered now is no longer long.
    var upper = uncovered.map(side.toDiagonal).max() ?? radius
    var coveredAll: BottleneckCover?
    while uncovered.count > 16, upper > radius * (1 + max(tolerance, 1e-3)) {
      var attempt = self
      attempt.radius = radius + (upper - radius) / 2
      try attempt.sweep(control)
      if attempt.uncovered.isEmpty {
        upper = attempt.radius
        coveredAll = attempt
      } else {
        self = attempt
      }
    }
    if let coveredAll, upper <= radius * (1 + tolerance) { self = coveredAll }
  }

  /// Follows disjoint alternating paths at the present radius, at least one if there is any.
  ///
  /// Trees grow from all uncovered points at once, breadth first, and each point of the other side
  /// joins one tree; a tree that finds the end of a path is cut.
  private mutating func augment() {
    var queue = uncovered
    for position in queue { roots[position] = Int32(position) }
    var next = 0
    while next < queue.count {
      let position = queue[next]
      next += 1
      let root = Int(roots[position])
      guard partners[root] < 0 else { continue }
      let (x, y) = (side.x[position], side.y[position])
      if let (found, _) = free.nearest(to: x, y, within: radius) {
        parents[found] = Int32(position)
        free.hide(found)
        follow(to: found, from: root)
        continue
      }
      visited.removeAll(keepingCapacity: true)
      other.hideAll(near: x, y, within: radius, found: &visited)
      for found in visited {
        parents[found] = Int32(position)
        let owner = Int(owners[found])
        guard isLong(owner) else {
          // No longer long, the owner goes to the diagonal.
          partners[owner] = -1
          follow(to: found, from: root)
          break
        }
        roots[owner] = Int32(root)
        queue.append(owner)
      }
    }
    other.showAll()
  }

  /// Gives each point of the path that ends at `position` to the one that came to it.
  private mutating func follow(to position: Int, from start: Int) {
    var position = Int32(position)
    while true {
      let taker = parents[Int(position)]
      let left = partners[Int(taker)]
      partners[Int(taker)] = position
      owners[Int(position)] = taker
      if Int(taker) == start { return }
      position = left
    }
  }

  /// Covers one point, or finds it to be near enough to the diagonal, raising the radius as far as
  /// all matchings must.
  private mutating func grow(from start: Int, _ control: ComputationControl) throws {
    heap.removeAll()
    visited.removeAll(keepingCapacity: true)
    var nearestExit = side.toDiagonal(start)
    heap.insert(SearchStep(nearestExit, from: start, to: -1))
    pushNearest(from: start, within: nearestExit)
    var steps = 0
    while let step = heap.popFirst() {
      steps += 1
      if steps % 1024 == 0 { try control.check() }
      if step.key > radius { radius = step.key * (1 + tolerance) }
      let from = Int(step.from)
      guard step.to >= 0 else {
        // `from` goes to the diagonal; what it had goes back along the path.
        if from != start {
          let left = Int(partners[from])
          partners[from] = -1
          follow(to: left, from: start)
        }
        break
      }
      let found = Int(step.to)
      if other.isHidden(found) {
        pushNearest(from: from, within: nearestExit)
        continue
      }
      other.hide(found)
      visited.append(found)
      parents[found] = step.from
      let owner = Int(owners[found])
      if owner < 0 {
        free.hide(found)
        follow(to: found, from: start)
        break
      }
      pushNearest(from: from, within: nearestExit)
      let exit = side.toDiagonal(owner)
      if exit < nearestExit {
        nearestExit = exit
        heap.insert(SearchStep(exit, from: owner, to: -1))
      }
      pushNearest(from: owner, within: nearestExit)
    }
    for position in visited { other.show(position) }
  }

  /// Makes the nearest unvisited point of the other side the next step from `position`.
  private mutating func pushNearest(from position: Int, within limit: Double) {
    if let (found, distance) = other.nearest(
      to: side.x[position], side.y[position], within: limit)
    {
      heap.insert(SearchStep(distance, from: position, to: found))
    }
  }
}
