import Fixtures
import LinearAlgebra
import Testing

@testable import Topology

/// Points so close together that squares of their differences vanish.
struct PointCloudTests {
  private func cloud(_ columns: Int, times power: Double) -> Matrix<Double> {
    let points = MetricTests.cloud(60, columns)
    return Matrix(rows: 60, columns: columns, values: points.values.map { $0 * power })
  }

  private static let asGiven = Metric.all.filter { $0.origin == nil }

  @Test(arguments: asGiven, [3, 30])
  func `float64 distances are in proportion however small they are`(
    metric: Metric, columns: Int
  ) throws {
    let power = 0x1p-700
    let plain = try RankedDistances(
      points: cloud(columns, times: 1), metric: metric, workers: 2)
    let small = try RankedDistances(
      points: cloud(columns, times: power), metric: metric, workers: 2)
    for i in 0..<60 {
      for j in 0..<i {
        let expected = plain[i, j] * power
        #expect(abs(small[i, j] - expected) <= 1e-14 * expected)
      }
    }
    #expect(small.values.count > 1700)
  }

  @Test func `a constant column, however large, changes nothing`() throws {
    let close = cloud(3, times: 0x1p-700)
    let wide = Matrix<Double>((0..<60).map { Array(close.row($0)) + [1e300] })
    #expect(
      try RankedDistances(points: wide, workers: 1).values
        == RankedDistances(points: close, workers: 1).values)
  }

  @Test(arguments: asGiven)
  func `float32 distances that would be equal are refused`(metric: Metric) throws {
    for power in [0x1p-700, 0x1p-130] {
      let points = cloud(3, times: power)
      for told in [
        problem { _ = try SquareDistances(points: points, metric: metric, workers: 1) },
        problem {
          _ = try SparseDistances(points: points, metric: metric, threshold: 1, workers: 1)
        },
        problem { _ = try Landmarks(points: points, metric: metric, count: 5, workers: 1) },
      ] {
        #expect(
          told.hasPrefix("differences of at most ") && told.contains("scale the numbers up"),
          "\(told)")
      }
    }
    // The least spread that has all its digits.
    _ = try SquareDistances(points: cloud(3, times: 0x1p-120), metric: metric, workers: 1)
  }

  @Test func `points that are all one point are at 0`() throws {
    let points = Matrix<Double>(Array(repeating: [1e-300, 7, 0], count: 5))
    let distances = try SquareDistances(points: points, workers: 1)
    #expect(distances[4, 1] == 0)
    #expect(try RankedDistances(points: points, workers: 1).values == [0])
    #expect(try Landmarks(points: points, count: 2, workers: 1).coveringRadius == 0)
  }

  @Test func `given distances that float32 does not tell apart are refused`() throws {
    func distances(_ value: Float) throws -> SquareDistances {
      try SquareDistances(matrix: Matrix([[0, value], [value, 0]]), workers: 1)
    }
    #expect(
      problem { try distances(0).requireSinglePrecision { 1e-60 } }.hasPrefix(
        "differences of at most 1e-60 "))
    let subnormal = Float(bitPattern: 71_362)  // 1e-40
    #expect(problem { try distances(subnormal).requireSinglePrecision { 1e-40 } }.contains("1e-40"))
    try distances(0).requireSinglePrecision { 0 }
    try distances(0.5).requireSinglePrecision { throw CancellationError() }
    #expect(
      problem { try SparseDistances.requireSinglePrecision([(0, 1, 0), (1, 2, 1e-50)]) }
        .contains("1e-50"))
    try SparseDistances.requireSinglePrecision([(0, 1, 0)])
    try SparseDistances.requireSinglePrecision([(0, 1, 1e-50), (1, 2, 1)])
  }
}
