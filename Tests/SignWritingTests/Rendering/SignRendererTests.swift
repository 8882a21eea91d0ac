import Files
import Images
import Testing

@testable import SignWriting

@Suite struct SignRendererTests {
  let fonts: HandmadeSignFonts

  init() throws { fonts = try HandmadeSignFonts() }

  private func sign(_ fsw: String) throws -> Sign { try Sign(fsw: fsw) }

  private func pixel(_ image: RGBAImage, _ x: Int, _ y: Int) -> [UInt8] {
    let start = 4 * (y * image.width + x)
    return Array(image.pixels[start..<start + 4])
  }

  // MARK: By hand

  @Test func `strokes lie over areas, on a transparent ground of the box's size`() throws {
    let renderer = try fonts.renderer {
      $0.line = RGBColor(red: 10, green: 20, blue: 30)
      $0.fill = RGBColor(red: 200, green: 100, blue: 0)
    }
    // The strokes of the second symbol begin at (6, 1): the areas of the first are under its own strokes.
    let image = try renderer.image(of: [sign("M512x508S10000500x500S10001506x501")])
    #expect(image.width == 12 && image.height == 8)
    #expect(pixel(image, 0, 0) == [10, 20, 30, 255])
    #expect(pixel(image, 3, 3) == [10, 20, 30, 255])
    #expect(pixel(image, 6, 0) == [255, 255, 255, 0])
    #expect(pixel(image, 6, 1) == [10, 20, 30, 255])
    #expect(pixel(image, 9, 4) == [10, 20, 30, 255])
    #expect(pixel(image, 10, 4) == [255, 255, 255, 0])
    #expect(pixel(image, 0, 6) == [255, 255, 255, 0])
  }

  @Test func `a later symbol's areas cover an earlier one's strokes`() throws {
    let renderer = try fonts.renderer { $0.fill = RGBColor(red: 9, green: 9, blue: 9) }
    // Strokes of S10001 at (0, 0) to (4, 4); areas of S10000 at (3 + 2, …) do not touch; its strokes do.
    let covered = try renderer.image(of: [sign("M509x506S10001500x500S10000500x500")])
    #expect(pixel(covered, 2, 2) == [0, 0, 0, 255])
    #expect(pixel(covered, 5, 5) == [0, 0, 0, 255])
  }

  @Test func `half covered pixels take the ink at once where nothing was, and half of it later`()
    throws
  {
    let renderer = try fonts.renderer { $0.line = RGBColor(red: 0, green: 50, blue: 100) }
    let once = try renderer.image(of: [sign("M502x510S10002500x500")])
    let share = pixel(once, 0, 0)[3]
    #expect((127...128).contains(share))
    #expect(Array(pixel(once, 0, 0)[..<3]) == [0, 50, 100])
    #expect(pixel(once, 1, 0) == [255, 255, 255, 0])
    let twice = try renderer.image(of: [sign("M502x510S10002500x500S10002500x500")])
    let sum = UInt32(share) * (255 - UInt32(share)) + 255 * UInt32(share)
    #expect(pixel(twice, 0, 0) == [0, 50, 100, UInt8((Double(sum) / 255).rounded())])
  }

  @Test func `a box that is not trusted ends where the last symbol's box does`() throws {
    let renderer = try fonts.renderer { $0.trustsBox = false }
    // 3 × 2 pixels of ink in an advance of 9; the height is that of ink and baseline: 24 rows below the line.
    let image = try renderer.image(of: [sign("M700x700S10003500x500")])
    #expect(image.width == 9)
    #expect(image.height == HandmadeFont.ascender)
  }

  @Test func `what lies outside the box is cut, also what begins left of it and above`() throws {
    let image = try fonts.renderer().image(of: [sign("M503x503S10004500x500")])
    #expect(image.width == 3 && image.height == 3)
    #expect(pixel(image, 0, 0) == [0, 0, 0, 255])
    #expect(pixel(image, 1, 2) == [0, 0, 0, 255])
    #expect(pixel(image, 2, 0) == [255, 255, 255, 0])
  }

  @Test func `a symbol that lies wholly outside the box leaves nothing`() throws {
    let image = try fonts.renderer().image(of: [
      sign("M503x503S10001500x500S10001500x520S10001520x500S10000520x520")
    ])
    #expect(image.width == 3 && image.height == 3)
    #expect((0..<9).allSatisfy { image.pixels[4 * $0 + 3] == 255 })
  }

  @Test func `a sign without symbols is one transparent pixel`() throws {
    let image = try fonts.renderer().image(of: [sign("M500x500")])
    #expect(image.width == 1 && image.height == 1 && image.pixels[3] == 0)
  }

