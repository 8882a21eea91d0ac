/// chrF: the F-score, recall twice as weighty as precision, of runs of 1 to 6 characters.
///
/// Popović 2015 (doi:10.18653/v1/W15-3049), as sacrebleu 2.6.0 does by default: white space left out,
/// precision and recall averaged over the orders that both texts are long enough for, then
/// F = 5 P R / (4 P + R).
package struct CharacterFScore: Hashable, Sendable {
  private static let orders = 1...6
  private static let recallWeight = 4.0  // the square of 2

  private var hypothesisTotals = [Int](repeating: 0, count: orders.count)
  private var referenceTotals = [Int](repeating: 0, count: orders.count)
  private var matches = [Int](repeating: 0, count: orders.count)

  /// The counts of no segment at all.
  package init() {}

  /// The counts of one segment, against the reference that gives it the highest score, of equals the first.
  package init(hypothesis: String, references: [String]) {
    let counts = Self.counts(hypothesis)
    let candidates = references.map { Self(counts, Self.counts($0)) }
    self = candidates.dropFirst().reduce(candidates.first ?? Self()) {
      $1.score > $0.score ? $1 : $0
    }
  }

  private init(
    _ hypothesis: [NGramCounts], _ reference: [NGramCounts]
  ) {
    for (index, (first, second)) in zip(hypothesis, reference).enumerated() {
      hypothesisTotals[index] = second.total > 0 ? first.total : 0
      referenceTotals[index] = second.total
      matches[index] = first.matches(in: second)
    }
  }

  private static func counts(_ text: String) -> [NGramCounts] {
    let codes = text.unicodeScalars.filter { !$0.isPythonSpace }.map(\.value)
    return orders.map { NGramCounts(codes, order: $0) }
  }

  /// The counts of a corpus are the sums of its segments'.
  package static func += (total: inout CharacterFScore, segment: CharacterFScore) {
    for index in total.matches.indices {
      total.hypothesisTotals[index] += segment.hypothesisTotals[index]
      total.referenceTotals[index] += segment.referenceTotals[index]
      total.matches[index] += segment.matches[index]
    }
  }

  /// chrF, 0 to 1; 0 where nothing matches.
  package var score: Double {
    var (precision, recall, orders) = (0.0, 0.0, 0.0)
    for index in matches.indices where hypothesisTotals[index] > 0 && referenceTotals[index] > 0 {
      precision += Double(matches[index]) / Double(hypothesisTotals[index])
      recall += Double(matches[index]) / Double(referenceTotals[index])
      orders += 1
    }
    guard precision + recall > 0 else { return 0 }
    precision /= orders
    recall /= orders
    return (1 + Self.recallWeight) * precision * recall / (Self.recallWeight * precision + recall)
  }
}
