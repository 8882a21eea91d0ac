import LinearAlgebra
import Testing

@testable import Pairs

struct SelfRetrievalTests {
  private func retrieval(
    _ pairs: ScoredPairs, _ images: [[Float]], _ texts: [[Float]], most: Int = 10_000
  ) throws -> SelfRetrieval {
    try SelfRetrieval(
      pairs, DistinctPairs(pairs),
      PairEmbeddingsInMemory(images: Matrix(images), texts: Matrix(texts)), seed: 0,
      mostPairs: most)
  }

  @Test func `three pairs by hand`() throws {
    // Cosines: [1, 0, 0.6], [0, 1, 0.8], [0.6, 0.8, 1], but the pairs are 0–0, 1–2 and 2–1.
    let rows: [[Float]] = [[1, 0], [0, 1], [0.6, 0.8]]
    let found = try retrieval(.of(images: [0, 1, 2], texts: [0, 2, 1]), rows, rows)
    #expect(found.imageToText.before == [0, 1, 1])
    #expect(found.textToImage.before == [0, 1, 1])
    #expect(abs(found.imageToText.recall(at: 1) - 1.0 / 3) < 1e-12)
    #expect(found.imageToText.recall(at: 5) == 1)
    #expect(abs(found.imageToText.chance(at: 1) - 1.0 / 3) < 1e-12)
    #expect(found.imageToText.chance(at: 5) == 1)
  }

  @Test func `any of its own is a hit, and its own are no others`() throws {
    // The first image has two captions, of which the nearer counts; the third caption lies between.
    let found = try retrieval(
      .of(images: [0, 0, 1], texts: [0, 1, 2]), [[1, 0], [0, 1]],
      [[0, 1], [1, 0], [0.8, 0.6]])
    #expect(found.imageToText.before == [0, 1])
    #expect(found.textToImage.before == [1, 0, 1])
    #expect(abs(found.imageToText.chance(at: 1) - (2.0 / 3 + 1.0 / 3) / 2) < 1e-12)
    // Two of three captions: none of one other is missed at 2.
    #expect(abs(found.imageToText.chance(at: 2) - (1 + 2.0 / 3) / 2) < 1e-12)
  }

  @Test func `embeddings that are all alike find nothing`() throws {
    let rows = [[Float]](repeating: [0.6, 0.8], count: 12)
    let places = (0..<12).map { Int32($0) }
    let found = try retrieval(.of(images: places, texts: places), rows, rows)
    #expect(found.imageToText.before == [Int](repeating: 11, count: 12))
    #expect(found.textToImage.recall(at: 10) == 0)
  }

  @Test func `tiles and threads change nothing, and a sample is a sample`() throws {
    let (images, texts) = (700, 1400)
    func rows(_ count: Int, _ seed: UInt64) -> Matrix<Float> {
      let noise = RandomStream(domain: "test/retrieval", seed: seed).normals(count: count * 8)
      return Matrix(rows: count, columns: 8, values: noise).withUnitRows()
        ?? Matrix(rows: 0, columns: 8)
    }
    let pairs = ScoredPairs.of(
      images: (0..<texts).map { Int32($0 % images) }, texts: (0..<texts).map { Int32($0) })
    let embeddings = PairEmbeddingsInMemory(images: rows(images, 1), texts: rows(texts, 2))
    let distinct = DistinctPairs(pairs)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    var found: [[Int]] = []
    for count in [1, 3] {
      Parallel.workers = count
      let one = try SelfRetrieval(pairs, distinct, embeddings, seed: 3)
      found.append(one.imageToText.before + one.textToImage.before)
    }
    #expect(found[0] == found[1])
    // Without tiles.
    let (left, right) = (rows(images, 1), rows(texts, 2))
    for image in stride(from: 0, to: images, by: 97) {
      let cosines = (0..<texts).map { text in
        Float(
          zip(left.row(image), right.row(text)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
      }
      let best = max(cosines[image], cosines[image + images])
      let before = cosines.indices.count { $0 % images != image && cosines[$0] >= best }
      #expect(found[0][image] == before)
    }
    let sample = try SelfRetrieval(pairs, distinct, embeddings, seed: 3, mostPairs: 100)
    #expect(sample.textToImage.before.count == 100)
    #expect(sample.imageToText.before.count == sample.textToImage.candidates)
  }
}
