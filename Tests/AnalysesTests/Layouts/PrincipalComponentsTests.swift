import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct PrincipalComponentsTests {
  @Test func `the axes of a cross by hand`() throws {
    // Mean (1, 2); along x ±3, along y ±1: variances 2·9/3 and 2·1/3.
    let points = Matrix<Float>([[4, 2], [-2, 2], [1, 3], [1, 1]])
    let found = try PrincipalComponents(of: points, count: 2)
    #expect(found.mean == [1, 2])
    #expect(found.components == Matrix([[1, 0], [0, 1]]))
    #expect(abs(found.explainedVariances[0] - 6) < 1e-12)
    #expect(abs(found.explainedVariances[1] - 2.0 / 3) < 1e-12)
    #expect(abs(found.totalVariance - 20.0 / 3) < 1e-12)
    #expect(try found.project(points) == Matrix([[3, 0], [-3, 0], [0, 1], [0, -1]]))
  }

  @Test(arguments: [(700, 20), (20, 700), (30, 30)])
  func `singular value decomposition gives the same`(shape: (Int, Int)) throws {
    let (n, d) = shape
    var points = Matrix<Double>.gaussian(n, d).converted(to: Float.self)
    for i in 0..<n {
      for j in 0..<d { points[i, j] = 100 + points[i, j] / Float(j + 1) }
      points[i, d - 1] = 7  // a constant column
    }
    let found = try PrincipalComponents(of: points, count: 3)
    var centered = points.converted(to: Double.self)
    for i in 0..<n {
      for j in 0..<d { centered[i, j] -= found.mean[j] }
    }
    let expected = try centered.singularValueDecomposition()
    for c in 0..<3 {
      let variance = expected.values[c] * expected.values[c] / Double(n - 1)
      #expect(abs(found.explainedVariances[c] / variance - 1) < 1e-10)
      let product = (0..<d).reduce(0) {
        $0 + found.components[c, $1] * expected.rightVectorsTransposed[c, $1]
      }
      #expect(abs(abs(product) - 1) < 1e-10)
      let row = found.components.row(c)
      #expect(row.max { abs($0) < abs($1) } ?? 0 > 0)
      let projected = try found.project(points)
      for i in 0..<n {
        let length = expected.leftVectors[i, c] * expected.values[c] * (product > 0 ? 1 : -1)
        #expect(abs(Double(projected[i, c]) - length) < 1e-5)
      }
    }
  }

  @Test(arguments: [3, 6])
  func `points on a line have a second direction without variance`(columns: Int) throws {
    var points = Matrix<Float>(rows: 4, columns: columns)
    for i in 0..<4 { points[i, 1] = Float(i) }
    let found = try PrincipalComponents(of: points, count: 2)
    #expect(found.explainedVariances[1] == 0)
    #expect(found.components.row(0).enumerated().allSatisfy { $1 == ($0 == 1 ? 1 : 0) })
    let length = found.components.row(1).reduce(0) { $0 + $1 * $1 }
    #expect(abs(length - 1) < 1e-14)
    #expect(abs(found.components[1, 1]) < 1e-14)
    #expect(try found.project(points).values.allSatisfy(\.isFinite))
  }

  @Test func `what has no components is refused`() throws {
    let equal = Matrix<Float>(rows: 9, columns: 3, values: Array(repeating: 0.1, count: 27))
    #expect(throws: AnalysisError.self) { try PrincipalComponents(of: equal, count: 1) }
    var points = Matrix<Double>.gaussian(9, 3).converted(to: Float.self)
    for count in [0, 4] {
      #expect(throws: AnalysisError.self) { try PrincipalComponents(of: points, count: count) }
    }
    #expect(throws: AnalysisError.self) {
      try PrincipalComponents(of: points.selectingRows([0]), count: 1)
    }
    let found = try PrincipalComponents(of: points, count: 1)
    #expect(throws: AnalysisError.self) { try found.project(Matrix(rows: 1, columns: 2)) }
    points[7, 1] = .nan
    let fault = LinearAlgebraError.notFinite(row: 7, column: 1, value: "nan")
    #expect(throws: fault) { try PrincipalComponents(of: points, count: 1) }
    #expect(throws: fault) { try found.project(points) }
    let stop = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try PrincipalComponents(of: Matrix([[0, 1], [1, 0], [1, 1]]), count: 1, control: stop)
    }
  }

  @Test func `any number of threads gives the same bytes`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let points = Matrix<Double>.gaussian(3000, 40).converted(to: Float.self)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      let found = try PrincipalComponents(of: points, count: 2)
      return try (found.components, found.explainedVariances, found.project(points))
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
  }
}
