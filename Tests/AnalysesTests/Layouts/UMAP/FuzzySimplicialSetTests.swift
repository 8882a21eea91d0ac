import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct FuzzySimplicialSetTests {
  // (0, 0), (1, 0), (3, 0), (3, 2), (7, 1), (8, 3)
  private let neighbors = NearestNeighbors(
    neighborCount: 3, indices: [1, 2, 3, 0, 2, 3, 1, 3, 0, 2, 1, 0, 5, 2, 3, 4, 3, 2],
    distances: [1, 9, 13, 1, 4, 8, 4, 4, 9, 4, 8, 13, 5, 17, 17, 5, 26, 34].map {
      Float($0).squareRoot()
    })

  @Test func `two neighbours by hand`() {
    // Of distances 1 and 3 the first is a member in full: 1 + exp(−2 / σ) = log2 3.
    let membership = LocalMembership(distances: [1, 3], nearest: 1, target: log2(3), floor: 0)
    #expect(abs(Double(membership.width) - -2 / log(log2(3) - 1)) < 1e-3)
    #expect(membership(1) == 1)
    #expect(membership(0.5) == 1)
    #expect(abs(Double(membership(3)) - (log2(3) - 1)) < 2e-5)
  }

  @Test func `memberships sum up to the logarithm of the neighbours`() {
    for row in 0..<50 {
      let distances = Matrix<Double>.gaussian(1, 14, seed: UInt64(row)).values
        .map { Float(abs($0)) }.sorted()
      let membership = LocalMembership(
        distances: distances[...], nearest: distances[0], target: log2(15), floor: 0)
      let sum = distances.reduce(0.0) { $0 + Double(membership($1)) }
      #expect(abs(sum - log2(15)) < 5e-5)
    }
  }

  @Test func `duplicates have the least width`() {
    let membership = LocalMembership(
      distances: [1, 1, 1, 1, 1], nearest: 1, target: log2(6), floor: 0.001)
    #expect(membership.width == 0.001)
    #expect(membership(1) == 1)
  }

  @Test func `the union is umap-learn's`() {
    // fuzzy_simplicial_set of umap-learn 0.5.12 with 4 neighbours, the point itself among them.
    let expected: [[Float]] = [
      [0, 1, 0.54571998, 0.66556299, 0, 0],
      [1, 0, 1, 0.76647598, 0, 0],
      [0.54571998, 1, 0, 1, 0.49999899, 0.460628],
      [0.66556299, 0.76647598, 1, 0, 0.49999899, 0.53937799],
      [0, 0, 0.49999899, 0.49999899, 0, 1],
      [0, 0, 0.460628, 0.53937799, 1, 0],
    ]
    let graph = FuzzySimplicialSet.union(neighbors: neighbors, neighborCount: 4)
    var dense = [[Float]](repeating: [Float](repeating: 0, count: 6), count: 6)
    for i in 0..<6 {
      let ends = graph.edges(of: i).map { graph.ends[$0] }
      #expect(ends == ends.sorted())
      for edge in graph.edges(of: i) { dense[i][Int(graph.ends[edge])] = graph.weights[edge] }
    }
    for (row, known) in zip(dense, expected) {
      for (weight, value) in zip(row, known) { #expect(abs(weight - value) < 3e-5) }
    }
  }

  @Test func `a union of one-sided memberships by hand`() {
    // With one other each, all memberships are 1: 1 + 1 − 1 · 1 = 1, 1 + 0 − 0 = 1.
    let neighbors = NearestNeighbors(
      neighborCount: 1, indices: [1, 0, 1], distances: [0.5, 0.5, 2])
    let graph = FuzzySimplicialSet.union(neighbors: neighbors, neighborCount: 2)
    #expect(
      graph == SparseGraph(starts: [0, 1, 3, 4], ends: [1, 0, 2, 1], weights: [1, 1, 1, 1]))
  }

  @Test func `light edges go`() {
    let graph = SparseGraph(starts: [0, 2, 3, 4], ends: [1, 2, 0, 0], weights: [1, 0.1, 1, 0.1])
    #expect(
      graph.droppingLight(ratio: 5)
        == SparseGraph(starts: [0, 1, 2, 2], ends: [1, 0], weights: [1, 1]))
    #expect(graph.droppingLight(ratio: 20) == graph)
  }

  @Test func `components are found, large ones first`() {
    let graph = SparseGraph(
      starts: [0, 1, 1, 3, 4, 5], ends: [2, 0, 4, 3, 2], weights: [1, 1, 1, 1, 1])
    #expect(graph.connectedComponents() == [[0, 2, 4], [1], [3]])
    #expect(
      graph.restricted(to: [0, 2, 4])
        == SparseGraph(starts: [0, 1, 3, 4], ends: [1, 0, 2, 1], weights: [1, 1, 1, 1]))
  }
}
