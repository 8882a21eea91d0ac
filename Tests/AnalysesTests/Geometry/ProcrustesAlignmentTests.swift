import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct ProcrustesAlignmentTests {
  private func alignment(
    _ points: Matrix<Float>, onto reference: Matrix<Float>
  ) throws -> ProcrustesAlignment {
    try ProcrustesAlignment(of: Representation(points), onto: Representation(reference))
  }

  private let cross = Matrix<Float>([[1, 0], [-1, 0], [0, 2], [0, -2]])

  @Test func `a reflection, a scale and a shift by hand`() throws {
    // (x, y) becomes 3 (y, x) + (5, 7).
    let found = try alignment(cross, onto: Matrix([[5, 10], [5, 4], [11, 7], [-1, 7]]))
    #expect(found.disparity < 1e-14)
    #expect(zip(found.rotation.values, [0, 1, 1, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
    // Moved as they are: distances stay.
    let moved = try found.applied(to: Matrix([[1, 0], [0, 2], [10, 20]]))
    #expect(moved == Matrix([[5, 8], [7, 7], [25, 17]]))
  }

  @Test func `a quarter turn by hand`() throws {
    // Rows times [[0, 1], [−1, 0]]: (x, y) becomes (−y, x). Its transpose turns the other way.
    let points = Matrix<Float>([[3, 0], [0, 1], [-3, -1]])
    let found = try alignment(points, onto: Matrix([[0, 3], [-1, 0], [1, -3]]))
    #expect(found.disparity < 1e-14)
    #expect(zip(found.rotation.values, [0, 1, -1, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `the disparity of two crosses by hand`() throws {
    // AᵀB = diag(2 · 1, 2 · 2 · 6): singular values 2 and 24; ‖A‖² = 10, ‖B‖² = 2 + 72 = 74.
    // 1 − 26² / 740.
    let other = Matrix<Float>([[1, 0], [-1, 0], [0, 6], [0, -6]])
    let expected = 1 - 26.0 * 26 / 740
    #expect(abs(try alignment(cross, onto: other).disparity - expected) < 1e-15)
    #expect(abs(try alignment(other, onto: cross).disparity - expected) < 1e-15)
  }

  @Test func `two points have the shape of any other two`() throws {
    let found = try alignment(Matrix([[1, 2], [4, 6]]), onto: Matrix([[9, 9], [9, 8]]))
    #expect(found.disparity < 1e-14)
  }

  @Test(arguments: [2, 3, 20])
  func `a disparity is symmetric, and the same for any shift`(columns: Int) throws {
    let a = Matrix<Double>.gaussian(50, columns, seed: 1).converted(to: Float.self)
    let b = Matrix<Double>.gaussian(50, columns, seed: 2).converted(to: Float.self)
    let there = try alignment(a, onto: b).disparity
    #expect(there > 0.1 && there < 1)
    #expect(abs(try alignment(b, onto: a).disparity - there) < 1e-13)
    let far = Matrix(rows: 50, columns: columns, values: b.values.map { $0 + 100 })
    #expect(abs(try alignment(a, onto: far).disparity - there) < 1e-5)  // b rounded at 100
  }

  @Test func `points aligned by an orthogonal matrix arrive`() throws {
    let points = Matrix<Double>.gaussian(40, 5)
    let turned = points.times(try Matrix.orthogonal(5)).converted(to: Float.self)
    let found = try alignment(points.converted(), onto: turned)
    #expect(found.disparity < 1e-12)
    let moved = try found.applied(to: points.converted())
    #expect(zip(moved.values, turned.values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    let examples = try GeometryCases.list("procrustes")
    #expect(examples.count == 2)
    for example in examples {
      let found = try alignment(example.matrix("X"), onto: example.matrix("Y"))
      // The coordinates are rounded to float32 here.
      #expect(abs(found.disparity - example.number("disparity")) < 1e-6, "\(example)")
    }
  }

  @Test func `any number of threads gives the same bytes`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let a = Matrix<Double>.gaussian(3000, 30, seed: 1).converted(to: Float.self)
    let b = Matrix<Double>.gaussian(3000, 30, seed: 2).converted(to: Float.self)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      let found = try alignment(a, onto: b)
      return (found.disparity, found.rotation)
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
  }

  @Test func `what cannot be aligned is refused`() throws {
    #expect(throws: AnalysisError.rowsDiffer(4, 2)) {
      try alignment(cross, onto: Matrix([[1, 2], [4, 6]]))
    }
    #expect(throws: AnalysisError.self) {
      try alignment(cross, onto: Matrix([[1], [2], [3], [4]]))
    }
    let found = try alignment(cross, onto: cross)
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0, value: "nan")) {
      try found.applied(to: Matrix([[1, 2], [.nan, 0]]))
    }
  }
}
