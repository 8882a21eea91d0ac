import Files
import Foundation

/// What a number is of, and so how it is rounded: sentences, tables and captions write the same number alike.
enum Quantity: Sendable, Equatable {
  /// A share, in per cent with one digit after the point: `91.8 %`.
  case share
  /// A correlation, a share of variance or of a bound: two digits after the point.
  case coefficient
  /// A probability: three digits after the point, four below 0.01, never nothing.
  case probability
  /// A distance or an error: three digits after the point.
  case distance
  /// Anything else: whole numbers as they are, others with four digits that count.
  case plain
  /// What the user chose: as it was given.
  case given

  /// What a column of a run's tables holds, by its name.
  init(ofColumn name: String) {
    self = Self.byName[name] ?? .plain
  }

  private static let byName: [String: Quantity] = {
    var quantities: [String: Quantity] = [:]
    for (quantity, names) in [
      (
        Quantity.share,
        [
          "top1", "top5", "mean_per_class", "accuracy", "accuracy_clean", "drop", "difference",
          "chance", "confusion", "clean_confusion", "neighbor_overlap", "corruption_error",
          "relative_corruption_error", "mean_error", "baseline_error", "share",
        ]
      ),
      (
        .coefficient,
        [
          "estimate", "permuted_mean", "detectable", "size_correlation", "r2", "r2_references",
          "delta_r2", "ratio", "relative_fall", "cka", "cka_unbiased",
        ]
      ),
      (.probability, ["p", "p_adjusted", "p_holm", "p_joint", "ece_p"]),
      (
        .distance,
        [
          "distance", "bound", "between_seeds", "between_halves", "ece", "ece_scaled",
          "ece_debiased", "ece_expected", "ece_adaptive", "ece_adaptive_debiased", "brier", "nll",
          "brier_scaled", "nll_scaled", "smallest_distance", "median_distance", "height",
          "clean_height", "fall", "clean_distance", "auroc", "aurc", "paired_distance",
          "trustworthiness", "continuity", "silhouette",
        ]
      ),
      (.given, ["level", "level_a", "level_b", "levels", "severity"]),
    ] {
      for name in names { quantities[name] = quantity }
    }
    return quantities
  }()

  /// A number in words.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return value > 0 ? "∞" : value < 0 ? "−∞" : "" }
    switch self {
    case .share: return Self.rounded(100 * value, digits: 1) + " %"
    case .coefficient: return Self.rounded(value, digits: 2)
    case .distance:
      // What is too small for its digits is not nothing.
      return value != 0 && abs(value) < 0.0005
        ? Self.plain(value) : Self.rounded(value, digits: 3)
    case .probability:
      if value < 0.0001 { return "< 0.0001" }
      if value >= 0.9995 { return "1" }
      return String(format: value < 0.01 ? "%.4f" : "%.3f", value)
    case .plain: return Self.plain(value)
    case .given: return value.shortestText.replacing("-", with: "−")
    }
  }

  /// The field of a table: a number by its quantity, anything else as it is.
  func cell(_ field: String) -> String {
    guard self != .given else { return field }
    switch field {
    case "inf": return "∞"
    case "-inf": return "−∞"
    default: break
    }
    guard let value = Double(field), value.isFinite else { return field }
    if self == .plain, Int(field) != nil { return field.replacing("-", with: "−") }
    return text(value)
  }

  /// An interval: `90.0–93.5 %`, `−0.12 to 0.31`.
  func range(_ interval: Interval) -> String {
    guard self == .share else { return "\(text(interval.low)) to \(text(interval.high))" }
    let (low, high) = (100 * interval.low, 100 * interval.high)
    return Self.rounded(low, digits: 1) + (low < 0 ? " to " : "–")
      + Self.rounded(high, digits: 1) + " %"
  }

  /// Digits after the point, with a true minus sign, and none before a number that is rounded to nothing.
  private static func rounded(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits)f", value)
    return (text.contains { ("1"..."9").contains($0) } ? text : text.replacing("-", with: ""))
      .replacing("-", with: "−")
  }

  /// Four digits that count.
  private static func plain(_ value: Double) -> String {
    if value == 0 { return "0" }
    let isSmall = abs(value) < 0.0001
    var shown = String(format: isSmall ? "%.1e" : "%.4g", value)
    // Numbers below 1 line up by as many digits after the point.
    if !isSmall, abs(value) < 1, !shown.contains("e") { shown = String(format: "%.4f", value) }
    return shown.replacing("-", with: "−")
  }
}
