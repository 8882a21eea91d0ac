import ArgumentParser
import Foundation
import Runs
import SignWriting

/// The options of drawing signs.
struct SignRenderingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of SuttonSignWritingLine.ttf and SuttonSignWritingFill.ttf (SIL Open Font License), which the Python package signwriting holds in visualizer/.",
      valueName: "dir"))
  var fonts: String
  @Option(
    help: ArgumentHelp(
      "The side in pixels of a white square that signs are centred on; a larger sign is not drawn.",
      valueName: "n"))
  var canvas: Int?
  @Flag(help: "The box ends where the symbols end, not at the corner that the sign says.")
  var noTrustBox = false
  @Option(help: ArgumentHelp("The colour of strokes.", valueName: "rrggbb"))
  var lineColor = "000000"
  @Option(help: ArgumentHelp("The colour of areas.", valueName: "rrggbb"))
  var fillColor = "ffffff"
  @Flag(help: "Pixels are covered wholly or not at all.")
  var noAntialiasing = false
  @Option(help: "The size of symbols and distances over the notation's, 0.1 to 4.")
  var scale = 1.0
  @Option(
    help: ArgumentHelp(
      "Pixels to the right and down from the canvas's centre; to the left as in --shift=-3,5.",
      valueName: "x,y"))
  var shift: String?

  /// What they say.
  ///
  /// - Parameter standard: The canvas where none is given.
  /// - Returns: The settings, which the job validates.
  /// - Throws: `OptionError`.
  func settings(canvas standard: Int? = nil) throws -> RenderingSettings {
    var settings = RenderingSettings()
    settings.canvas = canvas ?? standard
    settings.trustsBox = !noTrustBox
    settings.isAntialiased = !noAntialiasing
    settings.scale = scale
    settings.line = try color("--line-color", lineColor)
    settings.fill = try color("--fill-color", fillColor)
    if let shift {
      let parts = shift.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let x = parts[0], let y = parts[1] else {
        throw OptionError("--shift \(shift): expected two whole numbers, such as 5,-3")
      }
      settings.shift = (x, y)
    }
    return settings
  }

  private func color(_ option: String, _ text: String) throws -> RGBColor {
    guard let color = RGBColor(text) else {
      throw OptionError("\(option) \(text): expected six hexadecimal digits, such as 1a5fb4")
    }
    return color
  }
}
