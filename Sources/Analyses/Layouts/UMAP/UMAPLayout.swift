public import LinearAlgebra

/// A layout in the plane, into which new points can be placed.
public struct UMAPLayout: Sendable, Equatable {
  /// A row a point, shape [n, 2].
  public let positions: Matrix<Float>
  /// The settings that it was made with.
  public let settings: UMAP
  /// The epochs of descent that were run.
  public let epochs: Int
  /// The membership curve of the plane.
  let curve: MembershipCurve

  /// The positions of new points among the points of the layout, which stay where they are.
  ///
  /// Method: that of umap-learn. A point starts at the mean of its neighbours' positions, weighted by
  /// memberships, or at the position of a neighbour at distance 0; a third of the epochs of descent
  /// follow, at a quarter of the learning rate. New points do not see each other, and a point's random
  /// samples are keyed by its neighbours: alone, among others, or in another order it comes to lie at the
  /// very place, and so do copies of it. An edge is due in the share of the epochs that its membership is,
  /// where umap-learn divides by the largest of all new points.
  ///
  /// - Parameters:
  ///   - neighbors: The nearest points of the layout of each of m new points, by the metric that the
  ///     layout was made with, at least `settings.neighborCount` of them.
  ///   - control: How to watch and stop the computation.
  /// - Returns: A row a new point, shape [m, 2].
  /// - Throws: `AnalysisError`.
  /// - Complexity: O(m · k · epochs).
  public func transform(
    neighbors: NearestNeighbors, control: ComputationControl = ComputationControl()
  ) throws -> Matrix<Float> {
    let k = settings.neighborCount
    try neighbors.validate(endCount: positions.rows, needed: k)
    let m = neighbors.rowCount
    guard m > 0 else { return Matrix(rows: 0, columns: 2) }
    let epochs = max(epochs / 3, 1)
    let memberships = FuzzySimplicialSet.bipartite(neighbors: neighbors, neighborCount: k)
    var placed = start(memberships)
    try NegativeSampling(
      curve: curve, epochs: epochs, negativeSamples: settings.negativeSamples, learningRate: 0.25,
      pull: 1, exaggeration: 1, stream: stream([])
    ).move(
      &placed, graph: memberships.droppingLight(ratio: epochs, heaviest: 1),
      fixed: positions.values, heaviest: 1, keys: keys(neighbors, count: k), control: control)
    return Matrix(rows: m, columns: 2, values: placed)
  }

  private func stream(_ identity: [UInt8]) -> RandomStream {
    RandomStream(domain: "umap/new points", seed: settings.seed, identity: identity)
  }

  /// The key of every new point's random numbers: of its nearest points and how far they are.
  private func keys(_ neighbors: NearestNeighbors, count: Int) -> [UInt64] {
    (0..<neighbors.rowCount).map { i in
      let places = i * neighbors.neighborCount..<i * neighbors.neighborCount + count
      var stream = stream(
        places.flatMap { place in
          [UInt32(bitPattern: neighbors.indices[place]), neighbors.distances[place].bitPattern]
            .flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        })
      return stream.next()
    }
  }

  private func start(_ memberships: SparseGraph) -> [Float] {
    var placed: [Float] = []
    placed.reserveCapacity(2 * memberships.vertexCount)
    for i in 0..<memberships.vertexCount {
      let edges = memberships.edges(of: i)
      if memberships.weights[edges.lowerBound] == 1 {
        placed += positions.row(Int(memberships.ends[edges.lowerBound]))
        continue
      }
      var (x, y, total) = (0.0, 0.0, 0.0)
      for edge in edges {
        let (weight, end) = (Double(memberships.weights[edge]), Int(memberships.ends[edge]))
        x += weight * Double(positions[end, 0])
        y += weight * Double(positions[end, 1])
        total += weight
      }
      placed += [Float(x / total), Float(y / total)]
    }
    return placed
  }
}
