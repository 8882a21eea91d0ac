import LinearAlgebra

/// How far the points of a cloud lie apart, against what numbers of a precision can tell.
extension PointCloud {
  /// The least spread whose distances float32 tells apart: below its least normal number it has fewer digits the
  /// smaller a number is, and none below 1.4e-45.
  private static let leastSingleSpread = Double(Float.leastNormalMagnitude)

  /// The least spread whose squares float64 tells apart, down to a share of 2⁻⁵⁶ of it.
  private static let leastSquaredSpread = 0x1p-480

  /// Refuses points that differ and whose distances would all be near 0 in single precision, or nothing but 0.
  ///
  /// - Throws: `TopologyError.invalid`.
  /// - Complexity: O(coordinates) in nearly all clouds, where the second point is far enough from the first;
  ///   O(points · coordinates) where all are equal.
  func requireSingleSpread() throws {
    guard metric.origin == nil, case .kernel = metric.computation,
      !hasSpread(Self.leastSingleSpread), spread > 0
    else { return }
    throw SquareDistances.belowSinglePrecision(spread)
  }

  /// The power of two that brings coordinates to moderate size where squares of their differences would vanish;
  /// nil where they do not.
  var powerForSquares: Double? {
    guard metric.origin == nil, metric.finishOfSquares != nil, !hasSpread(Self.leastSquaredSpread)
    else { return nil }
    let spread = spread
    return spread > 0
      ? Double(sign: .plus, exponent: min(-spread.exponent, 1023), significand: 1) : nil
  }

  /// Whether a coordinate of some point differs from that of the first by so much.
  private func hasSpread(_ least: Double) -> Bool {
    guard count > 1 else { return true }
    let first = point(0)
    return (1..<count).contains { i in
      zip(point(i), first).contains { !(($0 - $1).magnitude < least) }
    }
  }

  /// The most by which a coordinate of a point differs from that of the first.
  private var spread: Double {
    guard count > 1 else { return 0 }
    let first = point(0)
    return (1..<count).reduce(0) { largest, i in
      zip(point(i), first).reduce(largest) { max($0, ($1.0 - $1.1).magnitude) }
    }
  }
}
