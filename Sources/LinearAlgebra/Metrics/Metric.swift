/// How far apart two points are: a value, in a file of its own beside this one.
///
/// To add one is that file and its line in `all`; persistence, neighbours, layouts and sweeps then have it.
public struct Metric: Sendable {
  /// Every metric that settings can name, in the order in which help lists them.
  public static let all = [euclidean, cosine, angular, correlation, cityblock, chebyshev]

  /// The metric of `all` with that name; nil when there is none.
  public static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

  /// As settings and files name it.
  public let name: String
  /// What the distance is, in words that go on after "is".
  public let words: String
  /// Where directions start, when only the directions of the points count; nil to see points as given.
  ///
  /// Points are then seen as unit vectors, and one without a direction is refused.
  public let origin: Origin?
  /// Whether the triangle inequality holds.
  public let isMetric: Bool
  /// The most by which a distance can change when each of its two points moves by at most so much, in
  /// this distance; nil where no such bound is known, as where a distance depends on the points around
  /// the two.
  ///
  /// It bounds what landmarks leave out. Without it the largest |d − d′| over all pairs is the only
  /// certificate, and needs all distances.
  public let displacementBound: DisplacementBound?
  /// How distances are computed.
  public let computation: Computation

  /// The most by which a distance can change, from the most that points have moved.
  public typealias DisplacementBound = @Sendable (_ displacement: Double) -> Double

  /// Twice the displacement: once for either point, by the triangle inequality.
  public static let triangleBound: DisplacementBound = { 2 * $0 }

  /// Of half the squared distance of unit vectors, whose chords √(2d) are a metric.
  ///
  /// Points that move by r move by a chord of ρ = √(2r); as a chord is at most 2, half its square changes
  /// by at most 2 · 2ρ: the bound is 4 √(2r), or 2 if that is less.
  public static let chordBound: DisplacementBound = { min(4 * (2 * $0).squareRoot(), 2) }

  /// A metric.
  ///
  /// - Parameters:
  ///   - name: As settings and files name it.
  ///   - words: What the distance is, in words that go on after "is".
  ///   - origin: Where directions start, when only directions count; nil to see points as they are given.
  ///   - isMetric: Whether the triangle inequality holds.
  ///   - displacementBound: The most by which a distance can change when its points move; nil where no
  ///     bound is known.
  ///   - computation: How distances are computed. An angle is made of squares of unit vectors.
  public init(
    name: String, words: String, directionsFrom origin: Origin? = nil, isMetric: Bool,
    displacementBound: DisplacementBound?, computation: Computation
  ) {
    if case .kernel(let kernel) = computation, kernel.finish == .angle {
      precondition(kernel.sum == .squares && origin != nil)
    }
    self.name = name
    self.words = words
    self.origin = origin
    self.isMetric = isMetric
    self.displacementBound = displacementBound
    self.computation = computation
  }
}

extension Metric: Hashable, CustomStringConvertible {
  /// Metrics of one name are one metric.
  public static func == (a: Metric, b: Metric) -> Bool { a.name == b.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The name.
  public var description: String { name }
}
