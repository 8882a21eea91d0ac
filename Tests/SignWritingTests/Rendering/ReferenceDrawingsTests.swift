import Fixtures
import Images
import Testing

@testable import SignWriting

/// The drawing of all signs of sign2mint against that of the reference.
@Suite(
  .enabled(if: SuttonSignWriting.isThere, SuttonSignWriting.absence),
  .enabled(if: SignMint.isThere, SignMint.absence))
struct ReferenceDrawingsTests {
  private struct Drawing {
    /// nil where the reference fails.
    let size: [Int]?
    let tightSize: [Int]
    let ink: Double
    let center: [Double]
  }

  private let drawings: [Drawing] = ReferenceDrawings.text.split(separator: "\n").map { line in
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let numbers = fields.map { Double($0) }
    return Drawing(
      size: fields[1].isEmpty ? nil : [Int(fields[1]) ?? 0, Int(fields[2]) ?? 0],
      tightSize: [Int(fields[3]) ?? 0, Int(fields[4]) ?? 0], ink: numbers[5] ?? .nan,
      center: [numbers[6] ?? .nan, numbers[7] ?? .nan])
  }

  private func renderer(trustsBox: Bool) throws -> SignRenderer {
    var settings = RenderingSettings()
    settings.trustsBox = trustsBox
    return try SignRenderer(fonts: try #require(SuttonSignWriting.folder), settings: settings)
  }

  @Test func `sizes are equal, with the box trusted and not`() throws {
    let signs = try SignMint.texts().map { try Sign(fsw: $0) }
    try #require(signs.count == drawings.count && signs.count == 400)
    let trusting = try renderer(trustsBox: true)
    let measuring = try renderer(trustsBox: false)
    for (sign, drawing) in zip(signs, drawings) {
      let tight = try measuring.image(of: [sign])
      #expect([tight.width, tight.height] == drawing.tightSize, "\(sign.fsw)")
      if let size = drawing.size {
        let image = try trusting.image(of: [sign])
        #expect([image.width, image.height] == size, "\(sign.fsw)")
      } else {
        #expect(throws: SignRenderingError.self) { try trusting.image(of: [sign]) }
      }
    }
  }

  /// Versions of FreeType round coverage differently, by hundredths of a per cent of the ink.
  @Test func `the ink is as much and where it is`() throws {
    let measuring = try renderer(trustsBox: false)
    for (text, drawing) in zip(try SignMint.texts(), drawings) {
      let image = try measuring.image(of: [Sign(fsw: text)])
      var ink = 0.0
      var x = 0.0
      var y = 0.0
      for row in 0..<image.height {
        for column in 0..<image.width {
          let start = 4 * (row * image.width + column)
          let alpha = Double(image.pixels[start + 3]) / 255
          let darkness = alpha * (255 - Double(image.pixels[start])) / 255
          ink += darkness
          x += darkness * Double(column)
          y += darkness * Double(row)
        }
      }
      #expect(abs(ink - drawing.ink) < 0.005 * drawing.ink, "\(text)")
      #expect(abs(x / ink - drawing.center[0]) < 0.1, "\(text)")
      #expect(abs(y / ink - drawing.center[1]) < 0.1, "\(text)")
    }
  }
}
