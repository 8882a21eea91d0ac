public import LinearAlgebra

/// The values at which edges enter, in float32, and the distances that they stand for.
public struct Filtration: Sendable {
  enum Values: Sendable {
    case dense(SquareDistances)
    case sparse(SparseDistances)
  }

  let values: Values
  /// The different distances, ascending, whose ranks stand for them as the bits of a value; nil when
  /// the values are the distances.
  private let ranked: [Double]?

  /// All pairs of points.
  public static func dense(_ distances: SquareDistances) -> Filtration {
    Filtration(values: .dense(distances), ranked: nil)
  }

  /// The listed pairs.
  public static func sparse(_ distances: SparseDistances) -> Filtration {
    Filtration(values: .sparse(distances), ranked: nil)
  }

  /// All pairs of points in float64, through their ranks.
  public static func ranked(_ distances: RankedDistances) -> Filtration {
    Filtration(values: .dense(distances.distances), ranked: distances.values)
  }

  /// The listed pairs in float64, through their ranks.
  ///
  /// - Parameters:
  ///   - triples: Pairs with their distances, each pair once.
  ///   - vertexCount: The number of vertices; nil for the largest index + 1.
  ///   - place: How to name a row in messages, from its index.
  /// - Returns: The graph.
  /// - Throws: `TopologyError.invalid` as `SparseDistances(validating:)` does.
  /// - Complexity: O(m log m) for m pairs.
  public static func ranked(
    _ triples: [(Int, Int, Double)], vertexCount: Int?, place: (Int) -> String
  ) throws -> Filtration {
    _ = try SparseDistances(validating: triples, vertexCount: vertexCount, place: place)
    let values = Set(triples.map(\.2) + [0]).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    let edges = triples.map { i, j, distance in
      (i, j, Double(Float(bitPattern: UInt32(ranks[distance] ?? 0))))
    }
    return Filtration(
      values: .sparse(try SparseDistances(validating: edges, vertexCount: vertexCount)),
      ranked: values)
  }

  /// The median of all pairwise distances; nil for a graph, which does not have all, and for fewer
  /// than two points.
  ///
  /// - Complexity: O(n²) time, 0.5 MB a thread.
  public func median(workers: Int) -> Double? {
    guard case .dense(let distances) = values else { return nil }
    return distances.middleDistances(workers: workers).map {
      (distance(of: $0.0) + distance(of: $0.1)) / 2
    }
  }

  /// The distance of points `i` and `j` of a filtration of all pairs.
  func distance(_ i: Int, _ j: Int) -> Double {
    guard case .dense(let distances) = values else {
      preconditionFailure("a graph has no distance for every pair")
    }
    return distance(of: distances[i, j])
  }

  /// All distances divided by a number: float32 as they are, or float64.
  ///
  /// - Returns: The matrix [n, n] as an enumeration of its precision; nil for a graph.
  /// - Complexity: O(n²).
  public func matrix(dividedBy scale: Double) -> DistanceMatrix? {
    guard case .dense(let distances) = values else { return nil }
    let count = distances.count
    if ranked == nil, scale == 1 {
      var matrix = Matrix<Float>(rows: count, columns: count)
      for i in 0..<count { for j in 0..<count { matrix[i, j] = distances[i, j] } }
      return .float32(matrix)
    }
    var matrix = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count { for j in 0..<count { matrix[i, j] = distance(i, j) / scale } }
    return .float64(matrix)
  }

  /// A square matrix of distances in the precision that they have.
  public enum DistanceMatrix: Sendable {
    /// Rounded once from float64.
    case float32(Matrix<Float>)
    /// As computed, or divided by a scale.
    case float64(Matrix<Double>)
  }

  /// The number of points.
  public var vertexCount: Int {
    switch values {
    case .dense(let distances): distances.count
    case .sparse(let distances): distances.vertexCount
    }
  }

  /// Whether it is a graph, in which pairs may be absent.
  public var isSparse: Bool {
    if case .sparse = values { true } else { false }
  }

  /// The distance that a value stands for; infinity for itself.
  func distance(of value: Float) -> Double {
    guard let ranked, value.isFinite else { return Double(value) }
    return ranked[Int(value.bitPattern)]
  }

  /// Refuses a number that distances cannot be divided by: the largest would be infinite, or lose its digits.
  func requireScale(_ scale: Double) throws {
    guard let largest = ranked?.last, largest > 0 else { return }
    guard (Double.leastNormalMagnitude...Double.greatestFiniteMagnitude).contains(largest / scale)
    else {
      throw TopologyError.invalid(
        "the largest distance, \(largest), divided by \(scale) is beyond what float64 tells apart; choose "
          + "another scale")
    }
  }

  /// The largest value whose distance, divided by `scale`, is at most `threshold`; negative when
  /// there is none.
  func limit(ofThreshold threshold: Double, scale: Double) -> Float {
    if threshold == .infinity { return .infinity }
    if let ranked {
      // The first rank above, by bisection.
      var (low, high) = (0, ranked.count)
      while low < high {
        let middle = (low + high) / 2
        if ranked[middle] / scale <= threshold { low = middle + 1 } else { high = middle }
      }
      return low == 0 ? -1 : Float(bitPattern: UInt32(low - 1))
    }
    // Rounded as the distances are: what is at most the threshold in float64 stays so in float32.
    return Float(threshold * scale)
  }
}
