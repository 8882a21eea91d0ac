import CKernels
import LinearAlgebra

/// Points in the order of a k-d tree (Bentley 1975, doi:10.1145/361002.361007), cut into boxes of
/// neighbours, so that distant boxes need not be compared.
struct PointBoxes: Sendable {
  private static let capacity = 64

  private let tiles: DistanceTiles
  private let dimension: Int
  /// The points of box b are `order[starts[b]..<starts[b + 1]]`.
  private var order: [Int32]
  private var starts: [Int] = [0]
  /// Coordinates in that order, [n, dimension].
  private var rows: [Double]
  /// The same by panels of 16 points: [panels, dimension, 16]; a box begins a panel.
  private var panels: [Double] = []
  private var firstPanels: [Int] = [0]
  /// The least and largest coordinates of each box.
  private var low: [Double] = []
  private var high: [Double] = []

  /// Splits the points of `tiles`.
  init(_ tiles: DistanceTiles) {
    self.tiles = tiles
    let cloud = tiles.cloud
    dimension = cloud.dimension
    order = (0..<cloud.count).map { Int32($0) }
    rows = [Double](
      repeating: 0, count: ElementCount.checked(cloud.count, dimension, of: Double.self))
    for i in 0..<cloud.count { cloud.load(i, 0..<dimension, into: &rows, at: i * dimension) }
    split(0..<cloud.count)
    let given = rows
    for (place, i) in order.enumerated() {
      for k in 0..<dimension { rows[place * dimension + k] = given[Int(i) * dimension + k] }
    }
    for box in 0..<starts.count - 1 { addBox(starts[box]..<starts[box + 1]) }
  }

  /// Halves a range of `order` at the median of its widest coordinate until boxes are small.
  private mutating func split(_ range: Range<Int>) {
    guard range.count > Self.capacity, dimension > 0 else {
      for end in Swift.stride(from: range.lowerBound, to: range.upperBound, by: Self.capacity) {
        starts.append(min(end + Self.capacity, range.upperBound))
      }
      return
    }
    var widest = (range: -1.0, coordinate: 0)
    for k in 0..<dimension {
      var (least, most) = (Double.infinity, -Double.infinity)
      for place in range {
        let x = rows[Int(order[place]) * dimension + k]
        least = x < least ? x : least
        most = x > most ? x : most
      }
      if most - least > widest.range { widest = (most - least, k) }
    }
    let middle = range.lowerBound + range.count / 2
    select(middle, in: range, by: widest.coordinate)
    split(range.lowerBound..<middle)
    split(middle..<range.upperBound)
  }

