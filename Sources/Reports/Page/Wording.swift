import Files
import Foundation
import Images
import Runs

/// Numbers as a sentence says them.
enum Wording {
  /// `91.8 %`.
  static func percent(_ share: Double) -> String {
    String(format: "%.1f %%", 100 * share).replacing("-", with: "−")
  }

  /// `91.8 % (95 % interval 90.0–93.5 %)`, without the interval where there is none.
  static func percent(_ share: Double, _ interval: Interval?) -> String {
    guard let interval else { return percent(share) }
    return "\(percent(share)) (95 % interval \(percentRange(interval)))"
  }

  /// `90.0–93.5 %`.
  static func percentRange(_ interval: Interval) -> String {
    let (low, high) = (100 * interval.low, 100 * interval.high)
    return
      (String(format: "%.1f", low) + (low < 0 ? " to " : "–")
      + String(format: "%.1f %%", high)).replacing("-", with: "−")
  }

  /// Three digits after the point, with a true minus sign.
  static func number(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : "−∞" }
    let text = String(format: "%.\(digits)f", value)
    // No minus before a number that is rounded to nothing.
    return (text.contains { ("1"..."9").contains($0) } ? text : text.replacing("-", with: ""))
      .replacing("-", with: "−")
  }

  /// `−0.12 to 0.31`.
  static func range(_ interval: Interval, digits: Int = 2) -> String {
    "\(number(interval.low, digits: digits)) to \(number(interval.high, digits: digits))"
  }

  /// `p = 0.012`, `p < 0.0001`.
  static func probability(_ p: Double, name: String = "p") -> String {
    if p < 0.0001 { return "\(name) < 0.0001" }
    if p >= 0.9995 { return "\(name) = 1" }
    return "\(name) = " + String(format: p < 0.01 ? "%.4f" : "%.3f", p)
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

  /// A number of a table as a cell shows it: whole ones as they are, others with four digits that count.
  static func cell(_ text: String) -> String {
    switch text {
    case "inf": return "∞"
    case "-inf": return "−∞"
    default: break
    }
    guard let value = Double(text), value.isFinite, Int(text) == nil else {
      return text.hasPrefix("-") && Int(text) != nil ? "−" + text.dropFirst() : text
    }
    if value == 0 { return "0" }
    let isSmall = abs(value) < 0.0001
    var shown = String(format: isSmall ? "%.1e" : "%.4g", value)
    // Numbers below 1 line up by as many digits after the point.
    if !isSmall, abs(value) < 1, !shown.contains("e") { shown = String(format: "%.4f", value) }
    return shown.replacing("-", with: "−")
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
