import LinearAlgebra
import Testing

@testable import Topology

struct DistanceAdjustmentsTests {
  /// A square of side 1 whose diagonals never enter.
  private let square = Matrix<Double>([
    [0, 1, .infinity, 1], [1, 0, 1, .infinity], [.infinity, 1, 0, 1], [1, .infinity, 1, 0],
  ])

  private func filtrations(_ matrix: Matrix<Double>) throws -> [Filtration] {
    var repaired = matrix
    _ = try DistanceAdjustments(repairing: &repaired)
    return [
      .dense(try SquareDistances(matrix: matrix.converted(to: Float.self), workers: 1)),
      .ranked(try RankedDistances(matrix: repaired, workers: 1)),
    ]
  }

  @Test func `a pair without a distance never enters`() throws {
    for filtration in try filtrations(square) {
      for (prime, keepsZero, dimension) in [
        (2, false, 1), (3, false, 1), (2, true, 1), (2, false, 2),
      ] {
        let result = try VietorisRips(
          maximumDimension: dimension, prime: prime, keepsZeroLength: keepsZero
        ).persistence(of: filtration, workers: 1)
        let bars = result.diagram.bars.filter { $0.persistence > 0 }.map { [$0.birth, $0.death] }
        let expected: [[Double]] = [[0, 1], [0, 1], [0, 1], [0, .infinity], [1, .infinity]]
        #expect(bars == expected, "\(prime) \(keepsZero) \(dimension)")
        #expect(result.threshold == .infinity)
      }
    }
  }

  @Test func `random matrices with absent pairs have the bars of their graphs`() throws {
    var random = SplitMix(seed: 7)
    for size in [5, 12, 30] {
      var matrix = Matrix<Double>(rows: size, columns: size)
      var triples: [(Int, Int, Double)] = []
      for i in 0..<size {
        for j in 0..<i {
          let number = random.next() % 64
          let value = number < 24 ? Double.infinity : Double(number)
          matrix[i, j] = value
          matrix[j, i] = value
          if value.isFinite { triples.append((i, j, value)) }
        }
      }
      let rips = VietorisRips(maximumDimension: 2)
      let expected = try rips.persistence(
        of: .sparse(SparseDistances(validating: triples, vertexCount: size)), workers: 1
      ).diagram
      for filtration in try filtrations(matrix) {
        for dimension in [1, 2] {
          let found = try VietorisRips(maximumDimension: dimension)
            .persistence(of: filtration, workers: 1).diagram
          for k in 0...dimension {
            #expect(found.bars(dimension: k) == expected.bars(dimension: k))
          }
        }
      }
    }
  }

  @Test func `what is off by rounding is repaired and said`() throws {
    var matrix = Matrix<Double>([[2e-16, 1, 2], [1, -2e-7, -1e-7], [2, 0, 0]])
    let single = try SquareDistances(matrix: matrix.converted(to: Float.self), workers: 1)
    #expect(single[1, 2] == 0)
    #expect(single.adjustments.diagonalElements == 2)
    #expect(single.adjustments.negativeElements == 1)
    let adjustments = try DistanceAdjustments(repairing: &matrix)
    #expect(adjustments.diagonalElements == 2)
    #expect(adjustments.notes.count == 2)
    #expect(adjustments.notes[0].hasPrefix("2 elements of the diagonal are not 0, at most -2e-07"))
    let values: [Double] = [0, 1, 2, 1, 0, 0, 2, 0, 0]
    #expect(matrix.values == values)

    var skew = Matrix<Double>([[0, 1], [1.000001, 0]])
    #expect(
      try SquareDistances(matrix: skew.converted(to: Float.self), workers: 1)[0, 1] == 1.000001)
    #expect(try DistanceAdjustments(repairing: &skew).asymmetricPairs == 1)
    #expect(skew[0, 1] == 1.000001)
  }

  @Test(arguments: [0.001, -0.001]) func `what is more is refused`(value: Double) {
    for (i, j) in [(0, 0), (1, 0)] where i == j || value < 0 {
      var matrix = Matrix<Double>([[0, 1, 2], [1, 0, 2], [2, 2, 0]])
      matrix[i, j] = value
      matrix[j, i] = value
      #expect(throws: TopologyError.self) {
        try SquareDistances(matrix: matrix.converted(to: Float.self), workers: 1)
      }
      #expect(throws: TopologyError.self) { try DistanceAdjustments(repairing: &matrix) }
    }
  }
}
