import LinearAlgebra
import Testing

@testable import Pairs

struct ShuffledPairsTests {
  private func shuffled(_ pairs: ScoredPairs, seed: UInt64 = 0) -> ShuffledPairs {
    ShuffledPairs(pairs, distinct: DistinctPairs(pairs), seed: seed)
  }

  @Test(arguments: 0..<20)
  func `two pairs exchange their captions`(seed: UInt64) {
    let shuffled = shuffled(.of(images: [0, 1], texts: [0, 1]), seed: seed)
    #expect(shuffled.imagePairs == [0, 1] && shuffled.textPairs == [1, 0])
  }

  @Test func `an image with every caption is left out`() {
    #expect(shuffled(.of(images: [0, 0, 0], texts: [0, 1, 2])).count == 0)
    #expect(shuffled(.of(images: [0], texts: [0])).count == 0)
    #expect(shuffled(ScoredPairs()).count == 0)
    // The second image has one caption of three, and gets one of the others.
    let some = shuffled(.of(images: [0, 0, 0, 1], texts: [0, 1, 2, 2]))
    #expect(some.imagePairs == [3] && [0, 1].contains(some.textPairs.first))
  }

  @Test(arguments: 0..<10)
  func `no image meets a caption of its own, and captions occur as often as before`(seed: UInt64) {
    let count = 500
    let pairs = ScoredPairs.of(
      images: (0..<count).map { Int32($0 / 5) }, texts: (0..<count).map { Int32($0 % 250) })
    let distinct = DistinctPairs(pairs)
    let shuffled = ShuffledPairs(pairs, distinct: distinct, seed: seed)
    #expect(shuffled.count == count)
    #expect(Set(shuffled.textPairs).count == count)
    for (first, second) in zip(shuffled.imagePairs, shuffled.textPairs) {
      #expect(!distinct.contains(image: pairs.images[Int(first)], text: pairs.texts[Int(second)]))
    }
  }

  @Test func `the seed decides, and cosines are those of the rows`() throws {
    let pairs = ScoredPairs.of(images: [0, 1, 2], texts: [0, 1, 2])
    #expect(shuffled(pairs, seed: 1).textPairs == shuffled(pairs, seed: 1).textPairs)
    #expect(Set((0..<20).map { shuffled(pairs, seed: $0).textPairs }).count == 2)
    let embeddings = PairEmbeddingsInMemory(
      images: Matrix([[1, 0], [0, 1], [0.6, 0.8]]), texts: Matrix([[0, 1], [1, 0], [0.8, 0.6]]))
    let cosines: [[Float]] = [[0, 1, 0.8], [1, 0, 0.6], [0.8, 0.6, 0.96]]
    let some = shuffled(pairs, seed: 1)
    let own = try some.cosines(pairs, embeddings)
    for (place, cosine) in own.enumerated() {
      let expected = cosines[Int(some.imagePairs[place])][Int(some.textPairs[place])]
      #expect(abs(cosine - expected) < 1e-6)
    }
  }
}
