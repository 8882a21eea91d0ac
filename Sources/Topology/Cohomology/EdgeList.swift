/// The edges of a filtration of flag complexes, ascending by larger, then by smaller vertex.
struct EdgeList: Sendable {
  let vertexCount: Int
  /// The larger vertex of each edge.
  var heads: [Int32] = []
  /// The smaller vertex of each edge.
  var tails: [Int32] = []
  /// The value at which each edge enters.
  var values: [Float] = []

  init(vertexCount: Int) { self.vertexCount = vertexCount }

  /// The pairs of points at a distance of at most `threshold`.
  init(_ distances: SquareDistances, threshold: Float) {
    self.init(vertexCount: distances.count)
    for i in 0..<distances.count {
      for j in 0..<i {
        let distance = distances[i, j]
        if distance <= threshold { append(Int32(i), Int32(j), distance) }
      }
    }
  }

  /// The listed pairs at a distance of at most `threshold`.
  init(_ distances: SparseDistances, threshold: Float) {
    self.init(vertexCount: distances.vertexCount)
    heads.reserveCapacity(distances.edges.count)
    tails.reserveCapacity(distances.edges.count)
    values.reserveCapacity(distances.edges.count)
    for edge in distances.edges where edge.distance <= threshold {
      append(edge.i, edge.j, edge.distance)
    }
  }

  mutating func append(_ head: Int32, _ tail: Int32, _ value: Float) {
    heads.append(head)
    tails.append(tail)
    values.append(value)
  }

  /// The smallest, over the points, of the largest distance from a point: from there on the complex
  /// is a cone, in which no homology is left but one component.
  static func enclosingRadius(_ distances: SquareDistances) -> Float {
    let n = distances.count
    var radius = Float.infinity
    for i in 0..<n {
      var farthest: Float = 0
      for j in 0..<n { farthest = max(farthest, distances[i, j]) }
      radius = min(radius, farthest)
    }
    return radius
  }

  /// The places of the edges in the strict order (value, place): a radix sort of the bits of the
  /// values, which for values that are not negative are ordered as the values are.
  func order() -> [Int32] {
    var order = [Int32](0..<Int32(values.count))
    // Minus zero has other bits than zero.
    var keys = values.map { $0 == 0 ? 0 : $0.bitPattern }
    guard let least = keys.min(), let most = keys.max() else { return order }
    var sortedOrder = order
    var sortedKeys = keys
    for shift in [UInt32(0), 11, 22] where least >> shift != most >> shift {
      var starts = [Int](repeating: 0, count: 2049)
      for key in keys { starts[Int((key >> shift) & 2047) + 1] += 1 }
      for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
      for place in keys.indices {
        let digit = Int((keys[place] >> shift) & 2047)
        let target = starts[digit]
        starts[digit] = target + 1
        sortedKeys[target] = keys[place]
        sortedOrder[target] = order[place]
      }
      swap(&keys, &sortedKeys)
      swap(&order, &sortedOrder)
    }
    return order
  }
}
