import Testing

@testable import Analyses

struct StratifiedFoldsTests {
  private let labels = (0..<103).map { $0 < 50 ? 2 : $0 < 90 ? 0 : 1 }
  private let names = (0..<103).map { "image \($0)" }

  private func folds(_ order: [Int], seed: UInt64 = 0) -> [String: Int] {
    let folds = StratifiedFolds.assign(
      labels: order.map { labels[$0] }, names: order.map { names[$0] }, count: 5, seed: seed)
    return Dictionary(uniqueKeysWithValues: zip(order.map { names[$0] }, folds))
  }

  @Test func `every fold has its share of every class, and of all`() {
    let folds = StratifiedFolds.assign(labels: labels, names: names, count: 5, seed: 7)
    for label in 0..<3 {
      let sizes = (0..<5).map { fold in
        labels.indices.count { labels[$0] == label && folds[$0] == fold }
      }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(sizes)")
    }
    let sizes = (0..<5).map { fold in folds.count { $0 == fold } }
    #expect(sizes.sorted() == [20, 20, 21, 21, 21])
  }

  @Test func `names and seed decide, and no order does`() {
    let first = folds(Array(0..<103))
    #expect(folds((0..<103).reversed()) == first)
    #expect(folds((0..<103).map { $0 * 10 % 103 }) == first)
    #expect(folds(Array(0..<103), seed: 1) != first)
  }

  @Test func `fewer members than folds leave folds empty`() {
    let folds = StratifiedFolds.assign(labels: [0, 1], names: ["a", "b"], count: 5, seed: 0)
    #expect(folds == [0, 1])
  }
}
