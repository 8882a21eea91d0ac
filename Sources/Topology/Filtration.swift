/// The values at which edges enter, in float32, and the distances that they stand for.
public struct Filtration: Sendable {
  enum Values: Sendable {
    case dense(SquareDistances)
    case sparse(SparseDistances)
  }

  let values: Values
  /// The distances that ranks stand for, ascending; nil when the values are the distances.
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
    Filtration(values: .dense(distances.ranks), ranked: distances.values)
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
