import Files

/// The whole numbers that a count may be, and how a user is told.
///
/// Every count has a largest value: far above what any work needs, and low enough that products of counts and
/// of the memory that they stand for are never beyond what a machine can hold.
extension ClosedRange<Int> {
  /// How often something random is drawn again; p-values then have six digits.
  package static let replicates = 1...1_000_000
  /// The same, and none.
  package static let replicatesOrNone = 0...1_000_000
  /// Images, rows or points.
  package static let images = 1...1_000_000_000
  /// Images of a class, where so many are drawn or taken.
  package static let imagesOfClass = 1...1_000_000
  /// Neighbours of a point.
  package static let neighbors = 1...1_000_000
  /// Passes over all data, or parts of them.
  package static let passes = 1...1_000_000
  /// Steps of an optimiser.
  package static let steps = 0...1_000_000_000

  /// What a number in this range is, in words that follow "expected".
  package var words: String { "a whole number from \(lowerBound) to \(upperBound)" }

  /// The number that a text is, if it is one of these.
  package func number(_ text: String) -> Int? {
    Int(text).flatMap { contains($0) ? $0 : nil }
  }
}

/// The real numbers that a setting may be.
extension ClosedRange<Double> {
  /// Distances; float32 holds none above 3.4e38.
  package static let distances = 0...1e38
  /// Factors, rates and weights that are above 0.
  package static let factors = 1e-12...1e12
  /// The same, and 0.
  package static let factorsOrZero = 0...1e12

  /// What a number in this range is, in words that follow "expected".
  package var words: String {
    "a number from \(lowerBound.shortestText) to \(upperBound.shortestText)"
  }

  /// The number that a text is, if it is one of these; NaN is none.
  package func number(_ text: String) -> Double? {
    Double(text).flatMap { contains($0) ? $0 : nil }
  }
}

/// Checks an option that is a count.
///
/// - Parameters:
///   - option: Its name, with hyphens.
///   - value: What was given; nil when nothing was.
///   - range: What it may be.
/// - Throws: `OptionError` with the option, the value and the range.
package func requireCount(
  _ option: String, _ value: Int?, in range: ClosedRange<Int>
) throws(OptionError) {
  guard let value, !range.contains(value) else { return }
  throw OptionError("\(option) \(value): expected \(range.words)")
}

/// Checks an option that is a real number.
///
/// - Parameters:
///   - option: Its name, with hyphens.
///   - value: What was given; nil when nothing was.
///   - range: What it may be; NaN is never in it.
/// - Throws: `OptionError` with the option, the value and the range.
package func requireNumber(
  _ option: String, _ value: Double?, in range: ClosedRange<Double>
) throws(OptionError) {
  guard let value, !range.contains(value) else { return }
  throw OptionError("\(option) \(value): expected \(range.words)")
}
