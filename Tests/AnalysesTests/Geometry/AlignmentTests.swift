import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct AlignmentTests {
  private let east: [Float] = [1, 0]
  private let north: [Float] = [0, 3]
  private let west: [Float] = [-2, 0]

  @Test func `three unit vectors by hand`() throws {
    // Squared distances 2, 2 and 4.
    let points = try UnitRows(Matrix([east, north, west]))
    #expect(abs(try alignment(of: points, classes: [5, 5, 5]) - 8.0 / 3) < 1e-12)
  }

  @Test func `every pair of a class counts alike, and pairs of two classes do not`() throws {
    // Three pairs of class 1: 2, 2 and 4; one of class 0: 0; class 2 has none.
    let points = try UnitRows(Matrix([east, north, west, north, north, east]))
    #expect(abs(try alignment(of: points, classes: [1, 1, 1, 0, 0, 2]) - 2) < 1e-12)
  }

  @Test func `the sum over pairs gives the same`() throws {
    let points = try UnitRows(Matrix<Double>.gaussian(60, 7).converted())
    let classes = (0..<60).map { $0 * $0 % 7 }
    var (sum, pairs) = (0.0, 0.0)
    for i in 0..<60 {
      for j in 0..<i where classes[i] == classes[j] {
        sum += zip(points.rows.row(i), points.rows.row(j)).reduce(0.0) {
          $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
        }
        pairs += 1
      }
    }
    #expect(abs(try alignment(of: points, classes: classes) - sum / pairs) < 1e-12)
  }

  @Test func `copies are aligned perfectly, never below 0`() throws {
    let points = try UnitRows(Matrix([[0.3, 0.7, 0.1], [0.3, 0.7, 0.1], [0.3, 0.7, 0.1]]))
    let found = try alignment(of: points, classes: [0, 0, 0])
    #expect(found >= 0 && found < 1e-14)
  }

  @Test func `the distance of two conditions by hand`() throws {
    // East and north are 2 apart, squared; north and south 4.
    let a = try UnitRows(Matrix([east, north]))
    let b = try UnitRows(Matrix([north, [0, -1]]))
    #expect(try meanSquaredDistance(a, b) == 3)
    #expect(try meanSquaredDistance(b, a) == 3)
    #expect(try meanSquaredDistance(a, a) == 0)
  }

  @Test func `what has no pairs is refused`() throws {
    let points = try UnitRows(Matrix([east, north]))
    #expect(throws: AnalysisError.self) { try alignment(of: points, classes: [0, 1]) }
    #expect(throws: AnalysisError.classCountMismatch(rows: 2, classes: 1)) {
      try alignment(of: points, classes: [0])
    }
    #expect(throws: AnalysisError.rowsDiffer(2, 1)) {
      try meanSquaredDistance(points, UnitRows(Matrix([east])))
    }
    #expect(throws: AnalysisError.ambientDimensionsDiffer(2, 3)) {
      try meanSquaredDistance(points, UnitRows(Matrix([[1, 0, 0], [0, 1, 0]])))
    }
    let none = try UnitRows(Matrix(rows: 0, columns: 2))
    #expect(throws: AnalysisError.self) { try meanSquaredDistance(none, none) }
  }
}
