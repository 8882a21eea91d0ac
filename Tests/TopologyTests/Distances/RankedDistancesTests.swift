import LinearAlgebra
import Testing
import TopologyFixtures

@testable import Topology

struct RankedDistancesTests {
  @Test func `distances that float32 rounds together keep their order`() throws {
    let step = 1e-12
    let points = Matrix<Double>([[0], [1], [2 + step], [2 + step]])
    let ranked = try RankedDistances(points: points, workers: 2)
    #expect(ranked.values.count == 4)
    #expect(ranked.values[0] == 0)
    #expect(ranked.values[1] == 1)
    let short = ranked.distances[1, 0]
    let long = ranked.distances[2, 1]
    #expect(short < long)
    #expect(ranked.distances[3, 2] == 0)
    #expect(ranked.distances[3, 2].sign == .plus)
    #expect(ranked.decoded(short) == 1)
    #expect(ranked.decoded(long) == 2 + step - 1)
    #expect(ranked.decoded(.infinity) == .infinity)
    #expect(ranked[3, 0] == 2 + step)
  }

  @Test func `a threshold lets in what is not above it`() throws {
    let ranked = try RankedDistances(
      matrix: Matrix([[0, 0.1, 0.3], [0.1, 0, 0.2], [0.3, 0.2, 0]]), workers: 1)
    func kept(_ threshold: Double) -> Int {
      let limit = ranked.encoded(threshold: threshold)
      return [(0, 1), (1, 2), (0, 2)].count { ranked.distances[$0.0, $0.1] <= limit }
    }
    #expect(
      [0, 0.1.nextDown, 0.1, 0.25, 0.3.nextDown, 0.3, 9, .infinity].map(kept) == [
        0, 0, 1, 2, 2, 3, 3, 3,
      ])
  }

  @Test(arguments: Metric.all)
  func `values are the plain sums and ranks have their order`(metric: Metric) throws {
    for (rows, columns) in [(300, 3), (270, 30)] {
      let points = MetricTests.cloud(rows, columns)
      let ranked = try RankedDistances(points: points, metric: metric, workers: 2)
      let single = try SquareDistances(points: points, metric: metric, workers: 2)
      var areRight = true
      for i in 0..<rows {
        for j in 0..<i {
          let expected = metric.definition(points.row(i), points.row(j))
          areRight = areRight && abs(ranked[i, j] - expected) <= 1e-14 * expected
          areRight = areRight && abs(Double(single[i, j]) - expected) <= 1e-7 * expected
          areRight = areRight && ranked.distances[i, j] == ranked.distances[j, i]
        }
      }
      #expect(areRight)
      #expect(ranked.values == Array(Set(ranked.values)).sorted())
    }
  }

  @Test func `faults are those of a float32 matrix`() {
    for (matrix, words) in [
      (Matrix<Double>([[0, 1]]), "must be square"),
      (Matrix([[0, -1], [-1, 0]]), "row 1, column 0 of the distances is -1.0"),
      (Matrix([[0, .nan], [1, 0]]), "row 0, column 1 of the distances is nan"),
      (Matrix([[0, 1], [1, 2]]), "row 1, column 1 of the distances is 2.0"),
      (Matrix([[0, 1], [1 + 1e-15, 0]]), "must be symmetric"),
    ] {
      let error = #expect(throws: TopologyError.self) {
        try RankedDistances(matrix: matrix, workers: 1)
      }
      #expect(error?.description.contains(words) == true)
    }
    #expect(throws: TopologyError.self) {
      try RankedDistances(points: Matrix([[1e308], [-1e308]]), workers: 1)
    }
    for n in [0, 1] {
      let one = try? RankedDistances(points: Matrix<Double>(rows: n, columns: 2), workers: 1)
      #expect(one?.values == [0])
    }
  }
}
