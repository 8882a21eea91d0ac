package import Runs

/// How signs are drawn.
package struct RenderingSettings: Sendable, Equatable {
  /// The scales there are: at the largest a sign has about 2,000 pixels a side.
  package static let scales = 0.1...4.0
  /// The canvases there are, in pixels a side.
  package static let canvases = 16...4096

  /// Whether a sign's box ends at the corner that it says, or where its symbols end.
  package var trustsBox = true
  /// Whether pixels are covered in part, or wholly and not at all.
  package var isAntialiased = true
  /// Of the strokes.
  package var line = RGBColor.black
  /// Of the areas.
  package var fill = RGBColor.white
  /// The size of everything over the notation's.
  package var scale = 1.0
  /// The side of the white square that signs are centred on; nil for their own size, transparent.
  package var canvas: Int?
  /// How far from the centre of the canvas, to the right and down, in pixels.
  package var shift = (x: 0, y: 0)

  package init() {}

  package static func == (a: RenderingSettings, b: RenderingSettings) -> Bool {
    a.record == b.record
  }

  /// The settings as a file says them.
  var record: [String: String] {
    [
      "trust_box": "\(trustsBox)", "antialiasing": "\(isAntialiased)", "line_color": "\(line)",
      "fill_color": "\(fill)", "scale": "\(scale)", "canvas": canvas.map { "\($0)" } ?? "none",
      "shift": "\(shift.x),\(shift.y)",
    ]
  }

  /// Checks them.
  ///
  /// - Throws: `OptionError`.
  package func validate() throws(OptionError) {
    try require(
      Self.scales.contains(scale), "--scale \(scale): expected \(Self.scales.words)")
    if let canvas {
      try require(
        Self.canvases.contains(canvas), "--canvas \(canvas): expected \(Self.canvases.words)")
    }
    let range = -(canvas ?? 0)...(canvas ?? 0)
    try require(
      shift == (0, 0) || canvas != nil,
      "--shift moves a sign on a canvas: give --canvas N as well")
    try require(
      range.contains(shift.x) && range.contains(shift.y),
      "--shift \(shift.x),\(shift.y): the sign would leave the canvas of \(canvas ?? 0)")
  }
}
