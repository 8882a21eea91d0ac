import Testing

@testable import Experiments

struct SlurmArrayTests {
  @Test func `what fits is one array of the shards' own numbers`() {
    let arrays = SlurmArray.arrays(of: [9, 3, 7], pack: 1, size: 10)
    #expect(arrays.map(\.offset) == [0])
    #expect(arrays.map(\.tasks.description) == ["3,7,9"])
    #expect(arrays[0].shards(pack: 1, of: 10).description == "3,7,9")
    #expect(SlurmArray.arrays(of: [], pack: 1, size: 10).isEmpty)
  }

  @Test func `numbers past the cluster's limit begin again at an offset`() {
    let arrays = SlurmArray.arrays(of: Array(0..<7), pack: 1, size: 5)
    #expect(arrays.map(\.offset) == [0, 5])
    #expect(arrays.map(\.tasks.description) == ["0-4", "0-1"])
    #expect(arrays.map { $0.shards(pack: 1, of: 7).description } == ["0-4", "5-6"])
    // Two late shards take one array.
    let late = SlurmArray.arrays(of: [1_000_003, 1_000_001], pack: 1, size: 5)
    #expect(late == [SlurmArray(offset: 1_000_001, tasks: IndexRanges([0, 2]))])
    #expect(SlurmArray.arrays(of: [0, 1, 2], pack: 1, size: 1).map(\.offset) == [0, 1, 2])
  }

  @Test func `a task has the same shards whatever is missing`() {
    let all = SlurmArray.arrays(of: Array(0..<10), pack: 4, size: 100)
    #expect(all.map(\.tasks.description) == ["0-2"])
    #expect(all[0].shards(pack: 4, of: 10).description == "0-9")
    let some = SlurmArray.arrays(of: [5, 9], pack: 4, size: 100)
    #expect(some.map(\.tasks.description) == ["1-2"])
    #expect(some[0].shards(pack: 4, of: 10).description == "4-9")
  }

  @Test(arguments: [(1, 1), (1, 7), (3, 5), (4, 1000)])
  func `every missing shard is in exactly one array, within the limit`(pack: Int, size: Int) {
    var state: UInt64 = 7
    for _ in 0..<20 {
      let missing = (0..<200).filter { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 62 != 0
      }
      let arrays = SlurmArray.arrays(of: missing.reversed(), pack: pack, size: size)
      let computed = arrays.flatMap { $0.shards(pack: pack, of: 200).indices }
      #expect(Set(computed).isSuperset(of: missing))
      #expect(computed == computed.sorted() && Set(computed).count == computed.count)
      for array in arrays {
        #expect(array.tasks.indices.allSatisfy { (0..<size).contains($0) })
      }
      // As few as there can be: the next one begins past the reach of the one before.
      for (before, after) in zip(arrays, arrays.dropFirst()) {
        #expect(after.offset - before.offset >= size)
      }
    }
  }

  @Test func `no call names more than the system takes`() {
    let odd = Array(stride(from: 1, to: 40_000, by: 2))
    let arrays = SlurmArray.arrays(of: odd, pack: 1, size: 4_000_001)
    #expect(arrays.count == 4)
    #expect(arrays.allSatisfy { $0.tasks.description.utf8.count < 128 * 1024 })
    #expect(arrays.flatMap { $0.shards(pack: 1, of: 40_000).indices } == odd)
  }
}
