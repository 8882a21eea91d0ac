import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct RepresentationTests {
  @Test func `three points by hand`() throws {
    // The mean is (3, 2): centred (−2, −2), (0, 2), (2, 0). XᵀX = [[8, 4], [4, 8]], ‖XᵀX‖² = 160.
    let points = try Representation(Matrix([[1, 0], [3, 4], [5, 2]]))
    #expect(points.sampleCount == 3 && points.columnCount == 2)
    #expect(points.squares == [8, 4, 4] && points.square == 16)
    #expect(abs(points.ownSimilarity - 160.0 / 256) < 1e-15)
    // Centred −3, 0, 3: XᵀY = (12, 6); 180 / (16 · 18).
    let other = try Representation(Matrix([[0], [3], [6]]))
    #expect(try points.products(with: other) == Matrix([[12], [6]]))
    #expect(abs(try points.similarity(to: other) - 180.0 / 288) < 1e-15)
    #expect(abs(try other.similarity(to: points) - 180.0 / 288) < 1e-15)
  }

  @Test(arguments: [2, 255, 256, 257, 5000])
  func `blocks add up to the product of all rows`(n: Int) throws {
    let a = Matrix<Double>.gaussian(n, 3, seed: 1).converted(to: Float.self)
    let b = Matrix<Double>.gaussian(n, 5, seed: 2).converted(to: Float.self)
    let (x, y) = (try Representation(a), try Representation(b))
    let found = try x.products(with: y)
    for i in 0..<3 {
      for j in 0..<5 {
        // Σ (a − mean a) b, which is the covariance without a second mean.
        let mean = (0..<n).reduce(0.0) { $0 + Double(a[$1, i]) } / Double(n)
        let sum = (0..<n).reduce(0.0) { $0 + (Double(a[$1, i]) - mean) * Double(b[$1, j]) }
        #expect(abs(found[i, j] - sum) < 1e-12 * Double(n))
      }
    }
  }

  @Test func `a distance from the origin costs no digits`() throws {
    let near = Matrix<Float>([[0, 1], [2, 0], [4, 5]])
    let far = Matrix<Float>(rows: 3, columns: 2, values: near.values.map { $0 + 0x1p20 })
    #expect(try Representation(far).squares == Representation(near).squares)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `an element that is not finite is refused with its place`(value: Float) {
    var points = Matrix<Double>.gaussian(700, 3).converted(to: Float.self)
    points[513, 2] = value
    #expect(throws: LinearAlgebraError.notFinite(row: 513, column: 2, value: "\(value)")) {
      try Representation(points)
    }
  }

  @Test func `rows without a spread are refused`() {
    let shapes = [
      Matrix<Float>(rows: 0, columns: 3), Matrix(rows: 3, columns: 0), Matrix([[1, 2]]),
      Matrix(rows: 9, columns: 3, values: Array(repeating: 0.1, count: 27)),
    ]
    for shape in shapes {
      #expect(throws: AnalysisError.self) { try Representation(shape) }
    }
  }
}
