import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct SubspaceTests {
  // Variances 81, 9 and 1 of 91 along the axes.
  private let axes = Matrix<Double>([[9, 0, 0, 0], [0, 3, 0, 0], [0, 0, 1, 0]])

  private func subspace(
    _ rows: Matrix<Double>, _ rank: SubspaceRank = .full, centered: Bool = false
  ) throws -> Subspace {
    try Subspace(spanOfRows: rows, rank: rank, centered: centered)
  }

  @Test func `the rank decides the dimension`() throws {
    #expect(try subspace(axes, .automatic).dimension == 2)
    #expect(try subspace(axes, .fixed(1)).dimension == 1)
    #expect(try subspace(axes, .full).dimension == 3)
    #expect(try subspace(axes, .full).ambientDimension == 4)
  }

  @Test func `the explained variance is the share of squared singular values`() throws {
    #expect(abs(try subspace(axes, .fixed(1)).explainedVariance - 81 / 91.0) < 1e-15)
    #expect(abs(try subspace(axes, .automatic).explainedVariance - 90 / 91.0) < 1e-15)
    #expect(try subspace(axes, .full).explainedVariance == 1)
  }

  @Test func `nineteen of twenty equal variances are 95 percent`() throws {
    let automatic = try subspace(.orthogonal(20), .automatic)
    #expect(automatic.dimension == 19)
  }

  @Test func `the basis is orthonormal and holds the rows`() throws {
    let rows = Matrix<Double>.gaussian(20, 50)
    let subspace = try subspace(rows)
    #expect(subspace.dimension == 20)
    let gram = subspace.basis.timesTransposed(subspace.basis)
    for i in 0..<20 {
      for j in 0..<20 { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-13) }
    }
    let projected = rows.timesTransposed(subspace.basis).times(subspace.basis)
    for (a, b) in zip(projected.values, rows.values) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `dependent and repeated rows add nothing`() throws {
    let rows = Matrix<Double>.gaussian(3, 30)
    let combinations = Matrix<Double>.gaussian(40, 3).times(rows)
    #expect(try subspace(combinations).dimension == 3)
    #expect(try subspace(rows.selectingRows([0, 1, 0, 2, 2, 1, 0])).dimension == 3)
    #expect(try subspace(combinations.appending(rows)).dimension == 3)
  }

  @Test func `more rows than dimensions span the space`() throws {
    #expect(try subspace(.gaussian(200, 12)).dimension == 12)
  }

  @Test func `centring removes one dimension and every constant`() throws {
    let rows = Matrix<Double>.gaussian(10, 30)
    #expect(try subspace(rows, centered: true).dimension == 9)
    var shifted = rows
    for i in shifted.values.indices { shifted.values[i] += 1000 }
    let angles = try principalAngles(
      subspace(rows, .fixed(4), centered: true), subspace(shifted, .fixed(4), centered: true))
    #expect(angles.allSatisfy { $0 < 1e-9 })
  }

  /// Shapes on both sides of as many rows as dimensions, before and after centring.
  @Test(arguments: [(2, 9), (8, 9), (9, 9), (10, 9), (11, 9), (30, 9)], [1, 1e-9])
  func `centred rows have the directions of the rows less their mean`(
    shape: (n: Int, d: Int), spread: Double
  ) throws {
    var rows = Matrix<Double>.gaussian(shape.n, shape.d)
    var mean = [Double](repeating: 0, count: shape.d)
    for i in 0..<shape.n {
      for j in 0..<shape.d {
        rows[i, j] = 1 + spread * rows[i, j]
        mean[j] += (rows[i, j] - 1) / Double(shape.n)
      }
    }
    var deviations = rows
    for i in 0..<shape.n {
      for j in 0..<shape.d { deviations[i, j] = rows[i, j] - 1 - mean[j] }
    }
    let rank = min(shape.n - 1, shape.d)
    for kept in [1, rank] {
      let found = try subspace(rows, .fixed(kept), centered: true)
      let expected = try subspace(deviations, .fixed(kept))
      #expect(abs(found.explainedVariance - expected.explainedVariance) < 1e-13)
      #expect(try principalAngles(found, expected).allSatisfy { $0 < 1e-12 })
    }
    #expect(try subspace(rows, .full, centered: true).dimension == rank)
  }

  @Test func `a full span and all its leading directions are one subspace`() throws {
    let rows = Matrix<Double>.gaussian(15, 40)
    let dependent = Matrix<Double>.gaussian(25, 15).times(rows)
    for matrix in [rows, dependent] {
      let full = try subspace(matrix)
      #expect(full.dimension == 15)
      #expect(full.explainedVariance == 1)
      #expect(try principalAngles(full, subspace(rows, .fixed(15))).allSatisfy { $0 < 1e-12 })
    }
  }

  @Test func `a sum of squares that overflows or vanishes does no harm`() throws {
    for scale in [1e-200, 1e200] {
      var scaled = axes
      for i in scaled.values.indices { scaled.values[i] *= scale }
      #expect(try subspace(scaled, .automatic).dimension == 2)
      #expect(abs(try subspace(scaled, .automatic).explainedVariance - 90 / 91.0) < 1e-15)
    }
  }

  // MARK: Errors

  @Test func `no rows are refused`() {
    #expect(throws: AnalysisError.noRows) { try subspace(Matrix(rows: 0, columns: 5)) }
  }

  @Test(arguments: [SubspaceRank.automatic, .full, .fixed(1)])
  func `rows without variance are refused`(rank: SubspaceRank) {
    #expect(throws: AnalysisError.noVariance(centered: false)) {
      try subspace(Matrix(rows: 3, columns: 5), rank)
    }
    // A tenth of 0.1, added up ten times, is not 0.1.
    let equal = Matrix<Double>([[Double]](repeating: [0.1, 0.3], count: 10))
    #expect(throws: AnalysisError.noVariance(centered: true)) {
      try subspace(equal, rank, centered: true)
    }
    #expect(throws: AnalysisError.noVariance(centered: true)) {
      try subspace(Matrix([[1, 2, 3]]), rank, centered: true)
    }
  }

  @Test(arguments: [0, -1, Int.min])
  func `a rank that is not positive is refused`(rank: Int) {
    #expect(throws: AnalysisError.rankNotPositive(rank)) { try subspace(axes, .fixed(rank)) }
  }

  @Test func `a rank beyond the span is refused and the numerical rank told`() {
    let error = AnalysisError.rankTooLarge(requested: 4, numericalRank: 3)
    #expect(throws: error) { try subspace(axes, .fixed(4)) }
    #expect(throws: AnalysisError.rankTooLarge(requested: 3, numericalRank: 2)) {
      try subspace(axes, .fixed(3), centered: true)
    }
    #expect(error.description.contains("span only 3 dimensions"))
  }

  @Test(arguments: [Double.nan, .infinity])
  func `an element that is not finite is refused by its place`(value: Double) {
    var rows = axes
    rows[1, 3] = value
    let expected = LinearAlgebraError.notFinite(row: 1, column: 3, value: "\(value)")
    #expect(throws: expected) { try subspace(rows) }
    #expect(throws: expected) { try subspace(rows, centered: true) }
  }

  /// Rows of rank 3 as a file of a type holds them.
  private func stored(
    _ rows: Int, _ columns: Int, offset: Double = 0, _ round: (Double) -> Double
  ) -> Matrix<Double> {
    let product = Matrix<Double>.gaussian(rows, 3).times(.gaussian(3, columns))
    return Matrix(
      rows: rows, columns: columns, values: product.values.map { round($0 + offset) })
  }

  /// Regression: the rounding of what was read from float32 and float16 counted as directions.
  @Test(arguments: [(50, 10), (10, 50), (12, 512)])
  func `rounding of the type that rows were stored in is no direction`(rows: Int, columns: Int)
    throws
  {
    for (precision, round) in [
      (ElementPrecision.float64, { $0 }), (.float32, { Double(Float($0)) }),
      (.float16, { Double(Float16($0)) }),
      (.bfloat16, { Double(Float(bitPattern: Float($0).bitPattern & 0xFFFF_0000)) }),
    ] as [(ElementPrecision, (Double) -> Double)] {
      for centered in [false, true] {
        let subspace = try Subspace(
          spanOfRows: stored(rows, columns, round), rank: .full, centered: centered,
          precision: precision)
        #expect(subspace.dimension == 3, "\(precision) \(centered)")
      }
    }
    let single = stored(rows, columns) { Double(Float($0)) }
    #expect(try subspace(single).dimension == min(rows, columns))
  }

  @Test func `rounding far from 0 is no direction once the mean is removed`() throws {
    let far = stored(40, 20, offset: 1000) { Double(Float($0)) }
    let subspace = try Subspace(
      spanOfRows: far, rank: .full, centered: true, precision: .float32)
    #expect(subspace.dimension == 3)
  }

  @Test func `half precision leaves the directions that are there`() throws {
    let rows = Matrix<Double>.gaussian(20, 512)
    let stored = Matrix(
      rows: 20, columns: 512, values: rows.values.map { Double(Float16($0)) })
    for (rank, count) in [(SubspaceRank.full, 19), (.fixed(15), 15)] {
      let subspace = try Subspace(
        spanOfRows: stored, rank: rank, centered: true, precision: .float16)
      #expect(subspace.dimension == count)
    }
  }

  @Test func `a rank that rounding alone would fill is refused, a smaller direction is not`() throws
  {
    let noisy = stored(50, 10) { Double(Float($0)) }
    #expect(throws: AnalysisError.rankTooLarge(requested: 4, numericalRank: 3)) {
      try Subspace(spanOfRows: noisy, rank: .fixed(4), centered: false, precision: .float32)
    }
    // 1e-5 of the largest: far above what float32 rounds 1 by.
    var axes = Matrix<Double>(rows: 400, columns: 3)
    (axes[0, 0], axes[1, 1], axes[2, 2]) = (1, 1e-2, Double(Float(1e-5)))
    let subspace = try Subspace(
      spanOfRows: axes, rank: .fixed(3), centered: false, precision: .float32)
    #expect(subspace.dimension == 3)
  }
}
