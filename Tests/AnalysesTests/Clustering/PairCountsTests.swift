import Fixtures
import Testing

@testable import Analyses

struct PairCountsTests {
  @Test func `pairs by hand`() throws {
    // Clusters {0, 1, 2} and {3}; labels a: 0, 1; b: 2, 3. The last row has no label.
    let counts = PairCounts(Partition([5, 5, 5, 6, 6]), labels: [0, 0, 1, 1, nil])
    #expect(counts == PairCounts(both: 1, clustered: 3, labelled: 2, all: 6))
    #expect(counts.precision == 1 / 3.0 && counts.recall == 0.5 && counts.f1 == 0.4)
    // Expected 3 · 2 / 6 = 1: (1 − 1) / (2.5 − 1).
    #expect(counts.adjustedRandIndex == 0)
  }

  @Test func `what has no pairs has no precision or no recall`() {
    let alone = PairCounts(Partition([0, 1, 2]), labels: [0, 0, 1])
    #expect(alone.precision == nil && alone.recall == 0 && alone.f1 == 0)
    #expect(alone.adjustedRandIndex == 0)
    let different = PairCounts(Partition([0, 0, 0]), labels: [0, 1, 2])
    #expect(different.recall == nil && different.precision == 0)
    let neither = PairCounts(Partition([0, 1, 2]), labels: [4, 5, 6])
    #expect(neither.f1 == nil && neither.adjustedRandIndex == 1)  // the partitions are equal
    #expect(PairCounts(Partition([1, 1]), labels: [3, 3]).adjustedRandIndex == 1)
  }

  @Test func `clusters are numbered by their first rows`() {
    #expect(Partition(["x", "q", "x", "a", "q"]).clusters == [0, 1, 0, 2, 1])
    #expect(Partition(["x", "q", "x", "a", "q"]).count == 3)
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    let examples = try GeometryCases.list("ari_nmi")
    #expect(examples.count == 3)
    for example in examples {
      let (a, b) = (example.integers("a"), example.integers("b"))
      for (clusters, labels) in [(a, b), (b, a)] {
        let partition = Partition(clusters)
        let index = PairCounts(partition, labels: labels).adjustedRandIndex
        #expect(abs(index - example.number("ari")) < 1e-14, "\(example)")
        let information = try #require(normalizedMutualInformation(partition, labels: labels))
        #expect(abs(information - example.number("nmi_arithmetic")) < 1e-14, "\(example)")
      }
    }
  }

  @Test func `information of one cluster, of none, and of rows without labels`() {
    #expect(normalizedMutualInformation(Partition([0, 0]), labels: [1, 1]) == 1)
    #expect(normalizedMutualInformation(Partition([0, 0]), labels: [nil, nil]) == nil)
    #expect(normalizedMutualInformation(Partition([0, 1, 0]), labels: [7, 8, nil]) == 1)
  }
}
