import Testing

@testable import Training

struct BatchPlanTests {
  /// 5 labels of 7 pairs each, and 3 pairs without one.
  private let labels: [Int?] = (0..<35).map { $0 % 5 } + [nil, nil, nil]

  private func plan(
    perLabel: Int, size: Int, neighbors: [[Int]]? = nil, epoch: Int = 0, needsPartners: Bool = false
  ) -> BatchPlan {
    BatchPlan(
      labels: labels, perLabel: perLabel, size: size, needsPartners: needsPartners,
      neighbors: neighbors, seed: 1, epoch: epoch)
  }

  @Test func `shuffled batches hold every pair once`() {
    let plan = BatchPlan(shuffling: 20, size: 6, seed: 0, epoch: 0)
    #expect(plan.batches.map(\.count) == [6, 6, 6, 2])
    #expect(plan.batches.flatMap(\.self).sorted() == Array(0..<20))
    #expect(plan != BatchPlan(shuffling: 20, size: 6, seed: 0, epoch: 1))
    #expect(plan != BatchPlan(shuffling: 20, size: 6, seed: 1, epoch: 0))
    #expect(plan == BatchPlan(shuffling: 20, size: 6, seed: 0, epoch: 0))
  }

  @Test func `a single pair left over joins the last batch`() {
    #expect(BatchPlan(shuffling: 13, size: 6, seed: 0, epoch: 0).batches.map(\.count) == [6, 7])
  }

  @Test func `one of each label fills a batch of all labels`() {
    let plan = plan(perLabel: 1, size: 5)
    #expect(plan.batches.count == 7)
    for batch in plan.batches { #expect(Set(batch.map { labels[$0] }).count == 5) }
    #expect(plan.batches.flatMap(\.self).sorted() == Array(0..<35))
  }

  @Test func `groups of a label share a batch, and pairs without a label are left out`() {
    let plan = plan(perLabel: 3, size: 6)
    #expect(plan.batches.flatMap(\.self).sorted() == Array(0..<35))
    for batch in plan.batches.dropLast() {
      let counts = Dictionary(batch.map { (labels[$0], 1) }, uniquingKeysWith: +)
      #expect(counts.values.allSatisfy { $0 == 3 || $0 == 1 })
      #expect(batch.count <= 6)
    }
  }

  @Test func `a group of one is left out where it has no partner to find`() {
    let rows = plan(perLabel: 3, size: 6, needsPartners: true).batches.flatMap(\.self)
    // Of each label's seven, two groups of three.
    #expect(rows.count == 30 && Set(rows).count == 30)
  }

  @Test func `labels that are hard to tell apart share a batch`() {
    // 0 and 1, 2 and 3 are neighbours; 4 has none. A batch holds two labels.
    let neighbors = [[1], [0], [3], [2], []]
    func couples(_ neighbors: [[Int]]?, epoch: Int) -> Int {
      let plan = BatchPlan(
        labels: (0..<20).map { $0 % 5 }, perLabel: 2, size: 4, needsPartners: false,
        neighbors: neighbors, seed: 1, epoch: epoch)
      #expect(plan.batches.flatMap(\.self).sorted() == Array(0..<20))
      let labels = plan.batches.map { Set($0.map { $0 % 5 }) }
      return labels.count { $0.isSuperset(of: [0, 1]) }
        + labels.count { $0.isSuperset(of: [2, 3]) }
    }
    // Two rounds of both couples; without neighbours they meet by chance alone.
    for epoch in 0..<20 { #expect(couples(neighbors, epoch: epoch) == 4) }
    #expect((0..<20).reduce(0) { $0 + couples(nil, epoch: $1) } < 40)
  }

  @Test func `no batch shows one label alone where labels are compared`() {
    // 2 would fill batches of its own.
    let labels: [Int?] = [0, 0, 1, 1] + [Int?](repeating: 2, count: 20)
    for epoch in 0..<20 {
      let plan = BatchPlan(
        labels: labels, perLabel: 2, size: 4, needsPartners: true, seed: 3, epoch: epoch)
      #expect(plan.batches.allSatisfy { Set($0.map { labels[$0] }).count > 1 })
    }
  }

  @Test func `no labels, no batches`() {
    let plan = BatchPlan(
      labels: [nil, nil], perLabel: 1, size: 2, needsPartners: false, seed: 0, epoch: 0)
    #expect(plan.batches.isEmpty)
  }
}
