import Foundation
import LinearAlgebra

/// The fuzzy simplicial sets of UMAP, as graphs whose weights are memberships in (0, 1].
///
/// Those of umap-learn with local connectivity 1. It counts a point among its own neighbours: with
/// `neighborCount` k, a point has k − 1 others, whose memberships sum up to log2 k.
enum FuzzySimplicialSet {
  /// The narrowest width of a point's memberships, as a share of a mean distance.
  private static let leastWidth = 1e-3
  private static let blockSize = 512

  /// The union of all points' local sets, symmetric: memberships a and b of a pair, seen from either
  /// end, make a + b − a · b, the probabilistic t-conorm.
  ///
  /// - Parameters:
  ///   - neighbors: At least `neighborCount` − 1 nearest others of every point.
  ///   - neighborCount: k.
  /// - Returns: A row a point; weights in (0, 1].
  /// - Complexity: O(n · k).
  static func union(neighbors: NearestNeighbors, neighborCount: Int) -> SparseGraph {
    let others = neighborCount - 1
    let local = memberships(neighbors, count: others, neighborCount: neighborCount) {
      distances, target, least in
      let nearest = distances.first { $0 > 0 } ?? 0
      let mean = distances.reduce(0.0) { $0 + Double($1) } / Double(neighborCount)
      return LocalMembership(
        distances: distances, nearest: nearest, target: target,
        floor: nearest > 0 ? leastWidth * mean : least)
    }
    let rows = SymmetrizedNeighbors(neighbors, count: others, values: local) { there, back in
      there + back - there * back
    }
    var starts: [Int32] = [0]
    starts.reserveCapacity(rows.counts.count + 1)
    for count in rows.counts { starts.append((starts.last ?? 0) + Int32(count)) }
    return SparseGraph(starts: starts, ends: rows.columns, weights: rows.weights)
  }

  /// The memberships of the neighbours of new points: rows are new points, ends training points.
  ///
  /// As in umap-learn ρ is 0, and the nearest neighbour is left out of the sum that is log2 k. The least
  /// width is a share of the mean distance of the point itself, where umap-learn takes that of all new
  /// points: so a point's memberships depend on nothing beside it.
  ///
  /// - Parameters:
  ///   - neighbors: At least `neighborCount` nearest training points of every new point.
  ///   - neighborCount: k.
  /// - Returns: A row a new point, of k edges, nearest first.
  static func bipartite(neighbors: NearestNeighbors, neighborCount: Int) -> SparseGraph {
    let (n, stored) = (neighbors.rowCount, neighbors.neighborCount)
    let weights = memberships(neighbors, count: neighborCount, neighborCount: neighborCount) {
      distances, target, _ in
      let mean = distances.reduce(0.0) { $0 + Double($1) } / Double(neighborCount)
      return LocalMembership(
        distances: distances.dropFirst(), nearest: 0, target: target, floor: leastWidth * mean)
    }
    return SparseGraph(
      starts: (0...n).map { Int32($0 * neighborCount) },
      ends: (0..<n).flatMap { neighbors.indices[$0 * stored..<$0 * stored + neighborCount] },
      weights: weights)
  }

  /// The memberships of the first `count` neighbours of every point, shape [n, count].
  ///
  /// - Parameters:
  ///   - neighbors: At least `count` neighbours a point.
  ///   - count: How many of them belong to the set.
  ///   - neighborCount: k, of which log2 is the target of sums.
  ///   - local: The memberships of a point from its distances, and the least width where it has none
  ///     of its own.
  /// - Returns: Memberships in [0, 1].
  private static func memberships(
    _ neighbors: NearestNeighbors, count: Int, neighborCount: Int,
    _ local:
      @Sendable (ArraySlice<Float>, _ target: Double, _ leastWidth: Double)
      -> LocalMembership
  ) -> [Float] {
    let (n, stored) = (neighbors.rowCount, neighbors.neighborCount)
    var total = 0.0
    for i in 0..<n {
      for place in i * stored..<i * stored + count { total += Double(neighbors.distances[place]) }
    }
    let least = leastWidth * total / Double(n * neighborCount)
    let target = log2(Double(neighborCount))
    let blocks = Parallel.map(count: (n + blockSize - 1) / blockSize) { block in
      (block * blockSize..<min((block + 1) * blockSize, n)).flatMap { i in
        let distances = neighbors.distances[i * stored..<i * stored + count]
        let membership = local(distances, target, least)
        return distances.map { membership($0) }
      }
    }
    return blocks.flatMap(\.self)
  }
}
