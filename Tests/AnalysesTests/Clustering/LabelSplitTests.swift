import Testing

@testable import Analyses

struct LabelSplitTests {
  private let labels = (0..<50).map { "label \($0)" }

  @Test func `the shares hold, and every label has one part`() throws {
    let split = try LabelSplit(labels + labels, shares: [0.6, 0.2, 0.2], seed: 1)
    #expect(split.parts.count == 50)
    let sizes = (0..<3).map { part in split.parts.values.count { $0 == part } }
    #expect(sizes == [30, 10, 10])
  }

  @Test func `the order of the labels changes nothing, and the seed does`() throws {
    let split = try LabelSplit(labels, shares: [1, 1], seed: 1)
    #expect(try LabelSplit(labels.reversed(), shares: [0.5, 0.5], seed: 1).parts == split.parts)
    #expect(try LabelSplit(labels, shares: [1, 1], seed: 2).parts != split.parts)
  }

  @Test func `a part of no share gets nothing, and one that would be empty is refused`() throws {
    let split = try LabelSplit(labels, shares: [0, 0.5, 0.5], seed: 0)
    #expect(Set(split.parts.values) == [1, 2])
    #expect(Set(try LabelSplit(labels, shares: [0.5, 0.5, 0], seed: 0).parts.values) == [0, 1])
    for shares in [[0.0, 0], [-1, 2], [.nan, 1], [0.001, 1], [1e308, 1e308]] {
      #expect(throws: AnalysisError.self) { try LabelSplit(labels, shares: shares, seed: 0) }
    }
    #expect(throws: AnalysisError.self) { try LabelSplit(["a"], shares: [1, 1], seed: 0) }
  }
}
