import Foundation

/// Colours, markers and sizes that all figures share.
enum FigureStyle {
  /// The size of text in points.
  static let fontSize = 8.0
  /// The size of the text at ticks in points.
  static let tickFontSize = 7.0
  /// The smallest size of text that can be read on paper.
  static let leastFontSize = 6.0
  /// A grey for what is beside the point: frames, references, annotations.
  static let grey = "#707070"

  /// Colour and marker of a control with random weights, in every figure.
  static let control = (color: "#CC79A7", marker: 13)

  /// Colours for categories, told apart with any colour vision: Okabe and Ito (2008), "Color universal
  /// design", without its yellow, which is too light on white.
  static let categories = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
  ]

  /// gnuplot's numbers of markers: filled circle, square, triangles, diamond, pentagon, and two crosses.
  static let markers = [7, 5, 9, 13, 11, 15, 2, 1]

  /// The colour of a class; colour and marker together tell 56 classes apart.
  static func color(ofClass index: Int) -> String { categories[index % categories.count] }

  /// The marker of a class.
  static func marker(ofClass index: Int) -> Int { markers[index % markers.count] }

  /// Anchors of viridis (van der Walt and Smith, 2015), at equal steps.
  static let viridis = [
    "#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30",
    "#FDE725",
  ]

  /// A colour of viridis.
  ///
  /// - Parameter position: From 0, dark violet, to 1, yellow.
  /// - Returns: `#RRGGBB`.
  static func viridis(_ position: Double) -> String {
    let place = min(max(position, 0), 1) * Double(viridis.count - 1)
    let index = min(Int(place), viridis.count - 2)
    let mixed = zip(channels(viridis[index]), channels(viridis[index + 1])).map { a, b in
      Int((a + (place - Double(index)) * (b - a)).rounded())
    }
    return String(format: "#%02X%02X%02X", mixed[0], mixed[1], mixed[2])
  }

  private static func channels(_ color: String) -> [Double] {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    return [number >> 16, number >> 8 & 255, number & 255].map(Double.init)
  }

  /// The colours of ordered levels, dark to light; the light end of viridis is too light for lines.
  static func levels(_ count: Int) -> [String] {
    (0..<count).map { viridis(count > 1 ? 0.85 * Double($0) / Double(count - 1) : 0) }
  }

  /// gnuplot's command for viridis in heat maps.
  static var paletteCommand: String {
    let anchors = viridis.enumerated().map { "\($0) '\($1)'" }.joined(separator: ", ")
    return "set palette defined (\(anchors))"
  }
}
