import AnalysesFixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct ProductLogSumsTests {
  private func unitRows(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Float> {
    let values = RandomStream(domain: "test/log-sums", seed: seed).normals(count: rows * columns)
    return Matrix(rows: rows, columns: columns, values: values).withUnitRows()
      ?? Matrix(rows: 0, columns: columns)
  }

  private func sums(
    _ x: Matrix<Float>, _ y: Matrix<Float>, scale: Float
  ) throws -> ProductLogSums {
    try ProductLogSums(x, y, scale: scale, control: ComputationControl())
  }

  @Test func `two rows and two columns by hand`() throws {
    let x: Matrix<Float> = Matrix([[1, 0], [0, 1]])
    let found = try sums(x, Matrix([[1, 0], [1, 0]]), scale: 2)
    // Products 2, 2 and 0, 0.
    for (value, expected) in zip(
      found.rows + found.columns,
      [
        2 + log(2.0), log(2.0), log(exp(2.0) + 1), log(exp(2.0) + 1),
      ])
    { #expect(abs(value - expected) < 1e-6) }
  }

  /// Sizes about the side of a tile and the lanes of a register.
  @Test(arguments: [(1, 1), (3, 5), (7, 513), (512, 40), (520, 530), (1025, 9)])
  func `the definition in float64 gives the same`(_ rows: Int, _ columns: Int) throws {
    let (x, y) = (unitRows(rows, 6, seed: 1), unitRows(columns, 6, seed: 2))
    for scale in [1.0, 100] {
      let found = try sums(x, y, scale: Float(scale))
      for (value, expected) in zip(found.rows, plainLogSums(x, y, scale: scale)) {
        #expect(abs(value - expected) < 2e-5)
      }
      for (value, expected) in zip(found.columns, plainLogSums(y, x, scale: scale)) {
        #expect(abs(value - expected) < 2e-5)
      }
    }
  }

  /// A row against all columns has e^−200 of the largest product of the tile: beyond float32.
  @Test func `rows and columns far below the largest product do not vanish`() throws {
    var x = unitRows(40, 8, seed: 3)
    let y = Matrix<Float>(rows: 600, columns: 8, values: (0..<600 * 8).map { $0 % 8 == 0 ? 1 : 0 })
    for j in 0..<8 { (x[0, j], x[1, j]) = (j == 0 ? 1 : 0, j == 0 ? -1 : 0) }
    let found = try sums(x, y, scale: 100)
    #expect(abs(found.rows[0] - (100 + log(600.0))) < 1e-4)
    #expect(abs(found.rows[1] - (-100 + log(600.0))) < 1e-4)
    for (value, expected) in zip(found.columns, plainLogSums(y, x, scale: 100)) {
      #expect(abs(value - expected) < 1e-4)
    }
    let turned = try sums(y, x, scale: 100)
    #expect(abs(turned.columns[1] - (-100 + log(600.0))) < 1e-4)
  }

  @Test func `the number of threads changes no bit`() throws {
    let (x, y) = (unitRows(1500, 24, seed: 4), unitRows(700, 24, seed: 5))
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    let one = try sums(x, y, scale: 100)
    Parallel.workers = 5
    #expect(try sums(x, y, scale: 100) == one)
  }

  @Test func `it stops when it is asked to`() throws {
    let x = unitRows(8, 4, seed: 6)
    #expect(throws: CancellationError.self) {
      try ProductLogSums(x, x, scale: 1, control: ComputationControl(isCancelled: { true }))
    }
  }
}
