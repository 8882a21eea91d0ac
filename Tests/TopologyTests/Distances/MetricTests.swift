import Fixtures
import Foundation
import LinearAlgebra
import Testing
import TopologyFixtures

@testable import Topology

/// Distances of points by each metric of the registry, against values known by hand and plain
/// sums.
struct MetricTests {
  /// One thing after another from a small generator: numbers from −1 to 1.
  static func cloud(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix<Double> {
    var state = seed
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(Int64(bitPattern: state) >> 11) / 0x1p52
      })
  }

  /// The pairs whose distance is not the definition's, rounded; ties of rounding may go either way.
  private func wrong(
    _ distances: SquareDistances, _ points: Matrix<Double>, _ metric: Metric
  ) -> [[Int]] {
    (0..<points.rows).flatMap { i in
      (0..<i).filter { j in
        let expected = metric.definition(points.row(i), points.row(j))
        return abs(Double(distances[i, j]) - expected) > 0x1.00001p-24 * expected
      }.map { [i, $0] }
    }
  }

  private func message(_ points: Matrix<Double>, _ metric: Metric = .euclidean) -> String {
    let error = #expect(throws: TopologyError.self) {
      try SquareDistances(points: points, metric: metric, workers: 2)
    }
    return error.map(\.description) ?? ""
  }

  @Test(arguments: Metric.all)
  func `the triangle inequality holds where it is said to`(metric: Metric) throws {
    // Of three directions a little apart the cosine distances are about as 1, 1 and 4.
    for points in [Matrix([[1, 0, 0], [1, 0.1, 0], [1, 0.2, 0]]), Self.cloud(40, 3)] {
      let distances = try SquareDistances(points: points, metric: metric, workers: 1)
      let longest =
        (0..<points.rows).flatMap { i in
          (0..<points.rows).flatMap { j in
            (0..<points.rows).map { distances[i, j] - distances[i, $0] - distances[$0, j] }
          }
        }.max() ?? 0
      #expect((longest <= 1e-6) == metric.isMetric)
    }
  }

  @Test(arguments: Metric.all)
  func `a distance changes by no more than its bound when points move`(metric: Metric) throws {
    let bound = try #require(metric.displacementBound)
    let points = Self.cloud(60, 3)
    for size in [0.01, 0.3, 2] {
      var moved = points
      for (index, step) in Self.cloud(60, 3, seed: 2).values.enumerated() {
        moved.values[index] += size * step
      }
      let before = try SquareDistances(points: points, metric: metric, workers: 1)
      let after = try SquareDistances(points: moved, metric: metric, workers: 1)
      let displacement = (0..<60).map { metric.definition(points.row($0), moved.row($0)) }.max()
      let largest = bound(try #require(displacement))
      #expect(before.largestDifference(from: after) <= largest * (1 + 1e-6), "\(size)")
    }
  }

  @Test(arguments: [
    (Metric.euclidean, Float(5)), (.cityblock, 7), (.chebyshev, 4),
    (.cosine, Float(1 - 0.6)), (.angular, Float(acos(0.6))),
  ]) func `the sides of the 3-4-5 triangle`(metric: Metric, expected: Float) throws {
    // For directions: (1, 0) and (3, 4), whose cosine is 3/5.
    let points: Matrix<Double> =
      metric.origin != nil ? Matrix([[2, 0], [3, 4]]) : Matrix([[1, 1], [4, 5]])
    let distances = try SquareDistances(points: points, metric: metric, workers: 1)
    #expect(distances[0, 1] == expected)
    #expect(distances[1, 0] == expected)
    #expect(distances[0, 0] == 0)
  }

  @Test func `directions that are equal, opposite and nearly so`() throws {
    for dimension in [2, 20] {
      var points = Matrix<Double>(rows: 5, columns: dimension)
      for (i, (x, y)) in [(1.0, 0.0), (7, 0), (-3, 0), (1, 1e-9), (-1, 1e-9)].enumerated() {
        points[i, 0] = x
        points[i, 1] = y
      }
      let angles = try SquareDistances(points: points, metric: .angular, workers: 1)
      #expect(angles[0, 1] == 0)
      #expect(angles[0, 2] == Float(Double.pi))
      #expect(angles[0, 3] == 1e-9)
      #expect(angles[0, 4] == Float(Double.pi - 1e-9))
      let cosines = try SquareDistances(points: points, metric: .cosine, workers: 1)
      #expect(cosines[0, 1] == 0)
      #expect(cosines[0, 2] == 2)
      #expect(cosines[0, 3] == 5e-19)
    }
  }

  @Test(arguments: Metric.all)
  func `distances are the plain sums, to the last bit or its neighbour`(metric: Metric) throws {
    for (rows, columns) in [(3, 2), (20, 3), (40, 16), (300, 17), (270, 40), (5, 2500)] {
      let points = Self.cloud(rows, columns)
      let distances = try SquareDistances(points: points, metric: metric, workers: 2)
      #expect(wrong(distances, points, metric).isEmpty, "\(rows) × \(columns)")
    }
  }

  @Test(arguments: Metric.all)
  func `a distance is symmetric and has the same bits for any number of threads and precision`(
    metric: Metric
  ) throws {
    for (rows, columns) in [(600, 3), (600, 60), (9, 1100)] {
      let points = Self.cloud(rows, columns).converted(to: Float.self)
      let one = try SquareDistances(points: points, metric: metric, workers: 1)
      let two = try SquareDistances(
        points: points.converted(to: Double.self), metric: metric, workers: 2)
      let areEqual = (0..<rows).allSatisfy { i in
        (0..<rows).allSatisfy { one[i, $0] == two[i, $0] && one[i, $0] == one[$0, i] }
      }
      #expect(areEqual, "\(rows) × \(columns)")
    }
  }

  @Test(arguments: Metric.all)
  func `identical points are at 0, others are not`(metric: Metric) throws {
    for columns in [3, 16, 17, 64] {
      var points = Self.cloud(40, columns)
      for k in 0..<columns {
        points[7, k] = points[3, k]
        points[39, k] = points[3, k]
      }
      let distances = try SquareDistances(points: points, metric: metric, workers: 2)
      #expect(distances[3, 7] == 0)
      #expect(distances[39, 7] == 0)
      #expect(distances[3, 8] > 0)
    }
  }

  @Test func `a cloud far from the origin keeps its digits`() throws {
    for columns in [3, 32] {
      var points = Self.cloud(300, columns)
      for index in points.values.indices { points.values[index] += 1e6 }
      // A tight pair inside the cloud: its products cancel wherever the origin is.
      for k in 0..<columns { points[1, k] = points[0, k] + (k == 0 ? 0x1p-20 : 0) }
      let distances = try SquareDistances(points: points, workers: 2)
      #expect(wrong(distances, points, .euclidean).isEmpty)
      #expect(distances[1, 0] == 0x1p-20)
    }
  }

  @Test func `whole numbers have exact ties`() throws {
    // Bits of 20: the squared distance is the number of bits in which two numbers differ.
    let points = Matrix<Float>(
      rows: 300, columns: 20,
      values: (0..<300).flatMap { i in (0..<20).map { k in Float(((i * 2_654_435) >> k) & 1) } })
    let distances = try SquareDistances(points: points, workers: 2)
    let wrong = (0..<300).flatMap { i in
      (0..<i).filter { j in
        let bits = ((i * 2_654_435) ^ (j * 2_654_435)) & 0xFFFFF
        return distances[i, j] != Float(Double(bits.nonzeroBitCount).squareRoot())
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `no points, one point and points without coordinates`() throws {
    for metric in [Metric.euclidean, .cityblock, .chebyshev] {
      for rows in [0, 1, 3] {
        let distances = try SquareDistances(
          points: Matrix<Double>(rows: rows, columns: 0), metric: metric, workers: 2)
        #expect(distances.count == rows)
        #expect(distances.enclosingRadius(workers: 1) == 0)
      }
    }
  }

  @Test func `what is no coordinate, direction or float32 distance is named`() {
    for (columns, bad) in [(3, Double.nan), (40, .infinity), (3, -.infinity)] {
      var points = Self.cloud(500, columns)
      points[400, 1] = bad
      points[450, 0] = bad
      #expect(message(points).hasPrefix("point 400 has \(bad) in column 1 (rows and columns"))
    }
    var points = Self.cloud(10, 20)
    for k in 0..<20 { points[4, k] = 0 }
    for metric in [Metric.cosine, .angular] {
      #expect(message(points, metric).hasPrefix("point 4 (rows count from 0) is all zeros"))
    }
    for (columns, metric) in [(2, Metric.euclidean), (20, .euclidean), (2, .cityblock)] {
      var points = Self.cloud(300, columns)
      points[5, 0] = 1e39
      let text = message(points, metric)
      #expect(text.hasPrefix("the distance of points 0 and 5 (rows count from 0) is beyond"))
    }
    #expect(message(Matrix([[1e300], [-1e300]])).contains("points 0 and 1"))
  }

  @Test func `directions of very large and very small points`() throws {
    let points = Matrix<Double>([
      [1e300, 0], [0x1p-1040, 0x1p-1040], [0, .leastNonzeroMagnitude],
    ])
    let angles = try SquareDistances(points: points, metric: .angular, workers: 1)
    #expect(abs(angles[0, 1] - .pi / 4) < 1e-6)
    #expect(angles[0, 2] == Float(Double.pi / 2))
  }

  private struct OracleCase: Decodable {
    let name: String
    let points: [[Double]]?
    let lowerDistances: [Double]?
  }

  @Test(
    .enabled(
      if: SharedData.has("oracles/persistence_cases.json"), "needs ../shared/data/oracles"))
  func `points of the oracle have its distances`() throws {
    let data = try Data(
      contentsOf: SharedData.folder.appending(path: "oracles/persistence_cases.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode([OracleCase].self, from: data)
    var compared = 0
    for oracle in cases {
      guard let points = oracle.points, let lower = oracle.lowerDistances else { continue }
      let distances = try SquareDistances(points: Matrix(points), workers: 2)
      let found = (0..<distances.count).flatMap { i in (0..<i).map { distances[i, $0] } }
      #expect(found == lower.map { Float($0) }, "\(oracle.name)")
      compared += lower.count
    }
    #expect(compared > 1000)
  }
}
