import LinearAlgebra
import Testing

struct FiniteElementsTests {
  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `the first element that is not finite is named`(value: Float) {
    var matrix = Matrix<Float>(rows: 40, columns: 3)
    matrix[39, 2] = .nan
    matrix[21, 1] = value
    let fault = LinearAlgebraError.notFinite(row: 21, column: 1, value: "\(value)")
    #expect(throws: fault) { try matrix.requireFinite() }
    #expect(throws: fault) { try matrix.converted(to: Double.self).requireFinite() }
  }

  @Test func `the largest and least numbers are finite`() throws {
    let extremes: [Float] = [
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0,
    ]
    try Matrix<Float>(
      rows: 50, columns: 4, values: Array(repeating: extremes, count: 50).flatMap(\.self)
    )
    .requireFinite()
    try Matrix<Double>([[.greatestFiniteMagnitude, -.greatestFiniteMagnitude]]).requireFinite()
    try Matrix<Float>(rows: 0, columns: 3).requireFinite()
  }
}
