import LinearAlgebra
import Testing

@testable import SignWriting

struct SignEmbeddingsTests {
  @Test func `the nearest come first, equal ones in order, and not the sign itself`() {
    let rows = Matrix<Float>(
      rows: 5, columns: 2, values: [1, 0, 0, 1, 0.6, 0.8, 0.6, -0.8, -1, 0])
    let found = SignEmbeddings.nearest(to: [1, 0], in: rows, count: 3) { $0 == 0 }
    #expect(found.map(\.row) == [2, 3, 1])
    #expect(found.map(\.cosine) == [0.6, 0.6, 0])
    #expect(SignEmbeddings.nearest(to: [1, 0], in: rows, count: 9) { _ in false }.count == 5)
  }

  @Test func `rounding never makes a cosine of more than 1`() {
    let row: [Float] = [0.6000001, 0.8000001]
    let found = SignEmbeddings.nearest(
      to: row, in: Matrix(rows: 1, columns: 2, values: row), count: 1
    ) { _ in false }
    #expect(found[0].cosine == 1)
  }
}
