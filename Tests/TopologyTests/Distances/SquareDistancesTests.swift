import LinearAlgebra
import Testing

@testable import Topology

struct SquareDistancesTests {
  /// A symmetric matrix of n points on a line.
  private func line(_ n: Int) -> Matrix<Float> {
    Matrix(
      rows: n, columns: n,
      values: (0..<n * n).map { Float(abs(($0 / n * 37) % 101 - ($0 % n * 37) % 101)) })
  }

  private func message(_ matrix: Matrix<Float>) -> String {
    let error = #expect(throws: TopologyError.self) {
      try SquareDistances(matrix: matrix, workers: 2)
    }
    return error.map(\.description) ?? ""
  }

  /// Whether rows, diagonal and padding hold what the engines count on.
  private func isWellFormed(_ distances: SquareDistances, _ matrix: Matrix<Float>) -> Bool {
    let n = matrix.rows
    return distances.count == n && distances.stride % 16 == 0
      && (0..<n).allSatisfy { i in
        (0..<distances.stride).allSatisfy { j in
          let stored = unsafe distances.base[i * distances.stride + j]
          return stored == (j < n && i != j ? matrix[i, j] : .infinity)
        }
      }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 255, 256, 257, 511, 512, 513])
  func `rows, diagonal and padding are as engines expect`(n: Int) throws {
    let matrix = line(n)
    #expect(isWellFormed(try SquareDistances(matrix: matrix, workers: 2), matrix))
    let lower = (0..<n).flatMap { i in (0..<i).map { matrix[i, $0] } }
    #expect(
      isWellFormed(try SquareDistances(lowerTriangle: lower, count: n, workers: 2), matrix))
    let points = Matrix<Double>(rows: n, columns: 1, values: (0..<n).map { Double($0 * 37 % 101) })
    #expect(isWellFormed(try SquareDistances(points: points, workers: 2), matrix))
    let empty = try SquareDistances(count: n)
    let isBounded = (0..<n).allSatisfy { unsafe empty.base[$0 * empty.stride + $0] == .infinity }
    #expect(isBounded)
  }

  @Test func `rows lie apart in the cache`() {
    #expect(
      [0, 1, 16, 17, 512, 1010, 1024, 5640].map(SquareDistances.stride(count:)) == [
        0, 16, 16, 32, 528, 1040, 1040, 5648,
      ])
  }

  @Test func `minus zero is zero`() throws {
    var matrix = line(3)
    matrix[0, 2] = -0.0
    matrix[2, 0] = 0
    let distances = try SquareDistances(matrix: matrix, workers: 1)
    #expect(distances[0, 2].sign == .plus)
  }

  @Test func `what is wrong with a matrix is named with its place and values`() {
    #expect(message(Matrix(rows: 2, columns: 3)).contains("2 rows and 3 columns"))
    for (bad, n) in [(Float.nan, 3), (-.infinity, 300), (-1, 300)] {
      var matrix = line(n)
      matrix[1, 2] = bad
      matrix[2, 1] = bad
      #expect(message(matrix).hasPrefix("row 1, column 2 of the distances is \(bad) "))
      #expect(message(matrix).contains("inf stands for a pair without one"))
    }
    for n in [5, 300] {
      var matrix = line(n)
      matrix[n - 1, n - 1] = 1
      #expect(message(matrix).hasPrefix("row \(n - 1), column \(n - 1) of the distances is 1.0 "))
      matrix = line(n)
      matrix[n - 1, 2] = 0.5
      #expect(
        message(matrix).hasPrefix(
          "row \(n - 1), column 2 of the distances is 0.5 and row 2, column \(n - 1) is "
            + "\(line(n)[2, n - 1]) "))
    }
    let error = #expect(throws: TopologyError.self) {
      try SquareDistances(lowerTriangle: [1, 2, -3], count: 3, workers: 1)
    }
    #expect(error?.description.hasPrefix("row 2, column 1 of the distances is -3.0") == true)
  }

  @Test func `the error of a row reader comes out`() {
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try unsafe SquareDistances(count: 100, workers: 2) { _, _, _ in throw Broken() }
    }
  }

  @Test func `cancelling ends it`() {
    let control = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try SquareDistances(points: Matrix<Double>(rows: 9, columns: 2), workers: 2, control: control)
    }
    #expect(throws: CancellationError.self) {
      try SquareDistances(matrix: line(9), workers: 2, control: control)
    }
  }

  @Test func `the enclosing radius is the least of the largest distances`() throws {
    // On a line at 0, 1, 5: from 1 all are within 4.
    let points = Matrix<Double>([[0], [1], [5]])
    let distances = try SquareDistances(points: points, workers: 1)
    #expect(distances.enclosingRadius(workers: 2) == 4)
    #expect(
      try SquareDistances(lowerTriangle: [1, 5, 4], count: 3, workers: 1)
        .enclosingRadius(workers: 1) == 4)
    let cloud = try SquareDistances(points: MetricTests.cloud(700, 20), workers: 2)
    let expected = (0..<700).map { i in (0..<700).map { cloud[i, $0] }.max() ?? 0 }.min()
    #expect(cloud.enclosingRadius(workers: 2) == expected)
    let copy = try SquareDistances(
      lowerTriangle: (0..<700).flatMap { i in (0..<i).map { cloud[i, $0] } }, count: 700,
      workers: 2)
    #expect(copy.enclosingRadius(workers: 2) == expected)
  }

  @Test func `the median is the middle, or the mean of the two middle ones`() throws {
    func median(_ lower: [Float], _ n: Int) throws -> Double? {
      try SquareDistances(lowerTriangle: lower, count: n, workers: 2).median(workers: 2)
    }
    #expect(try median([], 1) == nil)
    #expect(try median([3], 2) == 3)
    #expect(try median([5, 1, 2], 3) == 2)
    #expect(try median([5, 1, 2, 4, 0, 9], 4) == 3)
    #expect(try median([1, 1, 1, 1, 1, 2], 4) == 1)
    let least = Float.leastNonzeroMagnitude
    #expect(try median([0, 0, 0, least, 2e38, 3e38], 4) == Double(least) / 2)
    for n in [301, 302, 303] {
      let cloud = try SquareDistances(points: MetricTests.cloud(n, 3), workers: 2)
      let sorted = (0..<n).flatMap { i in (0..<i).map { Double(cloud[i, $0]) } }.sorted()
      let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      #expect(cloud.median(workers: 2) == middle)
    }
  }

  @Test func `the largest difference of two matrices`() throws {
    let (a, b) = ([Float](arrayLiteral: 1, 5, 4), [Float](arrayLiteral: 1.5, 5, 4.25))
    let first = try SquareDistances(lowerTriangle: a, count: 3, workers: 1)
    let second = try SquareDistances(lowerTriangle: b, count: 3, workers: 1)
    #expect(first.largestDifference(from: second) == 0.5)
    #expect(first.largestDifference(from: first) == 0)
    var matrix = line(300)
    let given = try SquareDistances(matrix: matrix, workers: 1)
    matrix[299, 298] += 7
    matrix[298, 299] += 7
    #expect(try given.largestDifference(from: SquareDistances(matrix: matrix, workers: 1)) == 7)
  }

  @Test func `a restriction keeps the distances of its points`() throws {
    let distances = try SquareDistances(matrix: line(40), workers: 1)
    let rows = [7, 3, 39, 3]
    let part = try distances.restricted(to: rows)
    for i in rows.indices {
      for j in rows.indices { #expect(part[i, j] == distances[rows[i], rows[j]]) }
    }
  }

  @Test func `what cannot fit is refused before anything is taken`() {
    #expect(SquareDistances.bytes(count: 100_000) == 100_000 * 100_000 * 4)
    #expect(SquareDistances.bytes(count: .max) == .max)
    // 16 TiB for the distances of 16 MiB of points.
    let error = #expect(throws: TopologyError.self) {
      try SquareDistances(points: Matrix<Float>(rows: 1 << 21, columns: 2), workers: 1)
    }
    guard case .tooLarge(let what, let needed, _, let advice) = error else {
      Issue.record("expected tooLarge")
      return
    }
    #expect(what == "a distance matrix of 2097152 points")
    #expect(needed == SquareDistances.bytes(count: 1 << 21))
    #expect(advice.contains("threshold") && advice.contains("landmarks"))
  }

  @Test func `the Hausdorff distance of places on a line by hand`() throws {
    let places: [Float] = [0, 1, 3, 7]
    let distances = try SquareDistances(
      matrix: Matrix(places.map { a in places.map { abs(a - $0) } }), workers: 1)
    #expect(distances.diameter == 7)
    #expect(distances.hausdorffDistance(of: [0, 2]) == 4)
    #expect(distances.hausdorffDistance(of: [3]) == 7)
    #expect(distances.hausdorffDistance(of: [0, 1, 2, 3]) == 0)
  }
}
