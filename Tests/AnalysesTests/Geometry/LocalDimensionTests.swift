import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct LocalDimensionTests {
  @Test func `three neighbours by hand`() throws {
    // Distances 1, 2, 4: the mean of ln 4 and ln 2 over k − 1 = 2 is 1.5 ln 2.
    let neighbors = NearestNeighbors(
      neighborCount: 3, indices: [1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2],
      distances: [1, 2, 4, 0, 2, 4, 3, 3, 3, 1, 2, .infinity])
    let dimensions = IntrinsicDimension.local(neighbors)
    let first = try #require(dimensions[0])
    #expect(abs(first - 0.9617966939259756) < 1e-15)
    // A copy of the point, all at one distance, one that is not finite.
    #expect(dimensions[1...] == [nil, nil, nil])
  }

  @Test func `the harmonic mean is the dimension of all points`() throws {
    let points = Matrix<Float>(
      rows: 60, columns: 5,
      values: RandomStream(domain: "test/local", seed: 1).normals(count: 300))
    let neighbors = try NearestNeighbors(of: points, count: 8, metric: .euclidean)
    let local = IntrinsicDimension.local(neighbors).compactMap(\.self)
    let all = try IntrinsicDimension.maximumLikelihood(neighbors)
    let harmonic = Double(local.count) / local.reduce(0) { $0 + 1 / $1 }
    #expect(local.count == 60 && abs(harmonic - all.dimension) < 1e-12 * all.dimension)
  }

  @Test func `points of a plane and of a cube`() throws {
    for dimension in [2, 3] {
      let points = Matrix<Float>(
        rows: 2000, columns: dimension,
        values: RandomStream(domain: "test/plane", seed: 3).normals(count: 2000 * dimension))
      let neighbors = try NearestNeighbors(of: points, count: 20, metric: .euclidean)
      let local = IntrinsicDimension.local(neighbors).compactMap(\.self).sorted()
      // With k = 20 the error of one point is a quarter, and the median's small.
      #expect(abs(local[1000] - Double(dimension)) < 0.12 * Double(dimension))
    }
  }
}
