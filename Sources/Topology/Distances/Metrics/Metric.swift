/// How far apart two points are: a value, in a file of its own beside this one.
///
/// To add one is that file and its line in `all`.
public struct Metric: Sendable {
  /// Every metric that settings can name, in the order in which help lists them.
  public static let all = [euclidean, cosine, angular, cityblock, chebyshev]

  /// The metric of `all` with that name; nil when there is none.
  public static func named(_ name: String) -> Metric? { all.first { $0.name == name } }

  /// As settings and files name it.
  public let name: String
  /// What the distance is, in words that go on after "is".
  public let words: String
  /// Whether only the directions of the points count: points are then seen as unit vectors, and one at
  /// the origin is refused.
  public let comparesDirections: Bool
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

  /// A metric.
  ///
  /// - Parameters:
  ///   - name: As settings and files name it.
  ///   - words: What the distance is, in words that go on after "is".
  ///   - comparesDirections: Whether only the directions of the points count.
  ///   - isMetric: Whether the triangle inequality holds.
  ///   - displacementBound: The most by which a distance can change when its points move; nil where no
  ///     bound is known.
  ///   - computation: How distances are computed. An angle is made of squares of unit vectors.
  public init(
    name: String, words: String, comparesDirections: Bool = false, isMetric: Bool,
    displacementBound: DisplacementBound?, computation: Computation
  ) {
    if case .kernel(let kernel) = computation, kernel.finish == .angle {
      precondition(kernel.sum == .squares && comparesDirections)
    }
    self.name = name
    self.words = words
    self.comparesDirections = comparesDirections
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
