import Files
import LinearAlgebra
import Runs
package import Topology

/// The distance of two diagrams, dimension by dimension.
package struct DiagramComparison: Sendable, CustomStringConvertible {
  /// The distance in one dimension.
  package struct Distance: Sendable {
    /// The dimension of the bars.
    package let dimension: Int
    /// The distance; infinite when the essential classes cannot be matched.
    package let distance: Double
    /// The matching by row of each diagram, −1 for the diagonal.
    package let pairs: [DiagramMatching.Pair]
  }

  package let metric: DiagramMetric
  package let ground: GroundMetric
  package let tolerance: Double
  package let dimension: Int?

  /// A comparison.
  ///
  /// - Parameters:
  ///   - metric: Which distance.
  ///   - ground: The metric between points of diagrams.
  ///   - tolerance: 0 for the exact value, or the relative error allowed.
  ///   - dimension: The only dimension to compare; nil for all that occur.
  package init(metric: DiagramMetric, ground: GroundMetric, tolerance: Double, dimension: Int?) {
    self.metric = metric
    self.ground = ground
    self.tolerance = tolerance
    self.dimension = dimension
  }

  /// The conventions in words: published tools disagree on all of them.
  package var description: String {
    let name =
      switch metric.name {
      case .bottleneck: "bottleneck distance"
      case .wasserstein: "Wasserstein distance of order \(metric.order.shortestText)"
      }
    let ground = ground == .infinity ? "∞" : ground.rawValue
    let error =
      tolerance == 0 ? "exact" : "relative error at most \(tolerance.shortestText)"
    return "\(name), ground metric \(ground), essential classes in order of birth, \(error)"
  }

  /// Compares two diagrams.
  ///
  /// - Throws: `CancellationError` when a signal comes.
  package func compare(_ a: [PersistenceBar], _ b: [PersistenceBar]) throws -> [Distance] {
    let dimensions = dimension.map { [$0] } ?? Set((a + b).map(\.dimension)).sorted()
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    return try dimensions.map { dimension in
      let rowsA = a.indices.filter { a[$0].dimension == dimension }
      let rowsB = b.indices.filter { b[$0].dimension == dimension }
      let (pointsA, pointsB) = (rowsA.map { a[$0] }, rowsB.map { b[$0] })
      let matching = try metric.matching(
        pointsA, pointsB, ground: ground, relativeTolerance: tolerance, control: control)
      return Distance(
        dimension: dimension, distance: matching.distance,
        pairs: matching.pairs.map { pair in
          DiagramMatching.Pair(
            a: pair.a < 0 ? -1 : rowsA[pair.a], b: pair.b < 0 ? -1 : rowsB[pair.b])
        })
    }
  }
}