  @Test func `a corner before the first symbol is an error that names the remedy`() throws {
    let renderer = try fonts.renderer()
    let error = #expect(throws: SignRenderingError.self) {
      try renderer.image(of: [sign("M490x520S10000500x500")])
    }
    #expect(error == .emptyBox(width: -10, height: 20))
    #expect("\(try #require(error))".contains("--no-trust-box"))
    #expect(throws: SignRenderingError.emptyBox(width: 0, height: 20)) {
      try renderer.image(of: [sign("M500x520S10000500x500")])
    }
  }

  @Test func `a symbol that the fonts do not have is named`() throws {
    let renderer = try fonts.renderer()
    let error = #expect(throws: SignRenderingError.self) {
      try renderer.image(of: [sign("M520x520S3ff00500x500")])
    }
    #expect("\(try #require(error))".contains("S3ff00"))
  }

  @Test func `signs stand below one another in their lanes, twenty rows apart`() throws {
    let image = try fonts.renderer().image(of: [
      sign("L510x506S10000500x500"), sign("R504x504S10001500x500"), sign("M504x504S10001500x500"),
      sign("B503x504S10001500x500"),
    ])
    #expect(image.width == 10 && image.height == 6 + 20 + 4 + 20 + 4 + 20 + 4)
    let ink = (0..<image.height).map { row in
      (0..<image.width).filter { pixel(image, $0, row)[3] == 255 }
    }
    #expect(ink[0] == Array(0..<6))
    #expect(ink[6..<26].allSatisfy { $0.isEmpty })
    #expect(ink[26] == Array(6..<10))
    #expect(ink[50] == Array(3..<7))
    // Four columns of ink in a box of three; an odd column that is left over is at the right.
    #expect(ink[74] == Array(3..<6))
  }

  @Test func `a sign is centred on the canvas, and moved by a shift`() throws {
    let signs = [try sign("M504x504S10001500x500")]
    let still = try fonts.renderer { $0.canvas = 17 }.canvas(of: signs)
    let moved = try fonts.renderer {
      $0.canvas = 17
      $0.shift = (x: -8, y: 3)
    }.canvas(of: signs)
    func ink(_ image: RGBImage) -> [Int] {
      (0..<17 * 17).filter { image.pixels[3 * $0] == 0 }
    }
    #expect(ink(still) == (6..<10).flatMap { row in (6..<10).map { 17 * row + $0 } })
    #expect(ink(moved) == (9..<13).flatMap { row in (0..<2).map { 17 * row + $0 } })
    #expect(still.pixels.allSatisfy { $0 == 0 || $0 == 255 })
  }

  @Test func `a sign larger than the canvas is refused with both sizes`() throws {
    let renderer = try fonts.renderer { $0.canvas = 16 }
    #expect(throws: SignRenderingError.tooLarge(width: 17, height: 4, canvas: 16)) {
      try renderer.canvas(of: [sign("M517x504S10001500x500")])
    }
    #expect(throws: Never.self) { try renderer.canvas(of: [sign("M516x516S10001500x500")]) }
  }

  @Test func `more pixels than an image may have are refused before they are drawn`() throws {
    let renderer = try fonts.renderer()
    let one = try sign("M749x749S10001250x250")
    #expect(throws: SignRenderingError.self) {
      try renderer.image(of: [Sign](repeating: one, count: 1000))
    }
  }

  @Test func `scale goes for symbols and distances`() throws {
    let image = try fonts.renderer { $0.scale = 2 }.image(of: [sign("M510x506S10000500x500")])
    #expect(image.width == 20 && image.height == 12)
    #expect(pixel(image, 11, 11) == [0, 0, 0, 255])
    #expect(pixel(image, 12, 0)[3] == 0)
  }

  @Test func `without antialiasing a pixel is covered wholly or not at all`() throws {
    let renderer = try fonts.renderer { $0.isAntialiased = false }
    let image = try renderer.image(of: [sign("M510x510S10000500x500S10002508x500")])
    #expect(image.pixels.allSatisfy { $0 == 0 || $0 == 255 })
    #expect(pixel(image, 5, 5) == [0, 0, 0, 255])
  }

  // MARK: Settings

  @Test func `settings that cannot be are refused`() throws {
    func problem(_ change: (inout RenderingSettings) -> Void) -> String? {
      var settings = RenderingSettings()
      change(&settings)
      do {
        try settings.validate()
        return nil
      } catch { return "\(error)" }
    }
    #expect(problem { $0.scale = .nan }?.contains("--scale") == true)
    #expect(problem { $0.scale = 5 }?.contains("--scale") == true)
    #expect(problem { $0.canvas = 0 }?.contains("--canvas") == true)
    #expect(problem { $0.shift = (x: 1, y: 0) }?.contains("--canvas") == true)
    #expect(
      problem {
        $0.canvas = 100
        $0.shift = (x: .min, y: 0)
      }?.contains("--shift") == true)
    #expect(problem { $0.canvas = 100 } == nil)
  }

  @Test func `colours are six hexadecimal digits`() {
    #expect(RGBColor("1a5FB4") == RGBColor(red: 0x1A, green: 0x5F, blue: 0xB4))
    #expect(RGBColor("#000001")?.description == "000001")
    for text in ["", "12345", "1234567", "+12345", "ggffff", "１２３４５６"] {
      #expect(RGBColor(text) == nil)
    }
  }
}
