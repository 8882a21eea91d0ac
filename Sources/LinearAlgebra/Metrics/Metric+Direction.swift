extension Metric {
  /// Where the directions of points start: at 0, or at a point that each has of its own, all of whose
  /// coordinates are one number.
  public struct Origin: Sendable {
    /// What a point is that lies there and has no direction, in words that go on after "is".
    public let fault: String
    /// That number, from the coordinates of the point, which are below 2 in magnitude; nil for 0.
    let coordinate: (@Sendable (_ point: [Double]) -> Double)?

    /// The origin of the coordinates.
    public static let zero = Origin(fault: "all zeros", coordinate: nil)

    /// Whether it is 0 for every point.
    public var isZero: Bool { coordinate == nil }
  }

  /// The direction of a point as a unit vector: coordinate x of the point is (x · power − offset) / length
  /// of the vector.
  public struct Direction: Sendable {
    /// A power of two that brings the coordinates to moderate size: squares of very large or small ones
    /// would overflow or vanish.
    public let power: Double
    /// The coordinate of the origin, times the power.
    public let offset: Double
    /// The distance of the point from there, times the power.
    public let length: Double

    /// The direction of a point; nil when it has none.
    ///
    /// Numbers of size m are `spacing` · |m| apart, so that one that should be m may be off by as much. A
    /// point whose coordinates differ from the origin's by no more, in the mean of their squares, shows how
    /// its numbers were rounded, and no direction. From 0, where nothing is subtracted, that is the point 0
    /// alone. Of all others the direction is far more exact than their coordinates: the origin itself
    /// is rounded in float64, by 2⁻⁵³ of its size.
    ///
    /// - Parameters:
    ///   - point: Its coordinates, all finite.
    ///   - origin: Where the direction starts.
    ///   - spacing: How far apart numbers near 1 are where the coordinates came from: `ulpOfOne` of the
    ///     type that held them.
    /// - Complexity: O(coordinates).
    public init?(of point: [Double], from origin: Origin, spacing: Double) {
      let largest = point.reduce(0) { $1.magnitude > $0 ? $1.magnitude : $0 }
      guard largest > 0 else { return nil }
      // The power is exact.
      power = Double(sign: .plus, exponent: min(-largest.exponent, 1023), significand: 1)
      offset = origin.coordinate?(point.map { [power] in $0 * power }) ?? 0
      var square = 0.0
      for x in point { square += (x * power - offset) * (x * power - offset) }
      let rounding = spacing * offset
      guard square > Double(point.count) * (rounding * rounding) else { return nil }
      length = square.squareRoot()
    }
  }
}
