import Fixtures
import Testing

@testable import LinearAlgebra

struct DecompositionsTests {
  private func gaussian(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    .gaussian(rows, columns, domain: "test/decompositions")
  }

  private func identity(_ count: Int) -> Matrix<Double> {
    var result = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count { result[i, i] = 1 }
    return result
  }

  @Test func `singular values by hand`() throws {
    // [[3, 0], [4, 5]] has A Aᵀ = [[9, 12], [12, 41]], eigenvalues 45 and 5.
    let values = try Matrix<Double>([[3, 0], [4, 5]]).singularValues()
    #expect(values.count == 2)
    #expect(abs(values[0] - 45.0.squareRoot()) < 1e-14)
    #expect(abs(values[1] - 5.0.squareRoot()) < 1e-14)
  }

  @Test func `a row vector by hand`() throws {
    let decomposition = try Matrix<Double>([[3, 4]]).singularValueDecomposition()
    #expect(abs(decomposition.values[0] - 5) < 1e-15)
    let sign = decomposition.leftVectors[0, 0]
    #expect(abs(sign) == 1)
    #expect(abs(decomposition.rightVectorsTransposed[0, 0] * sign - 0.6) < 1e-15)
    #expect(abs(decomposition.rightVectorsTransposed[0, 1] * sign - 0.8) < 1e-15)
  }

  @Test(arguments: [(1, 1), (5, 5), (3, 7), (7, 3), (1, 9), (9, 1), (120, 512), (600, 40)])
  func `the factors are orthonormal and multiply to the matrix`(
    rows: Int, columns: Int
  ) throws {
    let matrix = gaussian(rows, columns)
    let decomposition = try matrix.singularValueDecomposition()
    let (u, v) = (decomposition.leftVectors, decomposition.rightVectorsTransposed)
    let rank = min(rows, columns)
    #expect(u.rows == rows && u.columns == rank)
    #expect(v.rows == rank && v.columns == columns)
    #expect(greatestDifference(v.timesTransposed(v), identity(rank)) < 1e-13)
    let ut = u.transposed()
    #expect(greatestDifference(ut.timesTransposed(ut), identity(rank)) < 1e-13)
    var scaled = u
    for i in 0..<rows {
      for j in 0..<rank { scaled[i, j] *= decomposition.values[j] }
    }
    #expect(greatestDifference(scaled.times(v), matrix) < 1e-12)
    #expect(zip(decomposition.values, decomposition.values.dropFirst()).allSatisfy { $0 >= $1 })
    for (alone, value) in zip(try matrix.singularValues(), decomposition.values) {
      #expect(abs(alone - value) < 1e-12)
    }
  }

  @Test func `an empty matrix has no singular values`() throws {
    for matrix in [Matrix<Double>(rows: 0, columns: 3), Matrix<Double>(rows: 3, columns: 0)] {
      #expect(try matrix.singularValues() == [])
      let decomposition = try matrix.singularValueDecomposition()
      #expect(decomposition.values == [])
      #expect(decomposition.leftVectors.rows == matrix.rows)
      #expect(decomposition.rightVectorsTransposed.columns == matrix.columns)
    }
    #expect(
      try UpperBidiagonalMatrix(diagonal: [], superdiagonal: []).singularValues() == [])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `an element that is not finite is refused by its place`(value: Double) {
    var matrix = gaussian(4, 3)
    matrix[2, 1] = value
    let expected = LinearAlgebraError.notFinite(row: 2, column: 1, value: "\(value)")
    #expect(throws: expected) { try matrix.singularValues() }
    #expect(throws: expected) { try matrix.singularValueDecomposition() }
    #expect(expected.description.contains("row 2, column 1"))
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 1, value: "\(value)")) {
      try UpperBidiagonalMatrix(diagonal: [1, value], superdiagonal: [1]).singularValues()
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1, value: "\(value)")) {
      try UpperBidiagonalMatrix(diagonal: [1, 1], superdiagonal: [value]).singularValues()
    }
  }

  @Test func `values of extreme size are decomposed`() throws {
    for scale in [1e-300, 1e300] {
      let values = try Matrix<Double>([[3 * scale, 0], [4 * scale, 5 * scale]]).singularValues()
      #expect(abs(values[0] / scale - 45.0.squareRoot()) < 1e-13)
    }
  }

  @Test(arguments: [1, 2, 3, 10, 119])
  func `a bidiagonal matrix has the singular values of the dense one`(count: Int) throws {
    let elements = gaussian(2, count)
    let bidiagonal = UpperBidiagonalMatrix(
      diagonal: Array(elements.row(0)), superdiagonal: Array(elements.row(1).dropLast()))
    var dense = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count {
      dense[i, i] = elements[0, i]
      if i + 1 < count { dense[i, i + 1] = elements[1, i] }
    }
    for (a, b) in zip(try bidiagonal.singularValues(), try dense.singularValues()) {
      #expect(abs(a - b) < 1e-13)
    }
  }

  @Test func `the faults of LAPACK say what to do`() {
    let stopped = LinearAlgebraError.notConverged(
      routine: "dgesdd", rows: 3, columns: 4, failures: 2)
    #expect(stopped.description.contains("dgesdd did not converge on a 3 × 4 matrix"))
    let memory = LinearAlgebraError.outOfMemory(routine: "dgesdd", rows: 3, columns: 4)
    #expect(memory.description.contains("memory"))
  }
}
