import Foundation
import LinearAlgebra
import Testing

@testable import Pairs

struct NegCLIPLossTests {
  /// Pairs of the rows of two matrices in order.
  private func pairs(_ images: Matrix<Float>, _ texts: Matrix<Float>) -> ScoredPairs {
    let count = Int32(images.rows)
    let cosines = (0..<images.rows).map { row in
      zip(images.row(row), texts.row(row)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    }
    return ScoredPairs(
      records: Array(0..<count), images: Array(0..<count), texts: Array(0..<count), cosines: cosines
    )
  }

  private func values(
    _ images: Matrix<Float>, _ texts: Matrix<Float>, size: Int, draw: Int = 0, seed: UInt64 = 0
  ) throws -> [Double] {
    try NegCLIPLoss(batchSize: size, seed: seed).values(
      ofDraw: draw, pairs(images, texts), PairEmbeddingsInMemory(images: images, texts: texts),
      control: ComputationControl())
  }

  private func unitRows(_ rows: Int, seed: UInt64) -> Matrix<Float> {
    let values = RandomStream(domain: "test/loss", seed: seed).normals(count: rows * 12)
    return Matrix(rows: rows, columns: 12, values: values).withUnitRows()
      ?? Matrix(rows: 0, columns: 12)
  }

  @Test func `one pair has nothing in common with others`() throws {
    #expect(abs(try values(Matrix([[1, 0]]), Matrix([[0.6, 0.8]]), size: 8)[0]) < 1e-7)
  }

  @Test func `three pairs by hand`() throws {
    let images: Matrix<Float> = Matrix([[1, 0], [0, 1], [0.6, 0.8]])
    let texts: Matrix<Float> = Matrix([[1, 0], [0.8, 0.6], [0, 1]])
    // Products: 1, .8, 0; 0, .6, 1; .6, .96, .8. At τ = .01 a sum is its largest term but for e^−4 and less.
    let t = 0.01
    let rows = [1, 1, 0.96].map { $0 / t }
    let columns = [1, 0.96, 1].map { $0 / t }
    let cosines = [1, 0.6, 0.8]
    let found = try values(images, texts, size: 3)
    for index in 0..<3 {
      let expected = cosines[index] - t / 2 * (rows[index] + columns[index])
      #expect(abs(found[index] - expected) < 1e-4)
    }
  }

  @Test func `the definition in float64 gives the same for one batch`() throws {
    let (images, texts) = (unitRows(60, seed: 1), unitRows(60, seed: 2))
    let found = try values(images, texts, size: 100)
    let t = NegCLIPLoss.temperature
    func product(_ i: Int, _ j: Int) -> Double {
      zip(images.row(i), texts.row(j)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    for i in 0..<60 {
      let row = (0..<60).reduce(0.0) { $0 + exp(product(i, $1) / t) }
      let column = (0..<60).reduce(0.0) { $0 + exp(product($1, i) / t) }
      #expect(abs(found[i] - (product(i, i) - t / 2 * log(row) - t / 2 * log(column))) < 1e-6)
    }
  }

  @Test func `batches are of nearly equal size, and draws differ by seed and number`() throws {
    let (images, texts) = (unitRows(101, seed: 3), unitRows(101, seed: 4))
    let loss = NegCLIPLoss(batchSize: 25, seed: 7)
    #expect(loss.batchCount(101) == 5 && !loss.isSure(101) && loss.isSure(25))
    let first = try values(images, texts, size: 25, draw: 0, seed: 7)
    #expect(try values(images, texts, size: 25, draw: 0, seed: 7) == first)
    #expect(try values(images, texts, size: 25, draw: 1, seed: 7) != first)
    #expect(try values(images, texts, size: 25, draw: 0, seed: 8) != first)
    // More pairs in a batch can only take away.
    let whole = try values(images, texts, size: 200)
    #expect(zip(whole, first).allSatisfy { $0 <= $1 + 1e-7 })
    #expect(first.allSatisfy { $0 <= 1e-7 && $0.isFinite })
  }

  @Test func `a batch of all pairs is the same in every draw, to the bit`() throws {
    let (images, texts) = (unitRows(50, seed: 5), unitRows(50, seed: 6))
    #expect(
      try values(images, texts, size: 50, draw: 0) == values(images, texts, size: 50, draw: 3))
  }

  @Test func `sums over draws by hand`() {
    var sums = NegCLIPLoss.Sums(count: 2)
    for draw in [[1.0, 5], [2, 5], [6, 5]] { sums.add(draw) }
    #expect(sums.draws == 3 && sums.means == [3, 5])
    #expect(abs(sums.squares[0] - 14) < 1e-12 && sums.squares[1] == 0)
  }
}
