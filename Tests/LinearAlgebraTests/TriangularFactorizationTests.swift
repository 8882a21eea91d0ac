import Fixtures
import Testing

@testable import LinearAlgebra

struct TriangularFactorizationTests {
  private func gaussian(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    .gaussian(rows, columns, domain: "test/triangular")
  }

  @Test func `a row by hand`() throws {
    let factorization = try Matrix<Double>([[3, 4]]).triangularFactorization()
    let sign = factorization.lowerTriangle[0, 0] / 5
    #expect(abs(abs(sign) - 1) < 1e-15)
    let row = try factorization.orthonormalRows()
    #expect(abs(row[0, 0] * sign - 0.6) < 1e-15)
    #expect(abs(row[0, 1] * sign - 0.8) < 1e-15)
  }

  @Test(arguments: [(1, 1), (1, 9), (5, 5), (3, 7), (120, 512)])
  func `the factors are triangular and orthonormal and multiply to the matrix`(
    rows: Int, columns: Int
  ) throws {
    let matrix = gaussian(rows, columns)
    let factorization = try matrix.triangularFactorization()
    let (l, q) = (factorization.lowerTriangle, try factorization.orthonormalRows())
    #expect(l.rows == rows && l.columns == rows && q.rows == rows && q.columns == columns)
    for i in 0..<rows { #expect(l.row(i).dropFirst(i + 1).allSatisfy { $0 == 0 }) }
    var identity = Matrix<Double>(rows: rows, columns: rows)
    for i in 0..<rows { identity[i, i] = 1 }
    #expect(greatestDifference(q.timesTransposed(q), identity) < 1e-13)
    #expect(greatestDifference(l.times(q), matrix) < 1e-12)
    let coefficients = gaussian(4, rows)
    let combined = try factorization.combiningOrthonormalRows(coefficients)
    #expect(combined.rows == 4 && combined.columns == columns)
    #expect(greatestDifference(combined, coefficients.times(q)) < 1e-12)
  }

  @Test func `no rows have empty factors`() throws {
    let factorization = try Matrix<Double>(rows: 0, columns: 3).triangularFactorization()
    #expect(factorization.lowerTriangle.values.isEmpty)
    #expect(try factorization.orthonormalRows().columns == 3)
    let combined = try factorization.combiningOrthonormalRows(Matrix(rows: 2, columns: 0))
    #expect(combined == Matrix(rows: 2, columns: 3))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `an element that is not finite is refused by its place`(value: Double) {
    var matrix = gaussian(3, 5)
    matrix[1, 2] = value
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 2, value: "\(value)")) {
      try matrix.triangularFactorization()
    }
  }
}
