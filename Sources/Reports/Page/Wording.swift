import Files
import Foundation
import Images
import Runs

/// Numbers as a sentence says them.
enum Wording {
  /// `91.8 %`.
  static func percent(_ share: Double) -> String { Quantity.share.text(share) }

  /// `91.8 % (95 % interval 90.0–93.5 %)`, without the interval where there is none.
  static func percent(_ share: Double, _ interval: Interval?) -> String {
    guard let interval else { return percent(share) }
    return "\(percent(share)) (95 % interval \(Quantity.share.range(interval)))"
  }

  /// `91.8 % (90.0–93.5 %)`: where it was said before what stands in brackets.
  static func shortPercent(_ share: Double, _ interval: Interval?) -> String {
    percent(share) + (interval.map { " (\(Quantity.share.range($0)))" } ?? "")
  }

  /// `p = 0.012`, `p < 0.0001`.
  static func probability(_ p: Double, name: String = "p") -> String {
    let text = Quantity.probability.text(p)
    return text.hasPrefix("<") ? "\(name) \(text)" : "\(name) = \(text)"
  }

  /// `3 images`, `1 image`.
  static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// `5,640`.
  static func grouped(_ count: Int) -> String {
    var digits = String(count.magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return (count < 0 ? "−" : "") + digits
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A level as a sentence names it: `clean images`, `σ = 0.5`, `shot noise of severity 3`.
  ///
  /// - Parameters:
  ///   - noise: The kind of noise as tables name it.
  ///   - level: Its level.
  /// - Returns: The words.
  static func level(noise: String, level: Double) -> String {
    noise == ConditionColumns.clean
      ? "clean images" : NoiseWords(of: noise).phrase(level: level.shortestText)
  }

  /// A condition's level as a sentence names it.
  static func level(_ condition: Condition) -> String {
    condition.noise.map { level(noise: $0, level: condition.level) } ?? "clean images"
  }

  /// A kind of noise as a sentence names it.
  static func noise(_ noise: String) -> String { NoiseWords(of: noise).phrase }

  /// A text as the beginning of a sentence; one that begins with σ keeps it: its capital is another sign.
  static func sentenceCase(_ text: String) -> String {
    text.first?.isASCII == true ? text.prefix(1).uppercased() + text.dropFirst() : text
  }
}

/// A 95 % interval.
struct Interval: Sendable, Equatable {
  let low: Double
  let high: Double

  /// Nil unless both ends are there.
  init?(_ low: Double?, _ high: Double?) {
    guard let low, let high else { return nil }
    self.low = low
    self.high = high
  }

  func contains(_ value: Double) -> Bool { low <= value && value <= high }

  func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}
