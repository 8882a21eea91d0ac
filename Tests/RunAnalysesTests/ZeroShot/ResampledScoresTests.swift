import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct ResampledScoresTests {
  private let labels = (0..<60).map { $0 % 4 }

  private func condition(_ name: String, _ seed: UInt64) throws -> ConditionScores {
    let numbers = RandomStream(domain: "test/resampled", seed: seed).normals(count: 60 * 7)
    return try scores(
      (0..<60).map { Array(numbers[7 * $0..<7 * ($0 + 1)]) }, labels: labels, name)
  }

  /// As the definitions say, image after image.
  private func expected(
    _ scores: [ConditionScores], _ clean: ConditionScores, images: [Int32], seeds: [Int32]
  ) -> [Double?] {
    var (total, first, five, brier, loss) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (classTotals, classRight) = (
      [Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7)
    )
    for (seed, score) in zip(seeds, scores) where seed > 0 {
      for (image, drawn) in images.enumerated() where drawn > 0 {
        let weight = Double(drawn * seed)
        total += weight
        classTotals[labels[image]] += weight
        if score.rank[image] <= 5 { five += weight }
        if score.rank[image] == 1 {
          first += weight
          classRight[labels[image]] += weight
        }
        brier += weight * score.calibration.brierScores[image]
        loss += weight * score.calibration.logarithmicLosses[image]
      }
    }
    let shares = zip(classRight, classTotals).filter { $1 > 0 }.map { $0 / $1 }
    let cleanRight = zip(images, clean.rank).reduce(0.0) { $0 + ($1.1 == 1 ? Double($1.0) : 0) }
    return [
      first / total, five / total, shares.reduce(0, +) / Double(shares.count),
      brier / total, loss / total,
      cleanRight / images.reduce(0.0) { $0 + Double($1) } - first / total,
    ]
  }

  @Test func `one pass gives what the definitions say, to the last bit`() throws {
    let clean = try condition("clean", 0)
    let seeds = try (0..<3).map { try condition("gaussian-1-s\($0)", 1 + UInt64($0)) }
    let resampled = ResampledScores(seeds, clean: clean, labels: labels, classCount: 7)
    let stream = RandomStream(domain: "test/counts", seed: 1)
    for part in 0..<50 {
      let images = stream.words(part: part, count: 60).map { Int32($0 % 3) }
      let drawn = [Int32(part % 3), 2, Int32(part % 2)]
      #expect(
        resampled.statistics(images: images, seeds: drawn)
          == expected(seeds, clean, images: images, seeds: drawn), "\(part)")
    }
  }

  @Test func `no image has no statistics`() throws {
    let resampled = ResampledScores(
      [try condition("clean", 0)], clean: nil, labels: labels, classCount: 7)
    let none = resampled.statistics(images: [Int32](repeating: 0, count: 60), seeds: [1])
    #expect(none == [Double?](repeating: nil, count: 6))
    let some = resampled.statistics(images: [Int32](repeating: 1, count: 60), seeds: [1])
    #expect(some[5] == nil && some[..<5].allSatisfy { $0 != nil })
  }
}
