/// Points of the plane in a balanced k-d tree: nearest points, with points hidden and shown again.
///
/// The points are kept in the order of the leaves; a *position* is a place in that order. The tree
/// is perfect: node 1 is the root, 2i and 2i + 1 are the children of i, and leaf l of 2ʰ holds the
/// positions from ⌊l n / 2ʰ⌋ to ⌊(l + 1) n / 2ʰ⌋, at most eight (Bentley 1975,
/// doi:10.1145/361002.361007).
struct PlanarTree {
  /// The corners of a rectangle; without points, low is above high and every distance infinite.
  struct Box {
    var lowX = Double.infinity
    var lowY = Double.infinity
    var highX = -Double.infinity
    var highY = -Double.infinity
  }

  /// The coordinates, by position.
  private(set) var x: [Double]
  private(set) var y: [Double]
  /// The row of the input at each position.
  private(set) var rows: [Int]
  let ground: GroundMetric

  private let height: Int
  private var boxes: [Box]
  /// For each leaf, a bit for each of its points that is shown; for other nodes, whether there
  /// are any.
  private var shown: [UInt8]

  /// Builds the tree in O(n log² n) time; all points are shown.
  init(x: [Double], y: [Double], ground: GroundMetric) {
    let count = x.count
    self.ground = ground
    var height = 0
    while count > 8 << height { height += 1 }
    self.height = height
    var points = (0..<count).map { (x: x[$0], y: y[$0], row: $0) }
    boxes = [Box](repeating: Box(), count: 2 << height)
    for node in 1..<(2 << height) {
      let level = node.bitWidth - 1 - node.leadingZeroBitCount
      let index = node - (1 << level)
      let range = (index * count) >> level..<((index + 1) * count) >> level
      var box = Box()
      for point in points[range] {
        box.lowX = min(box.lowX, point.x)
        box.lowY = min(box.lowY, point.y)
        box.highX = max(box.highX, point.x)
        box.highY = max(box.highY, point.y)
      }
      boxes[node] = box
      guard level < height else { continue }
      if box.highX - box.lowX > box.highY - box.lowY {
        points[range].sort { $0.x < $1.x }
      } else {
        points[range].sort { $0.y < $1.y }
      }
    }
    self.x = points.map(\.x)
    self.y = points.map(\.y)
    rows = points.map(\.row)
    shown = [UInt8](repeating: 0, count: 2 << height)
    showAll()
  }

  var count: Int { x.count }

  /// How far the point at a position is from the diagonal.
  @inline(__always)
  func toDiagonal(_ position: Int) -> Double { ground.toDiagonal(y[position] - x[position]) }

  /// The positions in a leaf, given as a node.
  @inline(__always)
  private func positions(leaf node: Int) -> Range<Int> {
    let leaf = node - (1 << height)
    return (leaf * x.count) >> height..<((leaf + 1) * x.count) >> height
  }

  /// The node that is the leaf of a position.
  @inline(__always)
  private func leaf(of position: Int) -> Int {
    (1 << height) + (((position + 1) << height) - 1) / x.count
  }

  /// How near the points of a node can be at best.
  @inline(__always)
  private func bound(_ node: Int, _ px: Double, _ py: Double) -> Double {
    let box = boxes[node]
    let dx = max(box.lowX - px, px - box.highX, 0)
    let dy = max(box.lowY - py, py - box.highY, 0)
    return ground.distance(dx, dy)
  }
}

// Hiding, and searching among what is shown.
extension PlanarTree {
  /// Shows every point again.
  mutating func showAll() {
    for node in stride(from: (2 << height) - 1, to: 0, by: -1) {
      shown[node] =
        node >= 1 << height
        ? UInt8(truncatingIfNeeded: (1 << positions(leaf: node).count) - 1)
        : shown[2 * node] | shown[2 * node + 1]
    }
  }

  /// Leaves a point out of searches.
  mutating func hide(_ position: Int) {
    var node = leaf(of: position)
    shown[node] &= ~(1 << UInt8(position - positions(leaf: node).lowerBound))
    while shown[node] == 0, node > 1 {
      node /= 2
      shown[node] = shown[2 * node] | shown[2 * node + 1]
    }
  }

  func isHidden(_ position: Int) -> Bool {
    let node = leaf(of: position)
    return (shown[node] >> UInt8(position - positions(leaf: node).lowerBound)) & 1 == 0
  }

  /// Takes a hidden point back into searches.
  mutating func show(_ position: Int) {
    var node = leaf(of: position)
    shown[node] |= 1 << UInt8(position - positions(leaf: node).lowerBound)
    while node > 1 {
      node /= 2
      if shown[node] != 0 { return }
      shown[node] = 1
    }
  }

  /// The position and distance of the nearest shown point no farther than `radius`.
  func nearest(to px: Double, _ py: Double, within radius: Double) -> (
    position: Int, distance: Double
  )? {
    var best = (position: -1, distance: radius)
    if shown[1] != 0, bound(1, px, py) <= radius { descend(1, px, py, &best) }
    return best.position < 0 ? nil : best
  }

