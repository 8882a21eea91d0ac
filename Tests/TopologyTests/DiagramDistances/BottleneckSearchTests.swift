import Testing

@testable import Topology

@Suite struct BottleneckSearchTests {
  /// Whether a matching exists in which every pair costs less than `limit`: augmenting paths in the
  /// full graph, each side with the diagonal points of the other.
  private func hasMatching(
    _ a: [PersistenceBar], _ b: [PersistenceBar], below limit: Double, _ ground: GroundMetric
  ) -> Bool {
    let count = a.count + b.count
    func isPair(_ i: Int, _ j: Int) -> Bool {
      switch (i < a.count, j < b.count) {
      case (true, true):
        ground.distance(a[i].birth - b[j].birth, a[i].death - b[j].death) < limit
      case (true, false): j - b.count == i && ground.toDiagonal(a[i].persistence) < limit
      case (false, true): i - a.count == j && ground.toDiagonal(b[j].persistence) < limit
      case (false, false): true
      }
    }
    var owners = [Int](repeating: -1, count: count)
    func place(_ i: Int, _ seen: inout [Bool]) -> Bool {
      for j in 0..<count where !seen[j] && isPair(i, j) {
        seen[j] = true
        if owners[j] < 0 || place(owners[j], &seen) {
          owners[j] = i
          return true
        }
      }
      return false
    }
    return (0..<count).allSatisfy { i in
      var seen = [Bool](repeating: false, count: count)
      return place(i, &seen)
    }
  }

  @Test(arguments: GroundMetric.allCases)
  func `nothing below the distance can be matched`(ground: GroundMetric) throws {
    var random = RandomDiagrams(seed: 51)
    // Far from the diagonal, most of one side to the left and most of the other to the right: the
    // lower bound leaves many points over, and the radius is found by bisection.
    func crowded(leftCount: Int) -> [PersistenceBar] {
      (0..<120).map { index in
        let birth = Double.random(in: 0..<0.5, using: &random) + (index < leftCount ? 0 : 0.5)
        return PersistenceBar(
          dimension: 1, birth: birth, death: 3 + Double.random(in: 0..<1, using: &random))
      }
    }
    let pairs = [
      (crowded(leftCount: 90), crowded(leftCount: 30)),
      (crowded(leftCount: 100), crowded(leftCount: 60)), (random.bars(100), random.bars(80)),
      (random.integerBars(90), random.integerBars(70)),
    ]
    for (a, b) in pairs {
      let distance = try DiagramMetric.bottleneck.matching(a, b, ground: ground).distance
      #expect(!hasMatching(a, b, below: distance, ground))
      #expect(hasMatching(a, b, below: distance.nextUp, ground))
      let near = try DiagramMetric.bottleneck.matching(a, b, ground: ground, relativeTolerance: 0.1)
      #expect(near.distance >= distance)
      #expect(near.distance <= 1.1 * distance)
    }
  }
}
