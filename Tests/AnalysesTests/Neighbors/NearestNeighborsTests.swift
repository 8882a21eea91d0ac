import AnalysesFixtures
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct NearestNeighborsTests {
  /// Small whole numbers: many equal distances and copies, all exact in any order of sums.
  private func lattice(_ rows: Int, _ columns: Int, seed: UInt64, least: Int = 1) -> Matrix<Float> {
    var stream = RandomStream(domain: "test/lattice", seed: seed)
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in Float(Int.random(in: least...3, using: &stream)) })
  }

  @Test func `a line of points by hand`() throws {
    let points = Matrix<Float>([[0], [1], [3], [7]])
    let found = try NearestNeighbors(of: points, count: 2, metric: .euclidean)
    #expect(found.indices == [1, 2, 0, 2, 1, 0, 2, 1])
    #expect(found.distances == [1, 3, 1, 2, 2, 3, 4, 6])
    #expect(found.rowCount == 4 && found.recall == nil)
  }

  @Test func `directions by hand`() throws {
    // Angles 0°, 90°, 45° and again 0°; lengths that are powers of two keep equal angles equal.
    let points = Matrix<Float>([[2, 0], [0, 4], [1, 1], [8, 0]])
    let found = try NearestNeighbors(of: points, count: 3, metric: .cosine)
    #expect(found.indices == [3, 2, 1, 2, 0, 3, 0, 1, 3, 0, 2, 1])
    #expect(found.distances[0] == 0, "a copy's direction is exactly its own")
    #expect(abs(found.distances[1] - (1 - 0.5.squareRoot().floatValue)) < 1e-7)
    #expect(found.distances[2] == 1)
  }

  // Distances by these are equal in their bits where they are equal.
  @Test(arguments: [Metric.euclidean, .cosine])
  func `equal to the definition, ties and copies in order of rows`(metric: Metric) throws {
    // 1,100 rows are three blocks of tiles; on a lattice of 9 or 81 places nearly all are copies.
    for (rows, columns, count) in [(1100, 2, 5), (1100, 4, 15), (40, 3, 39), (513, 6, 100)] {
      let points = lattice(rows, columns, seed: UInt64(rows + columns))
      let found = try NearestNeighbors(of: points, count: count, metric: metric)
      let expected = PlainNeighbors.indices(
        of: points, among: points, count: count, metric: metric, excludesSelf: true)
      #expect(found.indices == expected, "\(rows) × \(columns), \(count)")
    }
  }

  @Test func `angles by hand, small and near π`() throws {
    let points = Matrix<Float>([[1, 0], [0, 3], [1, 0x1p-20], [-5, 0], [7, 0]])
    let found = try NearestNeighbors(of: points, count: 4, metric: .angular)
    #expect(found.indices[..<4] == [4, 2, 1, 3])
    #expect(found.distances[..<4] == [0, 0x1p-20, Float(Double.pi / 2), Float(Double.pi)])
    #expect(Metric.ofNeighbors.contains(.angular) && !Metric.ofNeighbors.contains(.chebyshev))
    #expect(Metric.ofNeighbors(named: "angular") == .angular)
    #expect(Metric.ofNeighbors(named: "cityblock") == nil)
  }

  @Test(arguments: Metric.ofNeighbors)
  func `equal to the definition on scattered points`(metric: Metric) throws {
    let points = Matrix<Double>.gaussian(700, 40, seed: 8).converted(to: Float.self)
    let found = try NearestNeighbors(of: points, count: 12, metric: metric)
    let expected = PlainNeighbors.indices(
      of: points, among: points, count: 12, metric: metric, excludesSelf: true)
    #expect(found.indices == expected)
    let queries = Matrix<Double>.gaussian(30, 40, seed: 9).converted(to: Float.self)
    let others = try NearestNeighbors(of: queries, among: points, count: 12, metric: metric)
    #expect(
      others.indices
        == PlainNeighbors.indices(
          of: queries, among: points, count: 12, metric: metric, excludesSelf: false))
    for i in 0..<others.rowCount {
      let row = others.distances[i * 12..<(i + 1) * 12]
      #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test func `points far from the origin keep their neighbours`() throws {
    // Around 1,000 a float32 product of these says nothing of differences of 0.01.
    let near = Matrix<Double>.gaussian(600, 8, seed: 10)
    let far = Matrix(rows: 600, columns: 8, values: near.values.map { Float(1000 + $0 / 100) })
    let found = try NearestNeighbors(of: far, count: 10, metric: .euclidean)
    #expect(
      found.indices
        == PlainNeighbors.indices(
          of: far, among: far, count: 10, metric: .euclidean, excludesSelf: true))
    // Two clumps on either side of the origin have no mean to subtract: rows are searched whole.
    var clumps = far
    for k in 0..<300 * 8 { clumps.values[k] -= 2000 }
    let both = try NearestNeighbors(of: clumps, count: 10, metric: .euclidean)
    #expect(
      both.indices
        == PlainNeighbors.indices(
          of: clumps, among: clumps, count: 10, metric: .euclidean, excludesSelf: true))
  }

  @Test(arguments: [1e30, 1e-25] as [Float])
  func `numbers whose squares float32 does not hold`(scale: Float) throws {
    let points = Matrix<Double>.gaussian(540, 5, seed: 11).values.map { Float($0) * scale }
    let matrix = Matrix(rows: 540, columns: 5, values: points)
    for metric in Metric.ofNeighbors {
      let found = try NearestNeighbors(of: matrix, count: 7, metric: metric)
      #expect(
        found.indices
          == PlainNeighbors.indices(
            of: matrix, among: matrix, count: 7, metric: metric, excludesSelf: true),
        "\(metric)")
    }
  }

  @Test func `one huge row among small ones harms none`() throws {
    var points = Matrix<Double>.gaussian(530, 4, seed: 12).converted(to: Float.self)
    for k in 0..<4 { points[7, k] = 1e30 }
    let found = try NearestNeighbors(of: points, count: 6, metric: .euclidean)
    #expect(
      found.indices
        == PlainNeighbors.indices(
          of: points, among: points, count: 6, metric: .euclidean, excludesSelf: true))
  }

  @Test func `some rows alone have the neighbours they have among all`() throws {
    let points = lattice(300, 3, seed: 3)
    let all = try NearestNeighbors(of: points, count: 9, metric: .euclidean)
    let rows = [299, 0, 17, 17]
    let some = try NearestNeighbors(ofRows: rows, of: points, count: 9, metric: .euclidean)
    for (place, row) in rows.enumerated() {
      let (mine, theirs) = (place * 9..<place * 9 + 9, row * 9..<row * 9 + 9)
      #expect(some.indices[mine] == all.indices[theirs])
      #expect(some.distances[mine] == all.distances[theirs])
    }
  }

  @Test func `threads change nothing`() throws {
    let points = Matrix<Double>.gaussian(1300, 16, seed: 13).converted(to: Float.self)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let results = try [1, 2, 5].map { count in
      Parallel.workers = count
      return try NearestNeighbors(of: points, count: 20, metric: .cosine)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test func `what has no neighbours is refused`() {
    let points = Matrix<Float>([[0, 1], [1, 1], [3, 1]])
    func message(_ points: Matrix<Float>, _ count: Int, _ metric: Metric) -> String {
      do {
        _ = try NearestNeighbors(of: points, count: count, metric: metric)
        return "none"
      } catch { return "\(error)" }
    }
    #expect(message(points, 3, .euclidean) == "3 neighbours of 3 points; expected 1 to 2")
    #expect(message(points, 0, .euclidean) == "0 neighbours of 3 points; expected 1 to 2")
    #expect(
      message(Matrix([[1, 1]]), 1, .euclidean)
        == "neighbours need 2 points or more, and there is 1")
    #expect(message(Matrix(rows: 3, columns: 0), 1, .euclidean).contains("without coordinates"))
    #expect(
      message(Matrix([[0, 1], [1, .nan]]), 1, .euclidean)
        == "row 1, column 1 (counted from 0) is not a finite number")
    #expect(
      message(Matrix([[0, 1], [-.infinity, 1]]), 1, .cosine)
        == "row 1, column 0 (counted from 0) is not a finite number")
    for metric in [Metric.cosine, .angular] {
      #expect(
        message(Matrix([[0, 1], [0, 0]]), 1, metric)
          == "row 1 (counted from 0) is all zeros and has no direction, which the metric \(metric) "
          + "compares; leave it out, or use another metric")
    }
    #expect(
      message(points, 1, .cityblock)
        == "the metric cityblock is no function of scalar products, of which neighbours come; "
        + "expected one of \(Metric.neighborNames)")
    #expect(throws: AnalysisError.ambientDimensionsDiffer(1, 2)) {
      try NearestNeighbors(of: Matrix([[1]]), among: points, count: 1, metric: .euclidean)
    }
    #expect(throws: AnalysisError.self) {
      try NearestNeighbors(of: points, among: points, count: 4, metric: .euclidean)
    }
    #expect(throws: CancellationError.self) {
      try NearestNeighbors(
        of: points, count: 1, metric: .euclidean, control: ComputationControl(isCancelled: { true })
      )
    }
  }
}

extension Double {
  fileprivate var floatValue: Float { Float(self) }
}
