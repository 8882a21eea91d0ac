import LinearAlgebra
import Testing

@testable import Analyses

struct ModalityGapTests {
  @Test func `the distance of two means by hand`() throws {
    // Means (1/2, 1/2) and (−1, 0): √(9/4 + 1/4).
    let images = try UnitRows(Matrix([[2, 0], [0, 5]]))
    let text = try UnitRows(Matrix([[-3, 0]]))
    #expect(abs(try modalityGap(images: images, text: text) - 2.5.squareRoot()) < 1e-15)
    #expect(try modalityGap(images: images, text: images) == 0)
    #expect(try modalityGap(images: UnitRows(Matrix([[1, 0]])), text: text) == 2)
  }

  @Test func `different spaces and empty sides are refused`() throws {
    let images = try UnitRows(Matrix([[2, 0], [0, 5]]))
    #expect(throws: AnalysisError.ambientDimensionsDiffer(2, 3)) {
      try modalityGap(images: images, text: UnitRows(Matrix([[1, 0, 0]])))
    }
    let none = try UnitRows(Matrix(rows: 0, columns: 2))
    #expect(throws: AnalysisError.self) { try modalityGap(images: images, text: none) }
    #expect(throws: AnalysisError.self) { try modalityGap(images: none, text: images) }
  }
}
