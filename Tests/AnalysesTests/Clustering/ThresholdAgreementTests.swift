import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct ThresholdAgreementTests {
  /// Points on a line as a dendrogram.
  private func line(_ places: [Float]) throws -> Dendrogram {
    try Dendrogram(
      singleLinkageOf: Matrix(rows: places.count, columns: 1, values: places), metric: .euclidean)
  }

  @Test func `the plateau and its middle by hand`() throws {
    // {0, 1} and {5, 7}: right from 2, when 5 and 7 join, until 4, when all do.
    let agreement = ThresholdAgreement(try line([0, 1, 5, 7]), labels: [0, 0, 1, 1])
    #expect(agreement.steps.map(\.low) == [0, 1, 2, 4])
    #expect(agreement.steps.map(\.clusterCount) == [4, 3, 2, 1])
    let optimum = agreement.optimum
    #expect(optimum.low == 2 && optimum.high == 4 && optimum.threshold == 3)
    #expect(optimum.counts.adjustedRandIndex == 1)
  }

  @Test func `merges of rows without labels do not end a plateau`() throws {
    // 20 and 23 have no labels: their merge at 3 changes nothing.
    let agreement = ThresholdAgreement(
      try line([0, 1, 5, 7, 20, 23]), labels: [0, 0, 1, 1, nil, nil])
    #expect(agreement.optimum.low == 2 && agreement.optimum.high == 4)
    #expect(agreement.steps.count == 6)
  }

  @Test func `copies are together at every threshold`() throws {
    // No threshold of 0 or more parts the copies.
    let agreement = ThresholdAgreement(try line([0, 0, 3]), labels: [0, 1, 2])
    #expect(agreement.steps.map(\.low) == [0, 3])
    #expect(agreement.optimum.low == 0 && agreement.optimum.threshold == 1.5)
    // All of one label: the plateau has no end, and its start is the threshold.
    let whole = ThresholdAgreement(try line([0, 1, 3]), labels: [0, 0, 0]).optimum
    #expect(whole.low == 2 && whole.high == .infinity && whole.threshold == 2)
  }

  @Test func `every step has the counts of its partition`() throws {
    var stream = RandomStream(domain: "test/steps", seed: 5)
    for set in 0..<30 {
      let count = Int.random(in: 2...80, using: &stream)
      let points = Matrix<Double>.gaussian(count, 3, seed: UInt64(set)).converted(to: Float.self)
      let labels = (0..<count).map { _ -> Int? in
        let label = Int.random(in: 0...7, using: &stream)
        return label == 7 ? nil : label
      }
      let dendrogram = try Dendrogram(singleLinkageOf: points)
      for step in ThresholdAgreement(dendrogram, labels: labels).steps {
        let partition = dendrogram.partition(at: step.low)
        #expect(PairCounts(partition, labels: labels) == step.counts)
        #expect(partition.count == step.clusterCount)
      }
    }
  }

  /// The exact threshold beats or equals 10,000 random ones: on clusters tight and loose, with rows that
  /// repeat, with rows without labels, with few labels and many.
  @Test(arguments: 0..<40)
  func `no random threshold is better`(set: Int) throws {
    var stream = RandomStream(domain: "test/thresholds", seed: UInt64(set))
    let count = Int.random(in: 2...160, using: &stream)
    let classes = Int.random(in: 1...max(1, count / 2), using: &stream)
    let dimension = Int.random(in: 2...12, using: &stream)
    let spread = Float([0.05, 0.3, 1, 3][set % 4])
    let centers = Matrix<Double>.gaussian(classes, dimension, seed: UInt64(set))
    let noise = Matrix<Double>.gaussian(count, dimension, seed: UInt64(1000 + set))
    let members = (0..<count).map { _ in Int.random(in: 0..<classes, using: &stream) }
    var points = Matrix<Float>(rows: count, columns: dimension)
    for i in 0..<count {
      for j in 0..<dimension {
        var value = Float(centers[members[i], j]) + spread * Float(noise[i, j])
        if set % 5 == 4 { value = value.rounded() + (j == 0 ? 0.5 : 0) }  // many ties
        points[i, j] = value
      }
    }
    let labels = members.enumerated().map { set % 3 == 2 && $0 % 4 == 0 ? nil : $1 }
    let dendrogram = try Dendrogram(singleLinkageOf: points)
    let optimum = ThresholdAgreement(dendrogram, labels: labels).optimum
    let best = optimum.counts.adjustedRandIndex
    let largest = dendrogram.merges.last?.height ?? 1
    for _ in 0..<10_000 {
      // Evenly over the heights, so that every step is met.
      var threshold = stream.uniform() * largest * 1.01
      if let merge = dendrogram.merges.randomElement(using: &stream), Bool.random(using: &stream) {
        threshold = merge.height * (0.999 + 0.002 * stream.uniform())
      }
      let other = PairCounts(dendrogram.partition(at: threshold), labels: labels)
      #expect(other.adjustedRandIndex <= best, "\(threshold) is better than \(optimum)")
    }
    // The threshold itself, and the plateau's ends, are as good as it says.
    for threshold in [optimum.low, optimum.threshold, optimum.high.nextDown]
    where threshold.isFinite {
      let partition = dendrogram.partition(at: threshold)
      #expect(PairCounts(partition, labels: labels).adjustedRandIndex == best)
    }
  }
}
