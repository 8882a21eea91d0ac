public import LinearAlgebra

/// A cheapest, or nearly cheapest, way to turn one diagram into another.
public struct DiagramMatching: Sendable, Hashable {
  /// A row of each diagram, counted from 0; −1 stands for the diagonal.
  public struct Pair: Sendable, Hashable {
    /// The row of the first diagram.
    public var a: Int
    /// The row of the second diagram.
    public var b: Int

    /// A pair of rows.
    public init(a: Int, b: Int) {
      self.a = a
      self.b = b
    }
  }

  /// The distance; infinite if the numbers of essential classes differ.
  public let distance: Double
  /// Every row of both diagrams once; empty if the distance is infinite.
  ///
  /// First the rows of the first diagram, ascending, each with its partner; then the rows of the
  /// second that go to the diagonal.
  public let pairs: [Pair]

  /// A matching of the given distance.
  public init(distance: Double, pairs: [Pair]) {
    self.distance = distance
    self.pairs = pairs
  }
}

/// Distances between persistence diagrams of one dimension.
///
/// A partial matching of the points pays for each pair its ground distance, and for each point
/// left over its ground distance to the diagonal; bars of length zero cost nothing. Essential
/// classes of one kind, (finite, ∞), (−∞, finite) or (−∞, ∞), are matched among themselves in the
/// order of their finite end, which is cheapest; if the two diagrams differ in the number of any
/// kind the distance is infinite. Repeated points are as good as any.
public enum DiagramDistance {
  /// The bottleneck distance: the least cost of the dearest pair over all matchings.
  ///
  /// Exact distances are found without approximation: the result is one of the ground distances or
  /// distances to the diagonal as computed in double precision. See ``BottleneckSearch`` for the
  /// method.
  ///
  /// - Parameters:
  ///   - a: the bars of one dimension, in any order.
  ///   - b: the bars to compare with, of the same dimension.
  ///   - ground: what a pair costs.
  ///   - relativeTolerance: 0 for the exact distance; otherwise the result is at least the exact
  ///     distance and at most (1 + tolerance) times that.
  ///   - control: how to watch and stop the computation.
  /// - Returns: the distance, and a matching whose dearest pair costs just that.
  /// - Throws: `TopologyError.invalid` for NaN, a death before the birth, bars of several
  ///   dimensions or a bad tolerance; `TopologyError.cancelled`.
  /// - Complexity: some rounds of O(n log n), and for each point that these leave over at the
  ///   lower bound a search that is local in practice, O(n log n) at worst. O(nm) if all bars are
  ///   born at one value, as in dimension 0.
  public static func bottleneck(
    _ a: [PersistenceBar], _ b: [PersistenceBar], ground: GroundMetric = .infinity,
    relativeTolerance: Double = 0, control: ComputationControl = ComputationControl()
  ) throws -> DiagramMatching {
    let problem = try MatchingProblem(a, b, ground: ground, relativeTolerance: relativeTolerance)
    guard let essential = problem.essentialCosts else {
      return DiagramMatching(distance: .infinity, pairs: [])
    }
    if let line = LineMatching(problem.a, problem.b, ground: ground, order: nil) {
      return problem.matching(finite: try line.run(control), essential: essential, order: nil)
    }
    var search = BottleneckSearch(
      problem.a.tree(ground), problem.b.tree(ground), atLeast: essential.max() ?? 0,
      relativeTolerance: relativeTolerance)
    return try problem.matching(finite: search.run(control), essential: essential, order: nil)
  }

  /// The Wasserstein distance: (Σ costᵠ)^(1/q) over the pairs of the matching that makes it least.
  ///
  /// - Parameters:
  ///   - a: the bars of one dimension, in any order.
  ///   - b: the bars to compare with, of the same dimension.
  ///   - order: q, 1 or 2.
  ///   - ground: what a pair costs.
  ///   - relativeTolerance: 0 for the exact distance, whatever the size; otherwise the result is at
  ///     least the exact distance and proved, by a dual solution, to be at most (1 + tolerance)
  ///     times that.
  ///   - control: how to watch and stop the computation.
  /// - Returns: the distance, and a matching that costs just that.
  /// - Throws: `TopologyError.invalid` for NaN, a death before the birth, bars of several
  ///   dimensions, a bad tolerance or order; `TopologyError.cancelled`.
  /// - Complexity: at most n searches of O(n log n + the candidates listed); most stay local where
  ///   the diagrams resemble each other, but mass that has to cross a whole diagram far from the
  ///   diagonal makes them long. A tolerance seldom saves much. O(nm) if all bars are born at one
  ///   value, as in dimension 0. See ``AssignmentSearch`` for the method.
  public static func wasserstein(
    _ a: [PersistenceBar], _ b: [PersistenceBar], order: Int, ground: GroundMetric = .infinity,
    relativeTolerance: Double = 0, control: ComputationControl = ComputationControl()
  ) throws -> DiagramMatching {
    guard order == 1 || order == 2 else {
      throw TopologyError.invalid("a Wasserstein distance of order \(order): expected 1 or 2")
    }
    let problem = try MatchingProblem(a, b, ground: ground, relativeTolerance: relativeTolerance)
    guard let essential = problem.essentialCosts else {
      return DiagramMatching(distance: .infinity, pairs: [])
    }
    if let line = LineMatching(problem.a, problem.b, ground: ground, order: order) {
      return problem.matching(finite: try line.run(control), essential: essential, order: order)
    }
    var search = AssignmentSearch(problem.a.tree(ground), problem.b.tree(ground), order: order)
    let pairs = try search.run(relativeTolerance: relativeTolerance, control)
    return problem.matching(finite: pairs, essential: essential, order: order)
  }
}
