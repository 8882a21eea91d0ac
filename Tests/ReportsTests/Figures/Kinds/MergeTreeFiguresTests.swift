import Testing

@testable import Reports

struct MergeTreeFiguresTests {
  @Test func `trees are ordered so that no lines cross`() {
    let tree = MergeTreeFigures.Tree([("b", "d", 1), ("a", "c", 2), ("d", "a", 4)])
    #expect(tree.leaves == ["b", "d", "a", "c"])
    #expect(tree.height == 4)
    #expect(
      tree.lines == [
        [0, 0], [1, 0], [1, 1], [0, 1], [],
        [0, 2], [2, 2], [2, 3], [0, 3], [],
        [1, 0.5], [4, 0.5], [4, 2.5], [2, 2.5], [],
      ])
  }
}
