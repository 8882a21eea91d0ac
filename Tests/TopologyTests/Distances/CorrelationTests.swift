import LinearAlgebra
import Testing

@testable import Topology

struct CorrelationTests {
  @Test func `rising, falling and unrelated coordinates by hand`() throws {
    let points = Matrix<Double>([[1, 2, 3], [10, 20, 30], [3, 2, 1], [1, -2, 1], [0, 0, 1]])
    let distances = try SquareDistances(points: points, metric: .correlation, workers: 1)
    #expect(distances[0, 1] < 1e-30 && distances[0, 2] == 2)
    // (−1, 0, 1) and (1, −2, 1) are at right angles; with (−1, −1, 2) / 3 its cosine is 3 / √12.
    #expect(abs(distances[0, 3] - 1) < 1e-7)
    #expect(abs(Double(distances[0, 4]) - (1 - 3 / 12.0.squareRoot())) < 1e-7)
  }

  @Test func `SciPy's values`() throws {
    // scipy 1.17.1: scipy.spatial.distance.pdist(points, "correlation"), by pairs 01, 02, 03, 12, 13, 23.
    let points = Matrix<Double>([
      [0.5, -1.25, 3, 2, 7], [4, 4, 4, 4, 5], [1, 0, -2, 3, 0.125], [-7, 2, 6, 1, 1],
    ])
    let expected = [
      0.144109410439219, 1.1516014671456924, 0.7568344358576886, 1.0926261281641658,
      0.9526486276189622, 1.501463060137299,
    ]
    let ranked = try RankedDistances(points: points, metric: .correlation, workers: 1)
    let found = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)].map { ranked[$0.0, $0.1] }
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(found)")
  }

  @Test(arguments: [3, 40])
  func `points stretched and moved are where they were`(columns: Int) throws {
    let points = MetricTests.cloud(50, columns)
    var moved = points
    for i in 0..<50 {
      for k in 0..<columns { moved[i, k] = Double(i + 1) * moved[i, k] + Double(5 * i - 100) }
    }
    let before = try SquareDistances(points: points, metric: .correlation, workers: 1)
    let after = try SquareDistances(points: moved, metric: .correlation, workers: 1)
    #expect(before.largestDifference(from: after) < 1e-6)
  }

  @Test func `a constant point is named, also one that rounding keeps from being it`() {
    func message(_ compute: () throws -> Void) -> String {
      let error = #expect(throws: TopologyError.self, performing: compute)
      return error.map(\.description) ?? ""
    }
    let double = Matrix<Double>([[1, 2, 3], [5, 1, 2], [0.1 + 0.2, 0.3, 0.3]])
    let single = Matrix<Float>([[1, 2, 3], [5, 1, 2], [0.7, Float(0.7).nextUp, 0.7]])
    for text in [
      message { _ = try SquareDistances(points: double, metric: .correlation, workers: 1) },
      message { _ = try SquareDistances(points: single, metric: .correlation, workers: 1) },
      message { _ = try Landmarks(points: single, metric: .correlation, count: 1, workers: 1) },
    ] {
      #expect(
        text == "point 2 (rows count from 0) is constant and has no direction, which the metric "
          + "correlation compares; remove it or use another metric")
    }
  }
}
