import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct IntrinsicDimensionTests {
  /// Neighbours at these distances, a row a point; who they are does not matter.
  private func neighbors(_ rows: [[Float]]) -> NearestNeighbors {
    NearestNeighbors(
      neighborCount: rows[0].count,
      indices: [Int32](repeating: 0, count: rows.count * rows[0].count),
      distances: rows.flatMap(\.self))
  }

  private func dimensions(_ points: Matrix<Float>) throws -> (twoNN: Double, likelihood: Double) {
    let neighbors = try NearestNeighbors(of: points, count: 20, metric: .euclidean)
    return (
      try IntrinsicDimension.twoNN(neighbors).dimension,
      try IntrinsicDimension.maximumLikelihood(neighbors).dimension
    )
  }

  @Test func `the ratio of two neighbours by hand`() throws {
    // ln μ = 0 eight times and ln 2 twice; the largest tenth is left out. The ninth of ten has
    // F = 0.9: the slope is (ln 2 · −ln 0.1) / (ln 2)² = ln 10 / ln 2.
    let rows = [[Float]](repeating: [3, 3], count: 8) + [[1, 2], [5, 10]]
    let found = try IntrinsicDimension.twoNN(neighbors(rows))
    #expect(abs(found.dimension - log(10) / log(2)) < 1e-12)
    #expect(found.leftOut == 0)
  }

  @Test(arguments: [0.5, 2, 7])
  func `ratios that follow the Pareto law give its exponent`(dimension: Double) throws {
    // F(μ) = 1 − μ^−d takes the value i / n at μ = (1 − i / n)^(−1 / d); the last one is infinite
    // and stands among those left out.
    let rows = (1...40).map { i in
      [1, i == 40 ? 1e6 : Float(pow(1 - Double(i) / 40, -1 / dimension))]
    }
    let found = try IntrinsicDimension.twoNN(neighbors(rows.reversed()))
    #expect(abs(found.dimension / dimension - 1) < 1e-5)  // distances in float32
  }

  @Test func `the maximum likelihood by hand`() throws {
    // Five points with ln(4/1) + ln(4/2) = 3 ln 2, five with ln(2/1) + ln(2/1) = 2 ln 2; over k − 1 =
    // 2 and ten points the mean is 25 ln 2 / 20.
    let rows = [[Float]](repeating: [1, 2, 4], count: 5) + Array(repeating: [1, 1, 2], count: 5)
    let found = try IntrinsicDimension.maximumLikelihood(neighbors(rows))
    #expect(abs(found.dimension - 20 / (25 * log(2))) < 1e-12)
    #expect(found.leftOut == 0)
  }

  @Test func `points that coincide with a neighbour are left out and counted`() throws {
    let rows = [[Float]](repeating: [3, 3, 4], count: 8) + [[1, 2, 4], [5, 10, 11]]
    let copies: [[Float]] = [[0, 0, 1], [0, 2, 3], [0, 0, 0]]
    let (few, all) = (neighbors(rows), neighbors(copies + rows))
    for estimate in [IntrinsicDimension.twoNN, IntrinsicDimension.maximumLikelihood] {
      let (expected, found) = (try estimate(few), try estimate(all))
      #expect(found.dimension == expected.dimension)
      #expect(found.leftOut == 3 && expected.leftOut == 0)
    }
  }

  @Test(arguments: [1, 2, 5])
  func `a cube has the dimension of its coordinates`(dimension: Int) throws {
    var stream = RandomStream(domain: "test/cube", seed: UInt64(dimension))
    let points = Matrix<Float>(
      rows: 3000, columns: dimension,
      values: (0..<3000 * dimension).map { _ in Float(stream.uniform()) })
    let found = try dimensions(points)
    // Points near a face see less volume than they should, the more the farther neighbours lie.
    // The estimate itself scatters by 1 / √3000, 2 %.
    #expect(abs(found.twoNN / Double(dimension) - 1) < 0.09, "\(found)")
    #expect(found.likelihood / Double(dimension) < 1.02, "\(found)")
    #expect(found.likelihood / Double(dimension) > 0.87, "\(found)")
  }

  @Test(arguments: [1, 2, 4])
  func `a sphere in a larger space has its own dimension`(dimension: Int) throws {
    let points = Matrix<Double>.gaussian(3000, dimension + 1)
    let sphere = try UnitRows(points.converted()).rows.converted(to: Double.self)
    let turn = try Matrix.orthogonal(30).selectingRows(0..<dimension + 1)
    let found = try dimensions(sphere.times(turn).converted())
    #expect(abs(found.twoNN / Double(dimension) - 1) < 0.06, "\(found)")
    #expect(abs(found.likelihood / Double(dimension) - 1) < 0.04, "\(found)")
  }

  @Test func `what says nothing of a dimension is refused`() throws {
    // On a square lattice every point has its two nearest neighbours at distance 1.
    let lattice = Matrix<Float>((0..<36).map { [Float($0 / 6), Float($0 % 6)] })
    let near = try NearestNeighbors(of: lattice, count: 2, metric: .euclidean)
    #expect(throws: AnalysisError.self) { try IntrinsicDimension.twoNN(near) }
    let equal = neighbors([[Float]](repeating: [2, 2, 2], count: 12))
    #expect(throws: AnalysisError.self) { try IntrinsicDimension.maximumLikelihood(equal) }
    let few = neighbors([[Float]](repeating: [1, 2, 4], count: 9) + [[0, 1, 2]])
    #expect(throws: AnalysisError.self) { try IntrinsicDimension.twoNN(few) }
    #expect(throws: AnalysisError.self) { try IntrinsicDimension.maximumLikelihood(few) }
  }

  @Test(arguments: [Float.nan, .infinity])
  func `a distance that is not finite is refused`(value: Float) {
    var rows = [[Float]](repeating: [1, 2, 4], count: 12)
    rows[7][1] = value
    for estimate in [IntrinsicDimension.twoNN, IntrinsicDimension.maximumLikelihood] {
      let error = #expect(throws: AnalysisError.self) { try estimate(neighbors(rows)) }
      #expect(error?.description.contains("point 7") == true)
      // A fault, not points that define no dimension.
      #expect(error == .invalid(error?.description ?? ""))
    }
  }
}
