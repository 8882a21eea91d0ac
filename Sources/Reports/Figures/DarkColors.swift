import Foundation

/// What the colours of an SVG file become where its reader prefers dark.
///
/// Greys change places with what they lie on; colours that would be lost on dark are mixed with white until they have
/// the contrast of WCAG 2.1 for graphics; all others stay, and so their meaning does.
enum DarkColors {
  /// The style for a file: nothing of it holds in light.
  ///
  /// - Parameters:
  ///   - svg: The file, in which gnuplot writes colours as attributes.
  ///   - scope: The identifier of the element whose contents it holds for.
  ///   - keepsFills: Whether coloured areas stay as they are: those of a scale that pixels are read by.
  /// - Returns: A `style` element.
  static func style(of svg: String, scope: String, keepsFills: Bool) -> String {
    var rules: Set<String> = []
    for use in uses(svg) {
      guard let color = channels(use.color), use.attribute != "fill" || !keepsFills || isGrey(color)
      else { continue }
      let dark = dark(color)
      guard dark != color else { continue }
      rules.insert(
        "#\(scope) [\(use.attribute)='\(use.color)']{\(use.attribute):\(hexadecimal(dark))}")
    }
    return "<style>@media (prefers-color-scheme:dark){\n"
      + rules.sorted().joined(separator: "\n") + "\n}</style>"
  }

  private struct Use: Hashable {
    let attribute: String
    let color: String
  }

  /// The colours of the file, each once with each attribute: a walk over its bytes, for files of megabytes.
  private static func uses(_ svg: String) -> Set<Use> {
    let names = ["stroke", "fill", "color"].flatMap { name in
      ["=", " = "].map { (attribute: name, end: Array("\(name)\($0)".utf8)) }
    }
    // Quotes of both kinds: what follows the name of an attribute is its value, whatever else texts hold.
    let parts = svg.utf8.split(omittingEmptySubsequences: false) { $0 == 0x27 || $0 == 0x22 }
    var uses: Set<Use> = []
    for (part, value) in zip(parts, parts.dropFirst()) where value.count < 24 {
      guard let name = names.first(where: { part.suffix($0.end.count).elementsEqual($0.end) })
      else { continue }
      uses.insert(Use(attribute: name.attribute, color: String(Substring(value))))
    }
    return uses
  }

  /// The colours of pages that are dark.
  private static let ground = [20, 23, 28]
  private static let text = [228, 231, 236]
  /// The least contrast of a colour with the ground.
  private static let leastContrast = 4.0

  /// The twin of a colour on dark.
  static func dark(_ color: [Int]) -> [Int] {
    if isGrey(color) {
      let share = Double(color.reduce(0, +)) / 765
      return zip(text, ground).map { Int((Double($0) + share * Double($1 - $0)).rounded()) }
    }
    let least = leastContrast * (luminance(ground) + 0.05) - 0.05
    let own = luminance(color)
    guard own < least else { return color }
    // Light adds up: so much white gives exactly the least.
    let share = (least - own) / (1 - own)
    return color.map { encoded(linear($0) + share * (1 - linear($0))) }
  }

  private static func isGrey(_ color: [Int]) -> Bool {
    (color.max() ?? 0) - (color.min() ?? 0) < 12
  }

  /// Relative luminance, 0 for black and 1 for white.
  static func luminance(_ color: [Int]) -> Double {
    zip([0.2126, 0.7152, 0.0722], color).reduce(0) { $0 + $1.0 * linear($1.1) }
  }

  /// sRGB's transfer function (IEC 61966-2-1).
  private static func linear(_ channel: Int) -> Double {
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ value: Double) -> Int {
    let share = value <= 0.003_130_8 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
    return Int((255 * share).rounded())
  }

  private static func hexadecimal(_ color: [Int]) -> String {
    String(format: "#%02x%02x%02x", color[0], color[1], color[2])
  }

  /// `rgb( 1, 2, 3)`, `#010203`, `black` or `white`; nil for what is no colour.
  static func channels(_ text: String) -> [Int]? {
    if text == "black" { return [0, 0, 0] }
    if text == "white" { return [255, 255, 255] }
    if let match = text.wholeMatch(of: /#([0-9a-fA-F]{6})/) {
      return Int(match.1, radix: 16).map { [$0 >> 16, $0 >> 8 & 255, $0 & 255] }
    }
    guard let match = text.wholeMatch(of: /rgb\( *([0-9]{1,3}), *([0-9]{1,3}), *([0-9]{1,3})\)/)
    else { return nil }
    let found = [match.1, match.2, match.3].compactMap { Int($0) }
    return found.count == 3 && found.allSatisfy { $0 < 256 } ? found : nil
  }
}
