import Files
import LinearAlgebra
import Runs
import Testing

@testable import Pairs

struct ScoreStatisticsTests {
  private func tables(_ seed: UInt64, count: Int = 300) throws -> [Table] {
    let world = PairsWorld(images: count, captions: 1, dimension: 16, noise: 1.2)
    let (pairs, embeddings) = world.draw(number: seed)
    return try ScoreStatistics(
      pairs: pairs, embeddings: embeddings, negCLIPLoss: pairs.cosines.map { Double($0) - 0.2 },
      kept: pairs.cosines.map { $0 > 0.3 }, seed: seed
    ).tables()
  }

  @Test func `every pair lies in a bin`() throws {
    let tables = try tables(1)
    #expect(tables.map(\.file) == ["distribution.csv", "measures.csv", "summary.csv"])
    #expect(try tables[0][ScoreDistributionColumns.matched].reduce(0, +) == 300)
    #expect(try tables[0][ScoreDistributionColumns.shuffled].reduce(0, +) == 300)
    #expect(try tables[0][ScoreDistributionColumns.kept].compactMap(\.self).reduce(0, +) < 300)
    #expect(try tables[1][ScoreMeasuresColumns.count].reduce(0, +) == 300)
    let low = try tables[0][ScoreDistributionColumns.low]
    let high = try tables[0][ScoreDistributionColumns.high]
    #expect(Array(low.dropFirst()) == Array(high.dropLast()))
  }

  @Test func `the estimates have their intervals and chances`() throws {
    let table = try tables(2)[2]
    #expect(
      try table[ScoreSummaryColumns.quantity] == [
        "mean_score", "mean_shuffled", "area_under_curve", "recall_at_1_image_to_text",
        "recall_at_5_image_to_text", "recall_at_10_image_to_text", "recall_at_1_text_to_image",
        "recall_at_5_text_to_image", "recall_at_10_text_to_image",
      ])
    let estimates = try table[ScoreSummaryColumns.estimate]
    let low = try table[ScoreSummaryColumns.low].compactMap(\.self)
    let high = try table[ScoreSummaryColumns.high].compactMap(\.self)
    try #require(low.count == 9 && high.count == 9)
    for place in estimates.indices {
      #expect(low[place] < estimates[place] && estimates[place] < high[place])
    }
    let chance = try table[ScoreSummaryColumns.chance]
    #expect(chance[0] == nil && chance[2] == 0.5)
    #expect(try abs(#require(chance[4]) - 5.0 / 300) < 1e-12)
  }

  @Test func `threads change nothing`() throws {
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    var texts: [[String]] = []
    for count in [1, 4] {
      Parallel.workers = count
      texts.append(try tables(3, count: 5000).map(\.csv))
    }
    #expect(texts[0] == texts[1])
  }

  @Test func `no pair and one pair are no error`() throws {
    for count in [0, 1] {
      let matrix = Matrix<Float>([[Float]](repeating: [1, 0], count: count))
      let places = (0..<count).map { Int32($0) }
      let tables = try ScoreStatistics(
        pairs: .of(images: places, texts: places, cosines: places.map { _ in 1 }),
        embeddings: PairEmbeddingsInMemory(images: matrix, texts: matrix), negCLIPLoss: nil,
        kept: nil, seed: 0
      ).tables()
      #expect(tables.map(\.file) == ["distribution.csv", "summary.csv"])
      #expect(tables[0].count == count && tables[1].count == 7 * count)
    }
  }
}
