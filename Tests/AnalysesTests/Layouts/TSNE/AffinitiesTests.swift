import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct AffinitiesTests {
  private func randomNeighbors(_ count: Int, of n: Int) throws -> NearestNeighbors {
    let points = Matrix<Double>.gaussian(n, 8).converted(to: Float.self)
    return try NearestNeighbors(of: points, count: count, metric: .euclidean)
  }

  @Test func `three points by hand`() throws {
    // Point 0 is as far from both others: 1/2 each. Points 1 and 2 have only point 0.
    let neighbors = NearestNeighbors(
      neighborCount: 2, indices: [1, 2, 0, 2, 0, 1], distances: [1, 1, 1, 1, 1, 1])
    let affinities = try Affinities(
      of: neighbors, perplexity: 1.5, control: ComputationControl())
    #expect(affinities.starts == [0, 2, 4, 6])
    #expect(affinities.columns == [1, 2, 0, 2, 0, 1])
    #expect(affinities.weights.allSatisfy { abs($0 - 1 / 6) < 1e-7 })
  }

  @Test func `a neighbour on one side alone counts half`() throws {
    // 0 and 1 are each other's neighbours, 2 has 1 and is nobody's.
    let neighbors = NearestNeighbors(
      neighborCount: 1, indices: [1, 0, 1], distances: [1, 1, 2])
    let affinities = try Affinities(of: neighbors, perplexity: 1, control: ComputationControl())
    #expect(affinities.starts == [0, 1, 3, 4])
    #expect(affinities.columns == [1, 0, 2, 1])
    let (third, sixth) = (Float(1) / 3, Float(1) / 6)
    #expect(affinities.weights == [third, third, sixth, sixth])
  }

  @Test(arguments: [1.5, 5, 20])
  func `the entropy of every row is that of the perplexity`(perplexity: Double) throws {
    let k = Int(3 * perplexity)
    let neighbors = try randomNeighbors(k, of: 200)
    for i in 0..<200 {
      let row = Affinities.conditionalProbabilities(
        distances: neighbors.distances[i * k..<(i + 1) * k], perplexity: perplexity)
      let entropy = -row.reduce(0.0) { $1 == 0 ? $0 : $0 + Double($1) * log(Double($1)) }
      #expect(abs(entropy - log(perplexity)) < 2e-6)  // rounding to float32
      let total = row.reduce(0.0) { $0 + Double($1) }
      #expect(abs(total - 1) < 1e-6)
    }
  }

  @Test func `the matrix is symmetric and sums to 1`() throws {
    let affinities = try Affinities(
      of: randomNeighbors(15, of: 700), perplexity: 5, control: ComputationControl())
    var elements: [SIMD2<Int32>: Float] = [:]
    for i in 0..<700 {
      let row = Int(affinities.starts[i])..<Int(affinities.starts[i + 1])
      let columns = affinities.columns[row]
      #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
      for k in row { elements[SIMD2(Int32(i), affinities.columns[k])] = affinities.weights[k] }
    }
    let unequal = elements.count { elements[SIMD2($0.key.y, $0.key.x)] != $0.value }
    #expect(unequal == 0)
    let total = affinities.weights.reduce(0.0) { $0 + Double($1) }
    #expect(abs(total - 1) < 1e-6)
  }

  @Test(
    arguments: [
      [0, 0, 0, 0, 0, 0], [0.3, 0.3, 0.3, 0.3, 0.3, 0.3], [0, 0, 0, 1, 2, 3],
      [1, 1, 1, 1e-30, 1, 1],
      [0, 1e-38, 1e-38, 1e-20, 1, 1e18],
    ] as [[Float]])
  func `distances without the entropy give what is nearest equal parts`(distances: [Float]) {
    let row = Affinities.conditionalProbabilities(distances: distances[...], perplexity: 2)
    #expect(row.allSatisfy { $0 >= 0 && $0 <= 1 })
    let total = row.reduce(0, +)
    #expect(abs(total - 1) < 1e-6)
    let least = distances.min()
    let nearest = zip(distances, row).filter { $0.0 == least }.map(\.1)
    #expect(nearest.allSatisfy { abs($0 - nearest[0]) < 1e-6 })
    if distances[2] == 0, distances[3] > 0 {
      #expect(abs(nearest[0] - 1 / 3) < 1e-6)  // three at distance 0
    }
  }
}
