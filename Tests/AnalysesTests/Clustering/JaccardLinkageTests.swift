import AnalysesFixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct JaccardLinkageTests {
  @Test func `words are lower-case runs of letters and digits`() {
    let words = WordNGrams.words(of: ["A dog's 2 BALLS, a Dog!", "🙂 a", "École école", ""])
    #expect(words == [[0, 1, 2, 3, 4, 0, 1], [0], [5, 5], []])
  }

  @Test func `texts that overlap enough are linked, by hand`() throws {
    // Words {a b c}, {b c d}, {d e}, {x}: indices 2/4, 1/4, 0.
    let texts = ["a b c", "b c d", "d e", "x"]
    let results = try JaccardLinkage.results(
      texts: texts, labels: [0, 0, 1, 1], gramLength: 1, thresholds: [0.25, 0.5, 0.51])
    #expect(results.map(\.partition.clusters) == [[0, 0, 0, 1], [0, 0, 1, 2], [0, 1, 2, 3]])
    #expect(results[0].pairs == PairCounts(both: 1, clustered: 2, labelled: 2, all: 6))
    #expect(results[1].pairs.precision == 1 && results[1].pairs.recall == 0.5)
    #expect(results[2].pairs.precision == nil)
    // Pairs of words {ab bc}, {bc cd}, {de}, {}.
    let pairs = try JaccardLinkage.results(
      texts: texts, labels: [0, nil, 1, 1], gramLength: 2, thresholds: [1 / 3.0])
    #expect(pairs[0].partition.clusters == [0, 0, 1, 2])
    #expect(pairs[0].pairs.clustered == 0)  // a pair with a row that has no label
  }

  @Test(arguments: [1, 2, 3])
  func `lists of texts find what all pairs find`(length: Int) throws {
    var stream = RandomStream(domain: "test/jaccard", seed: UInt64(length))
    let texts = (0..<700).map { _ in
      (0..<Int.random(in: 0...9, using: &stream)).map { _ in
        ["red", "green", "dog", "cat", "runs", "sits", "on", "grass"].randomElement(using: &stream)!
      }.joined(separator: " ")
    }
    let labels = texts.indices.map { $0 % 11 == 0 ? nil : $0 % 7 }
    let thresholds = [0.05, 0.2, 0.5, 1]
    let found = try JaccardLinkage.results(
      texts: texts, labels: labels, gramLength: length, thresholds: thresholds)
    let sets = texts.map { text -> Set<[Substring]> in
      let words = text.split(separator: " ")
      return Set((0..<max(0, words.count - length + 1)).map { Array(words[$0..<$0 + length]) })
    }
    for (index, threshold) in thresholds.enumerated() {
      var components = ConnectedComponents(vertexCount: texts.count)
      var (linked, right) = (0, 0)
      for (i, j) in plainJaccardPairs(sets, atLeast: threshold) {
        _ = components.join(i, j)
        guard let a = labels[i], let b = labels[j] else { continue }
        linked += 1
        right += a == b ? 1 : 0
      }
      #expect(found[index].partition == Partition(components, rowCount: texts.count))
      #expect(found[index].pairs.clustered == linked && found[index].pairs.both == right)
    }
  }

  @Test func `what is out of range is refused`() {
    for (length, threshold) in [(0, 0.1), (1, 0), (1, 1.1), (1, .nan)] {
      #expect(throws: AnalysisError.self) {
        try JaccardLinkage.results(
          texts: ["a"], labels: [nil], gramLength: length, thresholds: [threshold])
      }
    }
  }
}