  /// Puts those with the least of a coordinate before `middle` (Hoare 1961,
  /// doi:10.1145/366622.366647).
  private mutating func select(_ middle: Int, in range: Range<Int>, by coordinate: Int) {
    var (left, right) = (range.lowerBound, range.upperBound - 1)
    while left < right {
      let pivot = rows[Int(order[(left + right) / 2]) * dimension + coordinate]
      var (i, j) = (left, right)
      while i <= j {
        while rows[Int(order[i]) * dimension + coordinate] < pivot { i += 1 }
        while rows[Int(order[j]) * dimension + coordinate] > pivot { j -= 1 }
        if i <= j {
          order.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j { right = j } else if middle >= i { left = i } else { return }
    }
  }

  private mutating func addBox(_ places: Range<Int>) {
    let width = KERNEL_PANEL
    for k in 0..<dimension {
      let values = places.map { rows[$0 * dimension + k] }
      low.append(values.min() ?? 0)
      high.append(values.max() ?? 0)
    }
    for first in Swift.stride(from: places.lowerBound, to: places.upperBound, by: width) {
      for k in 0..<dimension {
        for place in first..<first + width {
          panels.append(place < places.upperBound ? rows[place * dimension + k] : 0)
        }
      }
    }
    firstPanels.append(firstPanels[firstPanels.count - 1] + (places.count + width - 1) / width)
  }

  /// Whether two boxes are so far apart that no pair's sum is at most `limit`.
  private func areApart(_ a: Int, _ b: Int, _ limit: Double) -> Bool {
    var sum = 0.0
    for k in 0..<dimension {
      let gap = max(
        low[a * dimension + k] - high[b * dimension + k],
        low[b * dimension + k] - high[a * dimension + k], 0)
      switch tiles.kernel.sum {
      case .squares: sum += gap * gap
      case .absolutes: sum += gap
      case .largest: sum = max(sum, gap)
      }
    }
    return sum > limit
  }

  /// All pairs within a threshold, in the order of a sparse graph.
  ///
  /// A first pass counts each vertex's edges to lesser ones, a second writes them to their places.
  func edges(
    threshold: Float, workers: Int, control: ComputationControl
  ) throws -> [SparseDistances.Edge] {
    let room = EdgeRoom(threshold: threshold)
    let limit = tiles.sumLimit(threshold: threshold)
    let boxes = WorkItems(count: starts.count - 1, workers: workers, control: control)
    let counted = try boxes.run(from: Scratch(self)) { scratch, box in
      forNeighbours(of: box, limit, threshold, &scratch) { scratch, place, _, _ in
        scratch.counts[place] += 1
      }
      try room.take(scratch.counts[starts[box]..<starts[box + 1]].reduce(0) { $0 + Int($1) })
    }
    var offsets = [Int](repeating: 0, count: order.count + 1)
    for scratch in counted {
      for (place, count) in scratch.counts.enumerated() {
        offsets[Int(order[place]) + 1] += Int(count)
      }
    }
    for i in 0..<order.count { offsets[i + 1] += offsets[i] }
    let total = offsets[order.count]
    guard total > 0 else { return [] }
    return try unsafe [SparseDistances.Edge](
      unsafeUninitializedCapacity: ElementCount.checked(total, of: SparseDistances.Edge.self)
    ) {
      buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let start = unsafe base
      let ends = offsets
      // Every vertex's edges are written by the one thread that has its box.
      _ = try boxes.run(from: Scratch(self)) { scratch, box in
        for row in scratch.keys.indices { scratch.keys[row].removeAll(keepingCapacity: true) }
        forNeighbours(of: box, limit, threshold, &scratch) { scratch, place, j, distance in
          scratch.keys[place - starts[box]].append(UInt64(j) << 32 | UInt64(distance.bitPattern))
        }
        for (row, i) in order[starts[box]..<starts[box + 1]].enumerated() {
          scratch.keys[row].sort()
          for (offset, key) in scratch.keys[row].enumerated() {
            let distance = Float(bitPattern: UInt32(truncatingIfNeeded: key))
            unsafe (start + ends[Int(i)] + offset).initialize(
              to: SparseDistances.Edge(Int(i), Int(key >> 32), distance))
          }
        }
        control.report("distances", box + 1, boxes.count)
      }
      initialized = total
    }
  }

  private struct Scratch: Sendable {
    var sums = [Double](repeating: 0, count: capacity * capacity)
    var found = [UInt32](repeating: 0, count: capacity)
    /// The edges of each point of a box: the lesser point above the bits of the distance.
    var keys = [[UInt64]](repeating: [], count: capacity)
    /// The number of edges of each point, in the order of the tree, to lesser points.
    var counts: [Int32]

    init(_ boxes: PointBoxes) {
      counts = [Int32](repeating: 0, count: boxes.order.count)
    }
  }

  /// Calls `body` with the place of each point of a box, each lesser point within the threshold, and
  /// the distance.
  @inline(__always)
  private func forNeighbours(
    of box: Int, _ limit: Double, _ threshold: Float, _ scratch: inout Scratch,
    _ body: (inout Scratch, _ place: Int, _ j: Int, _ distance: Float) -> Void
  ) {
    let mine = starts[box]..<starts[box + 1]
    for other in 0..<starts.count - 1 where !areApart(box, other, limit) {
      let theirs = starts[other]..<starts[other + 1]
      computeSums(mine, other, &scratch)
      for (row, place) in mine.enumerated() {
        let i = order[place]
        let start = row * Self.capacity
        let count = unsafe scratch.sums.withUnsafeBufferPointer { sums in
          guard let sums = sums.baseAddress else { return 0 }
          return unsafe kernel_indices_at_most(theirs.count, sums + start, limit, &scratch.found)
        }
        for index in 0..<count {
          let column = Int(scratch.found[index])
          let j = order[theirs.lowerBound + column]
          guard j < i else { continue }
          let distance = Float(tiles.distance(scratch.sums[start + column], Int(i), Int(j)))
          if distance <= threshold { body(&scratch, place, Int(j), distance) }
        }
      }
    }
  }

  private func computeSums(_ mine: Range<Int>, _ other: Int, _ scratch: inout Scratch) {
    for index in scratch.sums.indices { scratch.sums[index] = 0 }
    unsafe scratch.sums.withUnsafeMutableBufferPointer { sums in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe panels.withUnsafeBufferPointer { panels in
          guard let sums = sums.baseAddress, let rows = rows.baseAddress,
            let panels = panels.baseAddress
          else { return }
          for (index, panel) in (firstPanels[other]..<firstPanels[other + 1]).enumerated() {
            unsafe kernel_direct_sums(
              tiles.sumKind, rows + mine.lowerBound * dimension, mine.count, dimension,
              panels + panel * dimension * KERNEL_PANEL, sums + index * KERNEL_PANEL, Self.capacity)
          }
        }
      }
    }
  }
}
