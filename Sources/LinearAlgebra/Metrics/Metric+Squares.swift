import Foundation

extension Metric {
  /// How the square of the difference of two points, or of their directions, becomes their distance; nil
  /// for a metric whose distances are no function of it.
  ///
  /// Where they are, scalar products tell who is nearer: neighbours come of them.
  public var finishOfSquares: Kernel.Finish? {
    guard case .kernel(let kernel) = computation, kernel.sum == .squares else { return nil }
    return kernel.finish
  }

  /// Whether the distance is 1 less the scalar product of two directions, which is their similarity then.
  public var isOneLessProduct: Bool { origin != nil && finishOfSquares == .half }
}

extension Metric.Kernel.Finish {
  /// The distance of two points.
  ///
  /// - Parameter square: The square of the difference of the points, or of their directions.
  /// - Returns: The distance; of an angle near π half the digits.
  @inlinable
  public func distance(ofSquare square: Double) -> Double {
    switch self {
    case .root: square.squareRoot()
    case .half: square / 2
    case .angle: Self.angle(ofSquare: square)
    case .itself: square
    }
  }

  @usableFromInline
  static func angle(ofSquare square: Double) -> Double { 2 * asin(min(square.squareRoot() / 2, 1)) }

  /// The square of the difference that gives a distance.
  public func square(ofDistance distance: Double) -> Double {
    switch self {
    case .root: return distance * distance
    case .half: return 2 * distance
    case .angle:
      let chord = 2 * sin(distance / 2)
      return chord * chord
    case .itself: return distance
    }
  }
}
