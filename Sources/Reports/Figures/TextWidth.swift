/// How wide a text is drawn, before it is.
enum TextWidth {
  /// The width of a text in points: of DejaVu Sans, the widest of the fonts that stand for `sans-serif`, so that what
  /// has room here has room everywhere.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - size: The font's size in points.
  /// - Returns: The sum of its characters' widths, some of them rounded up.
  static func points(_ text: String, size: Double) -> Double {
    size * text.reduce(0) { $0 + ems($1) }
  }

  /// The text, or as much of its beginning as has room before an ellipsis.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - width: The room in points.
  ///   - size: The font's size in points.
  /// - Returns: A text no wider than the room, but for an ellipsis that is.
  static func fitted(_ text: String, to width: Double, size: Double) -> String {
    guard points(text, size: size) > width else { return text }
    var left = width - size * ems("…")
    let beginning = text.prefix { character in
      left -= size * ems(character)
      return left >= 0
    }
    return beginning + "…"
  }

  private static func ems(_ character: Character) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar {
    case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", " ", "!": return 0.34
    case "f", "r", "t", "(", ")", "[", "]", "-", "/", "\\", "\"", "₀"..."₉", "⁰"..."⁹", "⁻":
      return 0.42
    case "m", "w", "M", "W", "%", "@", "…", "–", "—": return 1
    case "=", "<", ">", "+", "−", "×", "±", "∞", "→", "≥", "≤", "Δ", "O", "Q", "N", "G", "D", "H":
      return 0.84
    case "A"..."Z": return 0.73
    case "\u{20}"..."\u{2FF}", "\u{370}"..."\u{5FF}": return 0.64
    // Scripts whose characters are squares.
    default: return 1
    }
  }
}
