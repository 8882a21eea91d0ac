public import LinearAlgebra

/// The Euclidean distances of every two of some points, none of them kept.
public struct PairDistances: Sendable {
  private let points: [[Double]]
  /// The most pairs that a median sorts as a whole: 32 MB.
  static let sortedPairs = 1 << 22

  /// Those of points of one dimension, finite.
  public init(_ points: [[Double]]) {
    precondition(points.allSatisfy { $0.count == points[0].count })
    self.points = points
  }

  /// The distance of two points.
  public subscript(a: Int, b: Int) -> Double {
    let (x, y) = (points[a], points[b])
    var squares = 0.0
    for column in x.indices {
      let difference = x[column] - y[column]
      squares += difference * difference
    }
    return squares.squareRoot()
  }

  /// The two points that are closest, of several the first, and the median distance.
  ///
  /// - Parameter control: Asked for every point.
  /// - Returns: Both; nil for fewer than two points.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n² · dimension) time, twice that for many points; O(n) memory beyond 32 MB.
  public func closestAndMedian(
    control: ComputationControl = ComputationControl()
  ) throws -> (closest: (a: Int, b: Int)?, median: Double?) {
    try closestAndMedian(sortedPairs: Self.sortedPairs, control: control)
  }

  func closestAndMedian(
    sortedPairs: Int, control: ComputationControl
  ) throws -> (closest: (a: Int, b: Int)?, median: Double?) {
    let count = points.count
    guard count > 1 else { return (nil, nil) }
    let pairs = count * (count - 1) / 2
    let nearest = try Parallel.tryMap(count: count - 1) { a in
      try control.check()
      var (best, least) = (a + 1, self[a, a + 1])
      for b in a + 2..<max(count, a + 2) {
        let distance = self[a, b]
        if distance < least { (best, least) = (b, distance) }
      }
      return (b: best, distance: least)
    }
    var closest = 0
    for a in nearest.indices where nearest[a].distance < nearest[closest].distance { closest = a }
    let places = ((pairs - 1) / 2, pairs / 2)
    var (sorted, before) = ([Double](), 0)
    if pairs <= sortedPairs {
      sorted = try Parallel.tryMap(count: count - 1) { a in
        try control.check()
        return (a + 1..<count).map { self[a, $0] }
      }.joined().sorted()
    } else {
      (sorted, before) = try around(places, control: control)
    }
    return (
      (closest, nearest[closest].b),
      (sorted[places.0 - before] + sorted[places.1 - before]) / 2
    )
  }

  /// The distances around two places that follow each other in ascending order, and how many come before them.
  ///
  /// All are counted by their leading bits, and those alone sorted that share them with the two: the bits of
  /// numbers that are not negative are in the order of the numbers.
  private func around(
    _ places: (Int, Int), control: ComputationControl
  ) throws -> (sorted: [Double], before: Int) {
    let count = points.count
    let shift = UInt64(44)
    let parts = min(count - 1, 16)
    let histograms = try Parallel.tryMap(count: parts) { part in
      var counts = [Int32](repeating: 0, count: 1 << 19)
      for a in stride(from: part, to: count - 1, by: parts) {
        try control.check()
        for b in a + 1..<count { counts[Int(self[a, b].bitPattern >> shift)] += 1 }
      }
      return counts
    }
    /// The leading bits of the distance at a place, and how many distances have lower ones.
    func leading(_ place: Int) -> (bits: UInt64, before: Int) {
      var (before, bits) = (0, 0)
      while true {
        let here = histograms.reduce(0) { $0 + Int($1[bits]) }
        if before + here > place { return (UInt64(bits), before) }
        before += here
        bits += 1
      }
    }
    let (low, high) = (leading(places.0), leading(places.1))
    let sorted = try Parallel.tryMap(count: count - 1) { a in
      try control.check()
      return (a + 1..<count).map { self[a, $0] }.filter {
        (low.bits...high.bits).contains($0.bitPattern >> shift)
      }
    }.joined().sorted()
    return (sorted, low.before)
  }
}
