import Testing

@testable import Analyses

struct PartitionTests {
  @Test func `clusters are numbered in order of their first rows`() {
    let partition = Partition(["b", "a", "b", "c", "a"])
    #expect(partition.clusters == [0, 1, 0, 2, 1] && partition.count == 3)
    #expect(partition == Partition([9, 4, 9, -1, 4]))
    #expect(Partition([Int]()).count == 0)
  }
}
