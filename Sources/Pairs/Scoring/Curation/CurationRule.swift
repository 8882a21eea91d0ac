import Files
package import Runs

/// Which pairs are kept: those of the best, those of a score and more, or both.
package struct CurationRule: Sendable, Equatable {
  /// What the best are the best by.
  package enum Measure: String, Sendable, CaseIterable {
    case score
    case negCLIPLoss = "negcliploss"
  }

  /// How many of the best.
  package enum Part: Sendable, Equatable {
    /// A share, as a fraction of whole numbers, so that 7 % of 100 are 7.
    case share(numerator: Int, denominator: Int)
    case count(Int)

    /// As the option has it.
    var text: String {
      switch self {
      case .count(let count): return "\(count)"
      case .share(let numerator, let denominator):
        return (Double(numerator) / Double(denominator / 100)).shortestText + "%"
      }
    }
  }

  package let top: Part?
  package let minimumScore: Double?
  package let measure: Measure

  /// A rule.
  package init(top: Part?, minimumScore: Double?, measure: Measure = .score) {
    self.top = top
    self.minimumScore = minimumScore
    self.measure = measure
  }

  /// The rule that options say; nil for none.
  ///
  /// - Parameters:
  ///   - keepTop: A percentage as `30%`, above 0 and at most 100, with at most nine decimals; or a count.
  ///   - minimumScore: A score, 100 times a cosine.
  ///   - keepBy: `score` or `negcliploss`; nil for `score`.
  /// - Throws: `OptionError`.
  package init?(keepTop: String?, minimumScore: Double?, keepBy: String?) throws(OptionError) {
    guard let measure = Measure(rawValue: keepBy ?? "score") else {
      throw OptionError("--keep-by \(keepBy ?? ""): expected score or negcliploss")
    }
    try require(
      keepBy == nil || keepTop != nil,
      "--keep-by says what --keep-top ranks pairs by; give --keep-top, or leave it out")
    try requireNumber("--minimum-score", minimumScore, in: -100...100)
    guard keepTop != nil || minimumScore != nil else { return nil }
    var top: Part?
    if let keepTop { top = try Self.part(keepTop) }
    self.init(top: top, minimumScore: minimumScore, measure: measure)
  }

  private static func part(_ text: String) throws(OptionError) -> Part {
    let expected =
      "--keep-top \(text): expected a percentage above 0% and at most 100%, as 30% or 2.5%, or a "
      + "count, \(ClosedRange<Int>.images.words)"
    guard text.hasSuffix("%") else {
      guard let count = ClosedRange<Int>.images.number(text) else { throw OptionError(expected) }
      return .count(count)
    }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    let decimals = parts.count == 2 ? parts[1].utf8.count : 0
    guard (1...2).contains(parts.count), !digits.isEmpty, decimals <= 9, digits.utf8.count <= 15,
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let numerator = Int(digits)
    else { throw OptionError(expected) }
    let denominator = (0..<decimals).reduce(100) { denominator, _ in denominator * 10 }
    guard numerator > 0, numerator <= denominator else { throw OptionError(expected) }
    return .share(numerator: numerator, denominator: denominator)
  }
}
