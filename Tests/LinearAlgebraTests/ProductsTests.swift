import Testing

@testable import LinearAlgebra

struct ProductsTests {
  private let a = Matrix<Double>([[1, 2, 3], [4, 5, 6]])
  private let b = Matrix<Double>([[1, 0], [-1, 2], [3, 1]])

  @Test func `a product by hand`() {
    #expect(a.times(b) == Matrix([[8, 7], [17, 16]]))
    #expect(b.times(a) == Matrix([[1, 2, 3], [7, 8, 9], [7, 11, 15]]))
  }

  @Test func `a product with a transpose is the product with the transposed matrix`() {
    #expect(a.timesTransposed(b.transposed()) == a.times(b))
    #expect(a.timesTransposed(a) == Matrix([[14, 32], [32, 77]]))
  }

  @Test func `an empty sum is zero`() {
    let left = Matrix<Double>(rows: 2, columns: 0)
    #expect(left.times(Matrix(rows: 0, columns: 3)) == Matrix(rows: 2, columns: 3))
    #expect(
      left.timesTransposed(Matrix(rows: 3, columns: 0)) == Matrix(rows: 2, columns: 3))
    #expect(Matrix(rows: 0, columns: 3).times(b) == Matrix(rows: 0, columns: 2))
  }
}
