import Foundation
import LinearAlgebra
import Testing
import TopologyFixtures

@testable import Topology

/// Metrics that are a matrix of a whole cloud, two of them made here.
struct WholeCloudMetricTests {
  /// A matrix from the distance of two rows.
  private static func matrix(
    _ points: Matrix<Double>, _ distance: (ArraySlice<Double>, ArraySlice<Double>) -> Double
  ) -> Matrix<Double> {
    let n = points.rows
    return Matrix(
      rows: n, columns: n,
      values: (0..<n * n).map { distance(points.row($0 / n), points.row($0 % n)) })
  }

  /// What the kernel computes, at once.
  private static let euclidean = Metric(
    name: "whole-euclidean", words: "the length of the difference", isMetric: true,
    displacementBound: Metric.triangleBound,
    computation: .wholeCloud { points, _, control in
      if control.isCancelled() { throw CancellationError() }
      return matrix(points) { Metric.euclidean.definition($0, $1) }
    })

  /// Squared lengths over their mean: other points change the distance of two, and the triangle
  /// inequality fails.
  private static let relative = Metric(
    name: "relative", words: "the squared length over the cloud's mean", isMetric: false,
    displacementBound: nil,
    computation: .wholeCloud { points, _, _ in
      var squares = matrix(points) { x, y in
        zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let mean = squares.values.reduce(0, +) / Double(max(squares.values.count, 1))
      for index in squares.values.indices { squares.values[index] /= mean }
      return squares
    })

  /// A metric that gives that matrix, whatever the points.
  private static func constant(
    _ rows: [[Double]], directionsFrom origin: Metric.Origin? = nil
  ) -> Metric {
    Metric(
      name: "constant", words: "as it was given", directionsFrom: origin,
      isMetric: true, displacementBound: nil,
      computation: .wholeCloud { _, _, _ in Matrix(rows) })
  }

  private static func areEqual(_ a: SquareDistances, _ b: SquareDistances) -> Bool {
    a.count == b.count
      && (0..<a.count).allSatisfy { i in (0..<a.count).allSatisfy { a[i, $0] == b[i, $0] } }
  }

  @Test func `distances are the kernel's`() throws {
    for rows in [0, 1, 2, 300] {
      let points = MetricTests.cloud(rows, 3)
      let whole = try SquareDistances(points: points, metric: Self.euclidean, workers: 2)
      let pairs = try SquareDistances(points: points, workers: 2)
      #expect(Self.areEqual(whole, pairs))
      #expect(whole.enclosingRadius(workers: 1) == pairs.enclosingRadius(workers: 1))
      let single = points.converted(to: Float.self)
      #expect(
        Self.areEqual(
          try SquareDistances(points: single, metric: Self.euclidean, workers: 1),
          try SquareDistances(points: single, workers: 1)))
      let ranked = try RankedDistances(points: points, metric: Self.euclidean, workers: 2)
      #expect(ranked.values == (try RankedDistances(points: points, workers: 2)).values)
      #expect(
        try Self.euclidean.matrix(of: points, workers: 1).rows == rows)
      for threshold in [Float(0), 0.5, 9] {
        #expect(
          try SparseDistances(
            points: points, metric: Self.euclidean, threshold: threshold, workers: 2)
            == SparseDistances(points: points, threshold: threshold, workers: 2))
      }
    }
    #expect(throws: TopologyError.self) {
      try SparseDistances(
        points: MetricTests.cloud(3, 1), metric: Self.euclidean, threshold: .infinity, workers: 1)
    }
  }

  @Test func `landmarks are the kernel's, with their bound`() throws {
    let points = MetricTests.cloud(400, 3).converted(to: Float.self)
    let whole = try Landmarks(points: points, metric: Self.euclidean, count: 20, workers: 2)
    #expect(try whole == Landmarks(points: points, count: 20, workers: 2))
    let chosen = Array(whole.indices.reversed())
    #expect(
      try Landmarks(
        points: points, metric: Self.euclidean, count: 20, beginning: chosen, workers: 2)
        == Landmarks(points: points, metric: .euclidean, count: 20, beginning: chosen, workers: 2))
    for metric in [Metric.euclidean, Self.euclidean] {
      #expect(
        Self.areEqual(
          try whole.distances(of: points, metric: metric, workers: 2),
          try SquareDistances(points: points.selectingRows(whole.indices), workers: 2)))
    }
  }

  @Test
  func `landmarks without a bound are certified by the distances that their matching changes`()
    throws
  {
    // 0, 1, 4 and their squares over 52 / 9, moved to 0, 0, 4 by landmarks 0 and 4.
    let line = Matrix<Float>([[0], [1], [4]])
    let mean = 52.0 / 9
    let landmarks = try Landmarks(points: line, metric: Self.relative, count: 2, workers: 1)
    #expect(landmarks.indices == [0, 2])
    #expect(landmarks.coveringRadius == Float(1 / mean))
    #expect(abs(landmarks.certifiedError - (16 - 9) / mean) < 1e-6)
    let kept = try landmarks.distances(of: line, metric: Self.relative, workers: 1)
    #expect(kept.count == 2 && kept[0, 1] == Float(16 / mean))  // not of two points alone: 2
    #expect(
      try Landmarks(points: line, metric: Self.relative, count: 3, workers: 1).certifiedError == 0)
  }

  @Test(arguments: [5, 20])
  func `the diagrams of landmarks and of all are within the certificate`(count: Int) throws {
    let points = MetricTests.cloud(60, 2).converted(to: Float.self)
    let landmarks = try Landmarks(points: points, metric: Self.relative, count: count, workers: 1)
    let rips = VietorisRips(maximumDimension: 1)
    let all = try rips.persistence(
      of: .dense(SquareDistances(points: points, metric: Self.relative, workers: 1)), workers: 1)
    let some = try rips.persistence(
      of: .dense(landmarks.distances(of: points, metric: Self.relative, workers: 1)), workers: 1)
    for dimension in 0...1 {
      let distance = try DiagramMetric.bottleneck.matching(
        all.diagram.bars(dimension: dimension), some.diagram.bars(dimension: dimension))
      #expect(distance.distance <= landmarks.certifiedError + 1e-6)
    }
    #expect(landmarks.certifiedError < Double.infinity)
  }

  @Test func `points and matrices that cannot be are refused`() {
    func message(_ metric: Metric, _ points: Matrix<Double>) -> String {
      let error = #expect(throws: TopologyError.self) {
        try SquareDistances(points: points, metric: metric, workers: 1)
      }
      return error.map(\.description) ?? ""
    }
    let two = Matrix<Double>([[1, 2], [0, 0]])
    #expect(
      message(Self.euclidean, Matrix([[1, .nan], [0, 0]])).hasPrefix("point 0 has nan in column 1"))
    let directions = Self.constant([[0, 1], [1, 0]], directionsFrom: .zero)
    #expect(message(directions, two).hasPrefix("point 1 (rows count from 0) is all zeros"))
    for (rows, words) in [
      ([[0, 1], [2, 0]], "must be symmetric"), ([[0, -1], [-1, 0]], "is -1.0"),
      ([[1, 1], [1, 0]], "diagonal must be 0"), ([[0, 1e300], [1e300, 0]], "is inf"),
      ([[0, .nan], [.nan, 0]], "is nan"),
    ] as [([[Double]], String)] {
      #expect(message(Self.constant(rows), two).contains(words))
    }
  }

  @Test func `directions are seen as unit vectors`() throws {
    let unit = Metric(
      name: "unit", words: "the chord", directionsFrom: .zero, isMetric: true,
      displacementBound: Metric.triangleBound,
      computation: .wholeCloud { points, _, _ in
        Self.matrix(points) { Metric.euclidean.definition($0, $1) }
      })
    let distances = try SquareDistances(
      points: Matrix<Float>([[5, 0], [0, 0.5], [-2, 0]]), metric: unit, workers: 1)
    #expect(distances[0, 1] == Float(2.0.squareRoot()) && distances[0, 2] == 2)
  }

  @Test func `a computation can be stopped`() {
    let stop = ComputationControl(isCancelled: { true })
    let points = MetricTests.cloud(5, 2)
    #expect(throws: CancellationError.self) {
      try SquareDistances(points: points, metric: Self.euclidean, workers: 1, control: stop)
    }
    #expect(throws: CancellationError.self) {
      try Landmarks(
        points: points, metric: Self.euclidean, count: 2, workers: 1, control: stop)
    }
  }
}
