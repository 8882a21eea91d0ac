public import LinearAlgebra

/// A distance between persistence diagrams of one dimension.
///
/// A partial matching of the points pays for each pair its ground distance, and for each point
/// left over its ground distance to the diagonal; bars of length zero cost nothing. Essential
/// classes of one kind, (finite, ∞), (−∞, finite) or (−∞, ∞), are matched among themselves in the
/// order of their finite end, which is cheapest; if the two diagrams differ in the number of any
/// kind the distance is infinite. Repeated points are as good as any.
public enum DiagramMetric: Sendable, Hashable, CaseIterable {
  /// The bottleneck distance: the least cost of the dearest pair over all matchings.
  case bottleneck
  /// The Wasserstein distance of order 1: the least sum of the costs.
  case firstWasserstein
  /// The Wasserstein distance of order 2: the root of the least sum of the squared costs.
  case secondWasserstein

  /// What options and tables call a distance, whatever its order.
  public enum Name: String, Sendable, CaseIterable { case bottleneck, wasserstein }

  /// The distance of a name and an order; nil for any other order.
  ///
  /// - Parameters:
  ///   - name: what it is called.
  ///   - order: Wasserstein's, 1 or 2; nil for 1, and for the bottleneck distance.
  public init?(_ name: Name, order: Int? = nil) {
    switch (name, order) {
    case (.bottleneck, nil): self = .bottleneck
    case (.wasserstein, nil), (.wasserstein, 1): self = .firstWasserstein
    case (.wasserstein, 2): self = .secondWasserstein
    default: return nil
    }
  }

  /// What options and tables call it.
  public var name: Name { self == .bottleneck ? .bottleneck : .wasserstein }

  /// Its order q, the power of the costs that are summed: ∞ for the bottleneck distance, else 1 or 2.
  public var order: Double { exponent.map(Double.init) ?? .infinity }

  /// q, where it is finite.
  private var exponent: Int? {
    switch self {
    case .bottleneck: nil
    case .firstWasserstein: 1
    case .secondWasserstein: 2
    }
  }

  /// The distance of two diagrams, with a matching that costs just that.
  ///
  /// Exact bottleneck distances are found without approximation: the result is one of the ground
  /// distances or distances to the diagonal as computed in double precision. Approximate Wasserstein
  /// distances are proved by a dual solution. See ``BottleneckSearch``, ``AssignmentSearch`` and
  /// ``LineMatching`` for the methods.
  ///
  /// - Parameters:
  ///   - a: the bars of one dimension, in any order.
  ///   - b: the bars to compare with, of the same dimension.
  ///   - ground: what a pair costs.
  ///   - relativeTolerance: 0 for the exact distance, whatever the size; otherwise the result is at
  ///     least the exact distance and at most (1 + tolerance) times that.
  ///   - control: how to watch and stop the computation.
  /// - Returns: the distance, infinite if the numbers of essential classes differ, and a matching.
  /// - Throws: `TopologyError.invalid` for NaN, a death before the birth, bars of several
  ///   dimensions or a bad tolerance; `CancellationError`.
  /// - Complexity: O(nm) if all bars are born at one value, as in dimension 0. Otherwise, of the
  ///   bottleneck distance some rounds of O(n log n), and for each point that these leave over at
  ///   the lower bound a search that is local in practice, O(n log n) at worst; of a Wasserstein
  ///   distance at most n searches of O(n log n + the candidates listed), of which most stay local
  ///   where the diagrams resemble each other, but mass that has to cross a whole diagram far from
  ///   the diagonal makes them long. A tolerance seldom saves much.
  public func matching(
    _ a: [PersistenceBar], _ b: [PersistenceBar], ground: GroundMetric = .infinity,
    relativeTolerance: Double = 0, control: ComputationControl = ComputationControl()
  ) throws -> DiagramMatching {
    let problem = try MatchingProblem(a, b, ground: ground, relativeTolerance: relativeTolerance)
    guard let essential = problem.essentialCosts else {
      return DiagramMatching(distance: .infinity, pairs: [])
    }
    let partners: [Int]
    if let line = LineMatching(problem.a, problem.b, ground: ground, order: exponent) {
      partners = try line.run(control)
    } else if let exponent {
      var search = AssignmentSearch(
        problem.a.tree(ground), problem.b.tree(ground), order: exponent)
      partners = try search.run(relativeTolerance: relativeTolerance, control)
    } else {
      var search = BottleneckSearch(
        problem.a.tree(ground), problem.b.tree(ground), atLeast: essential.max() ?? 0,
        relativeTolerance: relativeTolerance)
      partners = try search.run(control)
    }
    return problem.matching(finite: partners, essential: essential, order: exponent)
  }
}
