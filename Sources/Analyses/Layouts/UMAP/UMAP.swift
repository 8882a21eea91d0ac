public import LinearAlgebra

/// Uniform manifold approximation and projection: a layout of points in the plane that keeps
/// neighbourhoods together (McInnes, Healy, Melville 2018, doi:10.48550/arXiv.1802.03426).
///
/// Method: a fuzzy simplicial set from the nearest neighbours, a start at eigenvectors of its
/// Laplacian, and stochastic gradient descent with negative sampling. The graph, the start and the
/// gradients are umap-learn's; within an epoch, however, every point moves by itself while the others
/// stay, and the learning rate and early pulls are those that suit this (`NegativeSampling`). So all threads
/// work at full speed and a seed gives the same bytes for any number of them.
public struct UMAP: Sendable, Equatable {
  /// The neighbours that a point's memberships spread over, from 2 to the number of points.
  ///
  /// As in umap-learn the point itself is one of them: k stands for k − 1 others.
  public var neighborCount = 15
  /// The distance in the layout up to which points count as close, from 0 to `spread`.
  public var minimumDistance = 0.1
  /// The scale of distances in the layout, positive.
  public var spread = 1.0
  /// How many epochs of descent, at least 1; nil for 500 up to 10,000 points and 200 above.
  public var epochs: Int?
  /// The random points that push a point for each neighbour that pulls it, at least 0.
  public var negativeSamples = 5
  /// The seed of everything random.
  public var seed: UInt64 = 0

  /// The settings of umap-learn.
  public init() {}

  /// The layout of points whose nearest neighbours are known.
  ///
  /// Points without a path between them in the graph of neighbours start in discs apart. Duplicates
  /// of a point start 1e-4 apart and are pulled together; where all points are equal, the layout is a
  /// blob without meaning.
  ///
  /// - Parameters:
  ///   - neighbors: The nearest other points of each of n ≥ 5 points, by any metric, at least
  ///     `neighborCount` − 1 of them; farther ones are not used.
  ///   - control: How to watch and stop the computation.
  /// - Returns: Positions, and what places new points among them.
  /// - Throws: `AnalysisError`.
  /// - Complexity: O(n · k · (epochs + steps of the eigenvectors)) time, O(n · k) memory.
  public func layout(
    neighbors: NearestNeighbors, control: ComputationControl = ComputationControl()
  ) throws -> UMAPLayout {
    let n = neighbors.rowCount
    guard n >= 5 else {
      throw AnalysisError.invalid("UMAP of \(n) points; expected at least 5")
    }
    try validate(pointCount: n)
    try neighbors.validate(endCount: n, needed: neighborCount - 1)
    let epochs = epochs ?? (n <= 10_000 ? 500 : 200)
    control.report("fuzzy simplicial set", 0, 1)
    // Lighter edges would be due in no epoch.
    let graph = FuzzySimplicialSet.union(neighbors: neighbors, neighborCount: neighborCount)
      .droppingLight(ratio: max(epochs, 10))
    control.report("fuzzy simplicial set", 1, 1)
    let curve = MembershipCurve(minimumDistance: minimumDistance, spread: spread)
    var positions = try SpectralInitialization.positions(of: graph, seed: seed, control: control)
    // An edge moves both its ends in umap-learn, and each end has it; here an end moves itself.
    try NegativeSampling(
      curve: curve, epochs: epochs, negativeSamples: negativeSamples, learningRate: 0.5, pull: 2,
      exaggeration: 4, stream: RandomStream(domain: "umap/negative samples", seed: seed)
    ).move(&positions, graph: graph, fixed: nil, control: control)
    return UMAPLayout(
      positions: Matrix(rows: n, columns: 2, values: positions), settings: self, epochs: epochs,
      curve: curve)
  }

  private func validate(pointCount: Int) throws {
    guard neighborCount >= 2, neighborCount <= pointCount else {
      throw AnalysisError.invalid(
        "UMAP with \(neighborCount) neighbours of \(pointCount) points; expected 2 to \(pointCount)"
      )
    }
    guard spread > 0, spread.isFinite else {
      throw AnalysisError.invalid("UMAP with spread \(spread); expected a positive number")
    }
    guard minimumDistance >= 0, minimumDistance <= spread else {
      throw AnalysisError.invalid(
        "UMAP with minimum distance \(minimumDistance); expected 0 to the spread, \(spread)")
    }
    if let epochs, !(1...1_000_000).contains(epochs) {
      throw AnalysisError.invalid("UMAP in \(epochs) epochs; expected 1 to 1000000")
    }
    guard (0...1000).contains(negativeSamples) else {
      throw AnalysisError.invalid(
        "UMAP with \(negativeSamples) negative samples an edge; expected 0 to 1000")
    }
  }
}

extension NearestNeighbors {
  /// Throws for neighbours that are too few or not there, and distances that are not numbers.
  func validate(endCount: Int, needed: Int) throws {
    guard neighborCount >= needed else {
      throw AnalysisError.invalid(
        "\(neighborCount) neighbours a point; UMAP needs \(needed): find more of them")
    }
    // Places of edges are 32-bit.
    guard rowCount <= Int(Int32.max) / (2 * neighborCount) else {
      throw AnalysisError.invalid(
        "\(rowCount) points with \(neighborCount) neighbours are too many for UMAP")
    }
    for (place, (index, distance)) in zip(indices, distances).enumerated() {
      let (row, rank) = (place / neighborCount, place % neighborCount)
      guard index >= 0, index < endCount else {
        throw AnalysisError.invalid(
          "neighbour \(rank) of point \(row) (counted from 0) is \(index); expected 0 to "
            + "\(endCount - 1)")
      }
      guard distance.isFinite, distance >= 0 else {
        throw AnalysisError.invalid(
          "the distance of point \(row) (counted from 0) to neighbour \(rank) is \(distance); "
            + "expected a finite number from 0 on")
      }
    }
  }
}
