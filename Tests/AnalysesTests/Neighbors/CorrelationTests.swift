import AnalysesFixtures
import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct CorrelationTests {
  /// Rows whose coordinates differ little from a number that is far from 0.
  private func far(_ rows: Int, _ columns: Int) -> Matrix<Float> {
    let noise = Matrix<Double>.gaussian(rows, columns, seed: 31).values
    return Matrix(
      rows: rows, columns: columns,
      values: noise.enumerated().map { Float(Double($0 / columns % 5 - 2) * 1000 + $1 / 100) })
  }

  @Test func `by hand`() throws {
    // Up, steeply up, down, and a peak.
    let points = Matrix<Float>([[1, 2, 3], [0, 8, 16], [9, 8, 7], [0, 5, 0]])
    let found = try NearestNeighbors(of: points, count: 3, metric: .correlation)
    #expect(found.indices[..<6] == [1, 3, 2, 0, 3, 2])
    #expect(zip(found.distances, [0, 1, 2]).allSatisfy { abs($0 - $1) < 1e-7 })
    let tree = try Dendrogram(singleLinkageOf: points, metric: .correlation)
    #expect(zip(tree.merges, [0, 1, 1]).allSatisfy { abs($0.height - $1) < 1e-12 })
  }

  @Test(arguments: [8, 24])
  func `neighbours are those of all pairs in float64, also far from the origin`(
    columns: Int
  ) throws {
    for points in [
      Matrix<Double>.gaussian(620, columns, seed: 30).converted(to: Float.self), far(620, columns),
    ] {
      let found = try NearestNeighbors(of: points, count: 9, metric: .correlation)
      #expect(
        found.indices
          == PlainNeighbors.indices(of: points, among: points, count: 9, metric: .correlation))
      let rows = [3, 600, 77]
      let some = try NearestNeighbors(ofRows: rows, of: points, count: 9, metric: .correlation)
      for (place, row) in rows.enumerated() {
        #expect(some.indices[place * 9..<place * 9 + 9] == found.indices[row * 9..<row * 9 + 9])
      }
    }
  }

  @Test func `rows stretched and moved have the same neighbours and silhouette`() throws {
    let points = Matrix<Double>.gaussian(300, 12, seed: 32).converted(to: Float.self)
    var moved = points
    for i in 0..<300 {
      // Powers of two, and numbers that float32 adds with little rounding.
      for k in 0..<12 { moved[i, k] = moved[i, k] * Float(1 << (i % 9)) + Float(i % 7) / 4 }
    }
    let before = try NearestNeighbors(of: points, count: 5, metric: .correlation)
    let after = try NearestNeighbors(of: moved, count: 5, metric: .correlation)
    #expect(before.indices == after.indices)
    #expect(zip(before.distances, after.distances).allSatisfy { abs($0 - $1) < 1e-5 })
    let classes = (0..<300).map { $0 % 4 }
    let silhouettes = try [points, moved].map {
      try silhouette(of: $0, classes: classes, metric: .correlation)
    }
    #expect(abs(silhouettes[0] - silhouettes[1]) < 1e-5)
  }

  @Test func `a constant row is named, also one that rounding keeps from being it`() {
    let constant = Matrix<Float>([
      [1, 2, 3], [5, 1, 2], [0.7, Float(0.7).nextUp, 0.7], [1, 4, 1], [2, 0, 0],
    ])
    let layout = Matrix<Float>([[0, 1], [1, 0], [2, 2], [3, 1], [5, 5]])
    let message =
      "row 2 (counted from 0) is constant and has no direction, which the metric correlation "
      + "compares; leave it out, or use another metric"
    let classes = [0, 0, 1, 1, 1]
    #expect(throws: AnalysisError.invalid(message)) {
      try NearestNeighbors(of: constant, count: 1, metric: .correlation)
    }
    #expect(throws: AnalysisError.invalid(message)) {
      try NearestNeighbors.found(of: constant, count: 1, metric: .correlation, index: .approximate)
    }
    #expect(throws: AnalysisError.invalid(message)) {
      try Dendrogram(singleLinkageOf: constant, metric: .correlation)
    }
    #expect(throws: AnalysisError.invalid(message)) {
      try silhouette(of: constant, classes: classes, metric: .correlation)
    }
    #expect(throws: AnalysisError.invalid(message)) {
      try LayoutQuality(of: layout, original: constant, metric: .correlation, classes: nil)
    }
  }
}
