/// The pairs that a rule keeps.
package struct Curation: Sendable, Equatable {
  /// Whether each scored pair is kept.
  package let kept: [Bool]
  /// How many are.
  package let count: Int
  /// What is to be known of it, a sentence each.
  package let messages: [String]

  /// Applies a rule.
  ///
  /// The best share p of n pairs are exactly ⌈p · n⌉, of equal values the earlier records. Both conditions hold where
  /// both are given: the best are those of all pairs, not of those above the score.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - cosines: Of every pair, in the order of the records.
  ///   - negCLIPLoss: Of every pair; must be there where the rule ranks by it.
  /// - Complexity: O(n · log n).
  package init(_ rule: CurationRule, cosines: [Float], negCLIPLoss: [Double]?) {
    let total = cosines.count
    let values: [Double]
    switch rule.measure {
    case .score: values = cosines.map { Double($0) }
    case .negCLIPLoss:
      guard let negCLIPLoss, negCLIPLoss.count == total else {
        preconditionFailure("a rule by negCLIPLoss needs it of every pair")
      }
      values = negCLIPLoss
    }
    var kept = [Bool](repeating: true, count: total)
    var messages: [String] = []
    if let top = rule.top {
      let wanted = Self.count(top, of: total)
      if case .count(let count) = top, count > total {
        messages.append(
          "--keep-top \(count) is more than the \(total) pairs that have a score: all of these are kept"
        )
      }
      let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
      for place in order.dropFirst(wanted) { kept[place] = false }
      if let last = order.prefix(wanted).last, wanted < total,
        values[order[wanted]] == values[last]
      {
        let equal = values.count { $0 == values[last] }
        messages.append(
          "\(equal) pairs have the value at which --keep-top ends: of these the earlier records are kept"
        )
      }
    }
    if let minimum = rule.minimumScore {
      for place in kept.indices where !Self.isAtLeast(minimum, cosines[place]) {
        kept[place] = false
      }
    }
    self.kept = kept
    self.messages = messages
    count = kept.count { $0 }

  }

  private static func isAtLeast(_ minimum: Double, _ cosine: Float) -> Bool {
    let rough = 100 * Double(cosine)
    // As a decimal where that may decide.
    return abs(rough - minimum) > 1e-4 ? rough > minimum : ScoredPairs.score(cosine) >= minimum
  }

  /// How many pairs the best part of some are.
  static func count(_ part: CurationRule.Part, of total: Int) -> Int {
    switch part {
    case .count(let count): return min(count, total)
    case .share(let numerator, let denominator):
      let product = total.multipliedFullWidth(by: numerator)
      let (quotient, rest) = denominator.dividingFullWidth(product)
      return quotient + (rest > 0 ? 1 : 0)
    }
  }
}
