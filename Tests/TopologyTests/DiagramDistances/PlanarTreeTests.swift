import Testing

@testable import Topology

@Suite struct PlanarTreeTests {
  /// Points with repeated coordinates.
  private func tree(_ count: Int, seed: UInt64, ground: GroundMetric) -> PlanarTree {
    var random = RandomDiagrams(seed: seed)
    let x = (0..<count).map { _ in Double(Int.random(in: 0..<20, using: &random)) / 4 }
    let y = (0..<count).map { _ in Double(Int.random(in: 0..<20, using: &random)) / 4 }
    return PlanarTree(x: x, y: y, ground: ground)
  }

  @Test(arguments: [0, 1, 2, 7, 8, 9, 31, 100, 257])
  func `the nearest shown point is that of a full scan`(count: Int) {
    for ground in GroundMetric.allCases {
      var tree = tree(count, seed: UInt64(count), ground: ground)
      #expect(tree.rows.sorted() == Array(0..<count))
      var random = RandomDiagrams(seed: 5)
      var shown = Set(0..<count)
      for step in 0..<3 * count + 5 {
        let position = step % max(1, count)
        if count > 0, Bool.random(using: &random) {
          if shown.contains(position) {
            tree.hide(position)
            shown.remove(position)
          } else if Bool.random(using: &random) {
            tree.show(position)
            shown.insert(position)
          }
          #expect(tree.isHidden(position) == !shown.contains(position))
        }
        let (x, y) = (Double.random(in: 0...5, using: &random), Double(step % 6))
        let expected = shown.map { ground.distance(tree.x[$0] - x, tree.y[$0] - y) }.min()
        #expect(tree.nearest(to: x, y, within: .infinity)?.distance == expected)
        guard let expected else { continue }
        #expect(tree.nearest(to: x, y, within: expected)?.distance == expected)
        #expect(tree.nearest(to: x, y, within: expected.nextDown) == nil)
      }
      tree.showAll()
      #expect((0..<count).allSatisfy { !tree.isHidden($0) })
    }
  }

  @Test(arguments: [1, 9, 100, 257])
  func `the lowest points under weights are those of a full scan`(count: Int) {
    for (ground, order) in [(GroundMetric.infinity, 1), (.euclidean, 2)] {
      let tree = tree(count, seed: UInt64(count), ground: ground)
      var random = RandomDiagrams(seed: 6)
      let weights = (0..<count).map { _ in Double.random(in: -1...3, using: &random) }
      let largest = tree.largest(weights)
      var found: [PlanarTree.Candidate] = []
      for limit in [1, 5, 400] {
        let (x, y) = (Double.random(in: 0...5, using: &random), 2.0)
        let values = (0..<count).map {
          let distance = ground.distance(tree.x[$0] - x, tree.y[$0] - y)
          return (order == 1 ? distance : distance * distance) - weights[$0]
        }
        tree.lowest(
          near: x, y, order: order, weights: weights, largest: largest, limit: limit, below: 1,
          found: &found)
        #expect(found.map(\.value) == values.filter { $0 < 1 }.sorted().prefix(limit).map { $0 })
        #expect(found.allSatisfy { $0.value == values[Int($0.position)] })
      }
    }
  }
}
