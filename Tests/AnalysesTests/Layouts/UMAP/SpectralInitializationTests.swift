import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct SpectralInitializationTests {
  private func graph(_ count: Int, seed: UInt64 = 0) throws -> SparseGraph {
    let points = Matrix<Double>.gaussian(count, 3, seed: seed).converted(to: Float.self)
    let neighbors = try NearestNeighbors(of: points, count: 9, metric: .euclidean)
    return FuzzySimplicialSet.union(neighbors: neighbors, neighborCount: 10)
  }

  /// A graph of edges of weight 1.
  private func graph(vertices: Int, edges: [(Int, Int)]) -> SparseGraph {
    var graph = SparseGraph(starts: [0], ends: [], weights: [])
    for i in 0..<vertices {
      let ends = edges.flatMap { $0.0 == i ? [$0.1] : $0.1 == i ? [$0.0] : [] }.sorted()
      graph.ends += ends.map(Int32.init)
      graph.weights += ends.map { _ in 1 }
      graph.starts.append(Int32(graph.ends.count))
    }
    return graph
  }

  @Test func `a path of three has eigenvalues 1 and 2`() throws {
    let path = graph(vertices: 3, edges: [(0, 1), (1, 2)])
    let found = try LaplacianEigenvectors(of: path, seed: 0, control: ComputationControl())
    #expect(zip(found.values, [1, 2]).allSatisfy { abs($0 - $1) < 1e-7 })  // weights are float32
    let half = 0.5.squareRoot()
    #expect(abs(abs(found.vectors[0, 0]) - half) < 1e-7)
    #expect(abs(found.vectors[1, 0]) < 1e-7)
    #expect(abs(found.vectors[0, 0] + found.vectors[2, 0]) < 1e-7)
    // (1, −√2, 1) / 2, the largest element made positive.
    #expect(abs(found.vectors[1, 1] - half) < 1e-7)
    #expect(abs(found.vectors[0, 1] + 0.5) < 1e-7)
  }

  @Test(arguments: [60, 200, 500])
  func `the filter finds the subspace that LAPACK finds`(_ count: Int) throws {
    let graph = try graph(count)
    try #require(graph.connectedComponents().count == 1)
    let control = ComputationControl()
    let dense = try LaplacianEigenvectors(of: graph, seed: 0, denseLimit: count, control: control)
    let filtered = try LaplacianEigenvectors(of: graph, seed: 0, denseLimit: 0, control: control)
    #expect(zip(dense.values, filtered.values).allSatisfy { abs($0 - $1) < 1e-5 })
    let cosines = try dense.vectors.transposed().times(filtered.vectors).singularValues()
    #expect(cosines[1] > cos(0.002))
  }

  @Test func `pairs and single points have eigenvectors too`() throws {
    let control = ComputationControl()
    let pair = try LaplacianEigenvectors(
      of: graph(vertices: 2, edges: [(0, 1)]), seed: 0, control: control)
    #expect(abs(pair.values[0] - 2) < 1e-12)
    #expect(abs(pair.vectors[0, 0] + pair.vectors[1, 0]) < 1e-12)
    #expect(pair.vectors[0, 1] == 0)
    let single = try LaplacianEigenvectors(
      of: graph(vertices: 1, edges: []), seed: 0, control: control)
    #expect(single.vectors.values == [0, 0])
  }

  @Test func `positions fill the square`() throws {
    let positions = try SpectralInitialization.positions(
      of: graph(300), seed: 1, control: ComputationControl())
    for axis in 0..<2 {
      let column = stride(from: axis, to: 600, by: 2).map { positions[$0] }
      #expect(column.min() == 0)
      #expect(column.max() == 10)
    }
    #expect(Set(stride(from: 0, to: 600, by: 2).map { positions[$0] }).count > 290)
  }

  @Test func `components lie apart`() throws {
    // Two rings of 30 and 20 vertices and a single vertex: boxes that do not meet.
    let rings = [(0, 30), (30, 20)]
    let edges = rings.flatMap { start, count in
      (0..<count).map { (start + $0, start + ($0 + 1) % count) }
    }
    let positions = try SpectralInitialization.positions(
      of: graph(vertices: 51, edges: edges), seed: 0, control: ComputationControl())
    #expect(positions.allSatisfy { $0.isFinite })
    func centre(_ range: Range<Int>) -> [Float] {
      (0..<2).map { axis in
        range.reduce(0) { $0 + positions[2 * $1 + axis] } / Float(range.count)
      }
    }
    let parts = [0..<30, 30..<50, 50..<51]
    for part in parts {
      for i in part {
        let distances = parts.map { other in
          let centre = centre(other)
          return hypot(positions[2 * i] - centre[0], positions[2 * i + 1] - centre[1])
        }
        #expect(distances.min() == distances[parts.firstIndex(of: part) ?? 0])
      }
    }
  }
}