  private func descend(
    _ node: Int, _ px: Double, _ py: Double, _ best: inout (position: Int, distance: Double)
  ) {
    if node >= 1 << height {
      let bits = shown[node]
      var bit: UInt8 = 1
      for position in positions(leaf: node) {
        let distance = ground.distance(x[position] - px, y[position] - py)
        // Before the first is found, one at the radius itself counts.
        if bits & bit != 0,
          distance < best.distance || (best.position < 0 && distance == best.distance)
        {
          best = (position, distance)
        }
        bit <<= 1
      }
      return
    }
    var (near, far) = (2 * node, 2 * node + 1)
    var (nearBound, farBound) = (bound(near, px, py), bound(far, px, py))
    if farBound < nearBound {
      swap(&near, &far)
      swap(&nearBound, &farBound)
    }
    if shown[near] != 0, nearBound <= best.distance { descend(near, px, py, &best) }
    if shown[far] != 0, farBound <= best.distance { descend(far, px, py, &best) }
  }
}

extension PlanarTree {
  /// Hides all shown points no farther than `radius`, and appends them to `found`.
  mutating func hideAll(
    near px: Double, _ py: Double, within radius: Double, found: inout [Int]
  ) {
    if shown[1] != 0, bound(1, px, py) <= radius { hideAll(1, px, py, radius, &found) }
  }

  private mutating func hideAll(
    _ node: Int, _ px: Double, _ py: Double, _ radius: Double, _ found: inout [Int]
  ) {
    if node >= 1 << height {
      var bit: UInt8 = 1
      for position in positions(leaf: node) {
        if shown[node] & bit != 0,
          ground.distance(x[position] - px, y[position] - py) <= radius
        {
          shown[node] &= ~bit
          found.append(position)
        }
        bit <<= 1
      }
      return
    }
    for child in 2 * node...2 * node + 1
    where shown[child] != 0 && bound(child, px, py) <= radius {
      hideAll(child, px, py, radius, &found)
    }
    shown[node] = shown[2 * node] | shown[2 * node + 1]
  }
}

// Nearest under weights: the dual of an assignment.
extension PlanarTree {
  /// The largest weight below each node.
  func largest(_ weights: [Double]) -> [Double] {
    var largest = [Double](repeating: -.infinity, count: 2 << height)
    for node in stride(from: (2 << height) - 1, to: 0, by: -1) {
      if node >= 1 << height {
        for position in positions(leaf: node) {
          largest[node] = max(largest[node], weights[position])
        }
      } else {
        largest[node] = max(largest[2 * node], largest[2 * node + 1])
      }
    }
    return largest
  }

  /// A point found under weights: its position, and its cost: the distance or its square.
  struct Candidate {
    var position: Int32
    var cost: Double
    /// The cost less the point's weight.
    var value: Double
  }

  /// Fills `found` with the at most `limit` points of least cost − weight below `ceiling`,
  /// ascending; hidden points count.
  ///
  /// The cost is the distance or, of order 2, its square; `largest` is an upper bound of the
  /// weights below each node.
  func lowest(
    near px: Double, _ py: Double, order: Int, weights: [Double], largest: [Double],
    limit: Int, below ceiling: Double, found: inout [Candidate]
  ) {
    found.removeAll(keepingCapacity: true)
    let root = bound(1, px, py)
    var search = WeightedSearch(
      x: px, y: py, order: order, limit: limit, ceiling: ceiling)
    if search.cost(root) - largest[1] < ceiling {
      descend(1, &search, weights, largest, &found)
    }
  }

  private struct WeightedSearch {
    let x: Double
    let y: Double
    let order: Int
    let limit: Int
    var ceiling: Double

    @inline(__always)
    func cost(_ distance: Double) -> Double { order == 1 ? distance : distance * distance }
  }

  private func descend(
    _ node: Int, _ search: inout WeightedSearch, _ weights: [Double], _ largest: [Double],
    _ found: inout [Candidate]
  ) {
    if node >= 1 << height {
      for position in positions(leaf: node) {
        let cost = search.cost(ground.distance(x[position] - search.x, y[position] - search.y))
        let value = cost - weights[position]
        guard value < search.ceiling else { continue }
        let candidate = Candidate(position: Int32(position), cost: cost, value: value)
        if found.count == search.limit { found.removeLast() }
        var place = found.count
        found.append(candidate)
        while place > 0, found[place - 1].value > value {
          found[place] = found[place - 1]
          place -= 1
        }
        found[place] = candidate
        if found.count == search.limit { search.ceiling = found[search.limit - 1].value }
      }
      return
    }
    var (near, far) = (2 * node, 2 * node + 1)
    var nearBound = search.cost(bound(near, search.x, search.y)) - largest[near]
    var farBound = search.cost(bound(far, search.x, search.y)) - largest[far]
    if farBound < nearBound {
      swap(&near, &far)
      swap(&nearBound, &farBound)
    }
    if nearBound < search.ceiling { descend(near, &search, weights, largest, &found) }
    if farBound < search.ceiling { descend(far, &search, weights, largest, &found) }
  }
}
