import LinearAlgebra
import Testing

@testable import Pairs

struct SharedUnitVarianceTests {
  @Test func `of pairs that share nothing it is the sum of squares`() {
    let pairs = ScoredPairs.of(images: [0, 1, 2, 3], texts: [3, 2, 1, 0])
    let variance = SharedUnitVariance(
      [1, -2, 3, -2].enumerated().map {
        SharedUnitVariance.Observation(
          first: Int32($0.offset), second: Int32($0.offset), influence: $0.element)
      }, pairs, DistinctPairs(pairs))
    // 4 / (4 − 2) · (1 + 4 + 9 + 4)
    #expect(abs(variance.variance - 36) < 1e-12)
    #expect(abs(variance.degreesOfFreedom - 3) < 1e-12 && variance.unitCount == 4)
  }

  @Test func `captions of an image are one unit, and so are images of a caption`() {
    let influences = [1.0, 2, -1, -1, 1, -2]
    for (images, texts) in [
      ([0, 0, 1, 1, 2, 2], [0, 1, 2, 3, 4, 5]), ([0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 2, 2]),
    ] as [([Int32], [Int32])] {
      let pairs = ScoredPairs.of(images: images, texts: texts)
      let variance = SharedUnitVariance(
        influences.enumerated().map {
          SharedUnitVariance.Observation(
            first: Int32($0.offset), second: Int32($0.offset), influence: $0.element)
        }, pairs, DistinctPairs(pairs))
      // 3 / (3 − 2) · (3² + 2² + 1²)
      #expect(abs(variance.variance - 42) < 1e-12 && variance.unitCount == 3)
    }
  }

  @Test(arguments: 0..<5)
  func `it is the sum of products of all that share a unit`(seed: UInt64) {
    let count = 60
    var stream = RandomStream(domain: "test/shared", seed: seed)
    let images = (0..<count).map { Int32($0 / 3) }
    let pairs = ScoredPairs.of(images: images, texts: (0..<count).map { Int32($0) })
    let distinct = DistinctPairs(pairs)
    let shuffled = ShuffledPairs(pairs, distinct: distinct, seed: seed)
    var observations = (0..<count).map {
      SharedUnitVariance.Observation(
        first: Int32($0), second: Int32($0), influence: stream.uniform() - 0.5)
    }
    for (first, second) in zip(shuffled.imagePairs, shuffled.textPairs) {
      observations.append(
        SharedUnitVariance.Observation(
          first: first, second: second, influence: stream.uniform() - 0.5))
    }
    /// By pairs of observations, K / (K − 2) with it.
    func direct(_ unit: [Int32]) -> Double {
      var sum = 0.0
      for a in observations {
        for b in observations {
          let units = Set([unit[Int(a.first)], unit[Int(a.second)]])
          if units.contains(unit[Int(b.first)]) || units.contains(unit[Int(b.second)]) {
            sum += a.influence * b.influence
          }
        }
      }
      let count = Double(Set(unit).count)
      return max(0, sum) * count / (count - 2)
    }
    let variance = SharedUnitVariance(observations, pairs, distinct)
    #expect(abs(variance.variance - max(direct(images), direct(pairs.texts))) < 1e-9)
  }
}
