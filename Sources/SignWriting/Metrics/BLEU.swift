import Foundation

/// BLEU of tokens: the geometric mean of the shares of n-grams, n from 1 to 4, that a reference has too, with
/// a penalty for brevity.
///
/// Papineni et al. 2002 (doi:10.3115/1073083.1073135). Orders that no segment is long enough for are left out
/// (effective order), and an order without a match counts as 1/2, 1/4, … of one (Chen and Cherry 2014,
/// doi:10.3115/v1/W14-3346, method 3), as sacrebleu 2.6.0 does with `effective_order` (Post 2018,
/// doi:10.18653/v1/W18-6319). Its tokenisation has nothing to split in a sign's tokens.
package struct BLEU: Hashable, Sendable {
  private static let orders = 1...4

  private var hypothesisLength = 0
  private var referenceLength = 0
  private var matches = [Int](repeating: 0, count: orders.count)
  private var totals = [Int](repeating: 0, count: orders.count)

  /// The counts of no segment at all.
  package init() {}

  /// The counts of one segment.
  ///
  /// - Parameters:
  ///   - hypothesis: Its tokens.
  ///   - references: Those of each reference; the one of nearest length, of equals the shorter, is what
  ///     brevity is measured by, and an n-gram may match as often as it occurs in the reference that has it
  ///     most often.
  package init(hypothesis: [SignToken], references: [[SignToken]]) {
    hypothesisLength = hypothesis.count
    referenceLength =
      references.map(\.count).min {
        let (first, second) = (abs($0 - hypothesis.count), abs($1 - hypothesis.count))
        return (first, $0) < (second, $1)
      } ?? 0
    let codes = hypothesis.map(\.code)
    let referenceCodes = references.map { $0.map(\.code) }
    for order in Self.orders {
      var known = NGramCounts([], order: order)
      for reference in referenceCodes { known.formUnion(NGramCounts(reference, order: order)) }
      let counts = NGramCounts(codes, order: order)
      totals[order - 1] = counts.total
      matches[order - 1] = counts.matches(in: known)
    }
  }

  /// The counts of a corpus are the sums of its segments'.
  package static func += (total: inout BLEU, segment: BLEU) {
    total.hypothesisLength += segment.hypothesisLength
    total.referenceLength += segment.referenceLength
    for index in total.matches.indices {
      total.matches[index] += segment.matches[index]
      total.totals[index] += segment.totals[index]
    }
  }

  /// BLEU, 0 to 1; 0 where nothing matches.
  package var score: Double {
    guard matches.contains(where: { $0 > 0 }) else { return 0 }
    var logarithms = 0.0
    var smoothing = 1.0
    var order = 0
    while order < totals.count, totals[order] > 0 {
      if matches[order] == 0 {
        smoothing *= 2
        logarithms += log(1 / (smoothing * Double(totals[order])))
      } else {
        logarithms += log(Double(matches[order]) / Double(totals[order]))
      }
      order += 1
    }
    let brevity =
      hypothesisLength < referenceLength
      ? exp(1 - Double(referenceLength) / Double(hypothesisLength)) : 1
    return brevity * exp(logarithms / Double(order))
  }
}
