@testable import Topology

extension SquareDistances {
  /// Distances given by a function of the larger and the smaller point.
  static func filled(_ count: Int, _ distance: (Int, Int) -> Float) throws -> SquareDistances {
    let square = try SquareDistances(count: count)
    for i in 0..<count {
      for j in 0..<i {
        let value = distance(i, j)
        unsafe square.base[i * square.stride + j] = value
        unsafe square.base[j * square.stride + i] = value
      }
    }
    return square
  }

  /// Euclidean distances of points.
  static func euclidean(_ points: [[Double]]) throws -> SquareDistances {
    try filled(points.count) { i, j in
      var sum = 0.0
      for (x, y) in zip(points[i], points[j]) { sum += (x - y) * (x - y) }
      return Float(sum.squareRoot())
    }
  }

  /// All pairs as a list of edges.
  var allPairs: SparseDistances {
    var edges: [SparseDistances.Edge] = []
    for i in 0..<count { for j in 0..<i { edges.append(.init(i, j, self[i, j])) } }
    return SparseDistances(vertexCount: count, edges: edges)
  }
}
