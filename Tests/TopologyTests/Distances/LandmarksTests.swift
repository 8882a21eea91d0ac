import LinearAlgebra
import Testing

@testable import Topology

struct LandmarksTests {
  @Test func `the farthest point comes next, of several the first`() throws {
    // 0, 10, then 5 and 4 as far from both as 5 and 4 are.
    let points = Matrix<Double>([[0], [4], [5], [10]])
    let distances = try SquareDistances(points: points, workers: 1)
    for (count, indices, radius) in [
      (1, [0], Float(10)), (2, [0, 3], 5), (3, [0, 3, 2], 1), (4, [0, 3, 2, 1], 0),
    ] {
      let chosen = try Landmarks(distances, count: count)
      #expect(chosen.indices == indices)
      #expect(chosen.coveringRadius == radius)
      #expect(chosen.certifiedError == 2 * Double(radius))
      #expect(try Landmarks(points: points, count: count, workers: 2) == chosen)
    }
    #expect(try Landmarks(distances, count: 2, beginning: [1]).indices == [1, 3])
    #expect(
      try Landmarks(points: Matrix<Double>([[0], [1], [-1]]), count: 2, workers: 1).indices == [
        0, 1,
      ])
  }

  @Test func `several points can be the first`() throws {
    let points = Matrix<Double>([[0], [4], [5], [10]])
    let distances = try SquareDistances(points: points, workers: 1)
    let given = try Landmarks(distances, count: 2, beginning: [2, 1])
    #expect(given.indices == [2, 1] && given.coveringRadius == 5)
    let more = try Landmarks(points: points, count: 3, beginning: [2, 1], workers: 1)
    #expect(more.indices == [2, 1, 3] && more.coveringRadius == 4)
  }

  @Test func `points that coincide are chosen once each`() throws {
    let chosen = try Landmarks(points: Matrix<Float>(rows: 5, columns: 2), count: 5, workers: 2)
    #expect(chosen.indices == [0, 1, 2, 3, 4])
    #expect(chosen.coveringRadius == 0)
    let some = try Landmarks(
      points: Matrix<Float>(rows: 5, columns: 2), count: 2, beginning: [3], workers: 1)
    #expect(some.indices == [3, 0])
  }

  @Test(arguments: Metric.all)
  func `with and without the square matrix, and by the definition`(metric: Metric) throws {
    let points = MetricTests.cloud(1100, 3)
    let distances = try SquareDistances(points: points, metric: metric, workers: 2)
    let chosen = try Landmarks(distances, count: 25, beginning: [7])
    let direct = try Landmarks(
      points: points, metric: metric, count: 25, beginning: [7], workers: 2)
    #expect(direct.indices == chosen.indices)
    #expect(direct.coveringRadius == chosen.coveringRadius)
    func nearest(_ j: Int, _ landmarks: ArraySlice<Int>) -> Float {
      landmarks.map { distances[$0, j] }.min() ?? .infinity
    }
    for k in 1..<25 {
      let before = chosen.indices[..<k]
      let radius = (0..<1100).map { nearest($0, before) }.max()
      #expect(nearest(chosen.indices[k], before) == radius)
    }
    #expect(chosen.coveringRadius == (0..<1100).map { nearest($0, chosen.indices[...]) }.max())
    let bound = Double(chosen.coveringRadius)
    #expect(
      direct.certifiedError
        == (metric.isMetric ? 2 * bound : min(4 * (2 * bound).squareRoot(), 2)))
    // What the matching itself changes is never more, up to the rounding of the distances.
    let distortion = distances.distortion(movingTo: chosen.indices)
    #expect(distortion > 0 && distortion <= direct.certifiedError + 1e-6)
  }

  @Test func `numbers out of range are refused`() throws {
    let distances = try SquareDistances(lowerTriangle: [1, 1, 1], count: 3, workers: 1)
    for (count, first) in [
      (0, [0]), (4, [0]), (-1, [0]), (1, [3]), (1, [-1]), (1, []), (1, [0, 1]), (3, [0, 3]),
    ] as [(Int, [Int])] {
      let error = #expect(throws: TopologyError.self) {
        try Landmarks(distances, count: count, beginning: first)
      }
      #expect(error?.description.contains("expected 1 to 3 landmarks") == true)
    }
    let none = Matrix<Double>(rows: 0, columns: 2)
    #expect(throws: TopologyError.self) { try Landmarks(points: none, count: 1, workers: 1) }
    let far = Matrix<Double>([[0], [1e300]])
    #expect(throws: SquareDistances.beyondSinglePrecision(0, 1)) {
      try Landmarks(points: far, count: 1, workers: 1)
    }
  }
}
