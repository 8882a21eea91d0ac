import Testing

@testable import Experiments

struct ShardPartitionTests {
  @Test func `neighbours of one weight are runs of one length`() {
    #expect(
      ShardPartition.neighbors(weights: [1, 1, 1, 1, 1, 1], shards: 3) == [0, 0, 1, 1, 2, 2])
    #expect(ShardPartition.neighbors(weights: [5], shards: 3) == [1])
    #expect(ShardPartition.neighbors(weights: [], shards: 3).isEmpty)
    #expect(ShardPartition.neighbors(weights: [0, 0], shards: 3) == [0, 0])
  }

  @Test func `a heavy neighbour has a shard for itself`() {
    // The middles lie at 10, 25, 60 and 95 of 100.
    #expect(
      ShardPartition.neighbors(weights: [20, 10, 60, 10], shards: 2) == [0, 0, 1, 1])
    #expect(
      ShardPartition.neighbors(weights: [20, 10, 60, 10], shards: 4) == [0, 1, 2, 3])
  }

  @Test func `every piece has one of the shards, in their order, for any numbers`() {
    for shards in [1, 2, 7, 40] {
      for count in [1, 6, 33] {
        let found = ShardPartition.neighbors(
          weights: (0..<count).map { 1 + $0 * 37 % 11 }, shards: shards)
        #expect(found == found.sorted() && found.allSatisfy { (0..<shards).contains($0) })
        #expect(found.count == count)
      }
    }
  }

  @Test func `the heaviest goes first, each to where least is`() {
    // 7 → 0, 5 → 1, 4 → 1 (9), 3 → 0 (10), 2 → 1 (11).
    #expect(ShardPartition.balanced(weights: [4, 7, 2, 5, 3], shards: 2) == [1, 0, 1, 1, 0])
  }

  @Test func `pieces that cost nothing are shared out too`() {
    let found = ShardPartition.balanced(weights: [0, 0, 0, 0], shards: 2)
    #expect(found == [0, 1, 0, 1])
  }
}
