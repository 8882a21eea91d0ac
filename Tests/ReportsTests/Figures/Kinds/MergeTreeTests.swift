import Testing

@testable import Reports

struct MergeTreeTests {
  private func tree(
    _ merges: [(String, String, Double)], order: [String]? = nil, movedFrom start: MergeTree? = nil
  ) -> MergeTree {
    MergeTree(
      merges.map { MergeTree.Merge(first: $0.0, second: $0.1, height: $0.2) }, order: order,
      movedFrom: start)
  }

  private var start: MergeTree { tree([("b", "d", 1), ("a", "c", 2), ("d", "a", 4)]) }

  @Test func `trees are ordered so that no lines cross`() {
    #expect(start.leaves == ["b", "d", "a", "c"])
    #expect(start.height == 4)
    #expect(
      start.lines == [
        [0, 0], [1, 0], [1, 1], [0, 1], [],
        [0, 2], [2, 2], [2, 3], [0, 3], [],
        [1, 0.5], [4, 0.5], [4, 2.5], [2, 2.5], [],
      ])
    #expect(start.movers.isEmpty && start.moverLines.isEmpty)
  }

  @Test func `a later tree keeps the order and marks what moved`() {
    // c first merges with b's branch, no longer with a; a merges last, with all.
    let later = tree(
      [("b", "d", 1), ("d", "c", 1.5), ("c", "a", 3)], order: start.leaves, movedFrom: start)
    #expect(later.leaves == start.leaves)
    #expect(later.movers == ["c"])
    #expect(later.moverLines == [[0, 3], [1.5, 3], []])
    #expect(
      later.lines == [
        [0, 0], [1, 0], [1, 1], [0, 1], [],
        [1, 0.5], [1.5, 0.5], [1.5, 3], [],
        [1.5, 1.75], [3, 1.75], [3, 2], [0, 2], [],
      ])
  }

  @Test func `the same tree has no movers`() {
    let same = tree(
      [("d", "b", 2), ("c", "a", 3), ("a", "b", 5)], order: start.leaves, movedFrom: start)
    #expect(same.movers.isEmpty)
  }

  @Test func `classes that are not in the order follow it`() {
    let later = tree([("e", "b", 1)], order: start.leaves, movedFrom: start)
    #expect(later.leaves == ["b", "d", "a", "c", "e"])
    // b merged with d before; e was not there.
    #expect(later.movers == ["b"])
  }
}
