import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct SilhouetteTests {
  @Test func `three points on a line by hand`() throws {
    // 0: a = 1, b = 5. 1: a = 1, b = 4. The third is alone in its class and counts 0.
    let points = Matrix<Float>([[0], [1], [5]])
    #expect(
      try silhouettes(of: points, classes: [4, 4, 2], metric: .euclidean) == [0.8, 0.75, 0])
    let mean = try silhouette(of: points, classes: [4, 4, 2], metric: .euclidean)
    #expect(abs(mean - 1.55 / 3) < 1e-15)
  }

  @Test func `the nearest other class counts, by its mean distance`() throws {
    // Class 0 at 0 and 2; class 1 at 5 and 9, mean distance 7 from 0; class 2 at −6 alone.
    let points = Matrix<Float>([[0], [5], [2], [-6], [9]])
    let found = try silhouettes(of: points, classes: [0, 1, 0, 2, 1], metric: .euclidean)
    #expect(abs(found[0] - (6 - 2) / 6.0) < 1e-15)  // class 2 is nearer
    #expect(abs(found[2] - (5 - 2) / 5.0) < 1e-15)  // class 1, 3 and 7 away
    #expect(abs(found[1] - (4 - 4) / 4.0) < 1e-15)
    #expect(found[3] == 0)
  }

  @Test func `the wrong class is negative`() throws {
    // 0 with 10, among 1 and 2 of the other class: a = 10, b = 1.5.
    let points = Matrix<Float>([[0], [10], [1], [2]])
    let found = try silhouettes(of: points, classes: [0, 0, 1, 1], metric: .euclidean)
    #expect(abs(found[0] + 0.85) < 1e-15)
  }

  @Test func `the cosine looks at directions by hand`() throws {
    // East twice, north twice: 0 inside, 1 outside.
    let points = Matrix<Float>([[1, 0], [7, 0], [0, 2], [0, 1]])
    #expect(try silhouettes(of: points, classes: [0, 0, 1, 1], metric: .cosine) == [1, 1, 1, 1])
    // West and north belong together, 1 apart; north and east are as far: 0 for north.
    let turned = Matrix<Float>([[-1, 0], [0, 3], [2, 0], [4, 0]])
    let found = try silhouettes(of: turned, classes: [0, 0, 1, 1], metric: .cosine)
    #expect(found[0] == 0.5 && found[1] == 0)  // a = 1, b = 2; a = b = 1
  }

  @Test func `points in one place count 0`() throws {
    let points = Matrix<Float>(rows: 4, columns: 2)
    #expect(try silhouette(of: points, classes: [0, 0, 1, 1], metric: .euclidean) == 0)
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    let example = try #require(try GeometryCases.list("silhouette").first)
    let (points, classes) = (example.matrix("X"), example.integers("labels"))
    let expected = example.numbers("samples_euclidean")
    let found = try silhouettes(of: points, classes: classes, metric: .euclidean)
    #expect(found.count == 21 && expected.count == 21)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    for metric in [Metric.euclidean, .cosine] {
      let mean = try silhouette(of: points, classes: classes, metric: metric)
      #expect(abs(mean - example.number(metric.name)) < 1e-6)
    }
  }

  @Test func `what has no silhouette is refused`() {
    let points = Matrix<Float>([[0, 1], [1, 0], [5, 0]])
    func refused(_ classes: [Int]) {
      #expect(throws: AnalysisError.self) {
        try silhouette(of: points, classes: classes, metric: .euclidean)
      }
    }
    refused([0, 0, 0])
    refused([0, 1, 2])
    #expect(throws: AnalysisError.classCountMismatch(rows: 3, classes: 2)) {
      try silhouette(of: points, classes: [0, 1], metric: .euclidean)
    }
    #expect(throws: AnalysisError.self) {
      try silhouette(of: Matrix([[0, 0], [1, 0], [5, 0]]), classes: [0, 0, 1], metric: .cosine)
    }
    #expect(throws: AnalysisError.self) {
      try silhouette(of: points, classes: [0, 0, 1], metric: .cityblock)
    }
    for metric in Metric.ofNeighbors {
      #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0, value: "nan")) {
        try silhouette(
          of: Matrix([[0, 1], [.nan, 0], [5, 0]]), classes: [0, 0, 1], metric: metric)
      }
    }
  }
}
