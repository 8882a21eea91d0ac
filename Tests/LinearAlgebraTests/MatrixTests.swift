import Testing

@testable import LinearAlgebra

struct MatrixTests {
  private let matrix = Matrix<Double>([[1, 2, 3], [4, 5, 6]])

  @Test func `elements are stored row after row`() {
    #expect(matrix.rows == 2)
    #expect(matrix.columns == 3)
    #expect(matrix.values == [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
  }

  @Test func `an element can be set`() {
    var changed = matrix
    changed[1, 1] = -1
    #expect(changed.values == [1, 2, 3, 4, -1, 6])
    #expect(matrix[1, 1] == 5)
  }

  @Test func `no rows give an empty matrix`() {
    let empty = Matrix<Float>([])
    #expect(empty.rows == 0)
    #expect(empty.columns == 0)
    #expect(empty.values.isEmpty)
  }

  @Test func `a matrix of a shape alone is zero`() {
    #expect(Matrix<Float>(rows: 2, columns: 2).values == [0, 0, 0, 0])
    #expect(Matrix<Float>(rows: 0, columns: 5).columns == 5)
  }

  @Test func `rows are selected in the order asked for, with repetition`() {
    let selected = matrix.selectingRows([1, 0, 1])
    #expect(selected == Matrix([[4, 5, 6], [1, 2, 3], [4, 5, 6]]))
    #expect(matrix.selectingRows([]) == Matrix(rows: 0, columns: 3))
  }

  @Test func `transposing exchanges rows and columns`() {
    #expect(matrix.transposed() == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(matrix.transposed().transposed() == matrix)
    #expect(Matrix<Double>(rows: 0, columns: 4).transposed() == Matrix(rows: 4, columns: 0))
  }

  @Test func `conversion rounds to nearest`() {
    let converted = Matrix<Double>([[0.1, 1e-50, 1e300]]).converted(to: Float.self)
    #expect(converted.values == [0.1 as Float, 0, .infinity])
    #expect(matrix.converted(to: Float.self).converted(to: Double.self) == matrix)
  }

  @Test func `shapes are part of equality`() {
    #expect(
      Matrix<Float>(rows: 1, columns: 4, values: [1, 2, 3, 4])
        != Matrix<Float>(rows: 2, columns: 2, values: [1, 2, 3, 4]))
  }
}
