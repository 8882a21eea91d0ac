import CFreeType
import Files

/// A font at one size, through FreeType: not for two threads at once.
///
/// Placed as Pillow 13 places a text of one glyph at its default anchor, the left end of the ascender's line:
/// the same rounding of 1/64 pixels, the same box, of which it draws nothing outside.
@safe
final class FontFace {
  private let path: String
  private let library: FT_Library
  private let face: FT_Face

  /// More than any symbol has; a damaged font may say anything.
  private static let largestSide = 8192

  /// Opens a font.
  ///
  /// - Parameters:
  ///   - path: A TrueType or OpenType font.
  ///   - size: In pixels.
  /// - Throws: `FileError` when it is absent, or FreeType does not read it.
  init(path: String, size: Double) throws {
    guard try FileStatus(path) != nil else { throw FileError(path, "no such file", kind: .missing) }
    var library: FT_Library?
    guard unsafe FT_Init_FreeType(&library) == 0, let library = unsafe library else {
      throw FileError(path, "FreeType does not start: out of memory")
    }
    var face: FT_Face?
    guard unsafe FT_New_Face(library, path, 0, &face) == 0, let face = unsafe face else {
      unsafe FT_Done_FreeType(library)
      throw FileError(path, "is no font that FreeType reads; fetch it again")
    }
    guard unsafe FT_Set_Char_Size(face, 0, FT_F26Dot6((size * 64).rounded()), 0, 0) == 0 else {
      unsafe FT_Done_FreeType(library)
      throw FileError(path, "has no outlines to draw at \(size) pixels; expected a TrueType font")
    }
    self.path = path
    unsafe self.library = unsafe library
    unsafe self.face = unsafe face
  }

  deinit { unsafe FT_Done_FreeType(library) }

  /// FreeType's version, such as `"2.12.1"`.
  var version: String {
    var major: FT_Int = 0
    var minor: FT_Int = 0
    var patch: FT_Int = 0
    unsafe FT_Library_Version(library, &major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// The size of the box of a character: its ink, its origin and its advance.
  ///
  /// - Returns: nil when the font has no such character.
  /// - Throws: `FileError` when FreeType cannot load it.
  func size(of codePoint: UInt32) throws -> (width: Int, height: Int)? {
    let index = unsafe FT_Get_Char_Index(face, FT_ULong(codePoint))
    guard index != 0 else { return nil }
    let box = try box(of: index, flags: FT_Int32(FT_LOAD_DEFAULT))
    return (box.right - box.left, box.top - box.bottom)
  }

  /// A character as it is drawn.
  ///
  /// - Parameters:
  ///   - codePoint: The character.
  ///   - isAntialiased: Whether pixels are covered in part, or wholly and not at all.
  /// - Returns: nil when the font has no such character.
  /// - Throws: `FileError` when FreeType cannot load it.
  func glyph(_ codePoint: UInt32, isAntialiased: Bool) throws -> GlyphBitmap? {
    let index = unsafe FT_Get_Char_Index(face, FT_ULong(codePoint))
    guard index != 0 else { return nil }
    // FT_LOAD_TARGET_MONO is a macro with an argument.
    let target = isAntialiased ? 0 : FT_Int32(FT_RENDER_MODE_MONO.rawValue & 15) << 16
    let flags = FT_Int32(FT_LOAD_DEFAULT) | target
    let box = try box(of: index, flags: flags)
    guard unsafe FT_Load_Glyph(face, index, flags | FT_Int32(FT_LOAD_RENDER)) == 0,
      let slot = unsafe face.pointee.glyph
    else { throw refusal(codePoint) }
    let left = unsafe Int(slot.pointee.bitmap_left)
    let top = unsafe Int(slot.pointee.bitmap_top)
    let ascender = unsafe Self.pixels(face.pointee.size.pointee.metrics.ascender)
    // The box may begin left of the bitmap and above it: Pillow aligns one with the other.
    var bitmap = GlyphBitmap(
      x: box.left + left - min(0, left), y: ascender - box.top + max(0, top) - top)
    bitmap.width = unsafe Int(slot.pointee.bitmap.width)
    bitmap.height = unsafe Int(slot.pointee.bitmap.rows)
    guard max(bitmap.width, bitmap.height) <= Self.largestSide else { throw refusal(codePoint) }
    bitmap.coverage = try unsafe coverage(of: slot.pointee.bitmap, codePoint)
    return bitmap.clipped(
      left: box.left, top: ascender - box.top, width: box.right - box.left,
      height: box.top - box.bottom)
  }

  /// A byte a pixel.
  private func coverage(of bitmap: FT_Bitmap, _ codePoint: UInt32) throws -> [UInt8] {
    let width = unsafe Int(bitmap.width)
    let height = unsafe Int(bitmap.rows)
    guard width > 0, height > 0 else { return [] }
    guard let start = unsafe bitmap.buffer else { throw refusal(codePoint) }
    let pitch = unsafe Int(bitmap.pitch)
    let isBits = unsafe UInt32(bitmap.pixel_mode) == FT_PIXEL_MODE_MONO.rawValue
    guard unsafe isBits || UInt32(bitmap.pixel_mode) == FT_PIXEL_MODE_GRAY.rawValue,
      pitch >= (isBits ? (width + 7) / 8 : width)
    else { throw refusal(codePoint) }
    var coverage: [UInt8] = []
    coverage.reserveCapacity(width * height)
    for row in 0..<height {
      let line = unsafe UnsafeBufferPointer(start: start + row * pitch, count: pitch)
      for column in 0..<width {
        if isBits {
          coverage.append(unsafe line[column >> 3] >> (7 - UInt8(column & 7)) & 1 == 1 ? 255 : 0)
        } else {
          coverage.append(unsafe line[column])
        }
      }
    }
    return coverage
  }

  /// The box of a glyph's ink, its origin and its advance, in pixels with y upwards.
  private func box(
    of index: FT_UInt, flags: FT_Int32
  ) throws -> (left: Int, right: Int, bottom: Int, top: Int) {
    guard unsafe FT_Load_Glyph(face, index, flags) == 0, let slot = unsafe face.pointee.glyph
    else { throw refusal(index) }
    var glyph: FT_Glyph?
    guard unsafe FT_Get_Glyph(slot, &glyph) == 0, let glyph = unsafe glyph else {
      throw refusal(index)
    }
    defer { unsafe FT_Done_Glyph(glyph) }
    var box = FT_BBox()
    unsafe FT_Glyph_Get_CBox(glyph, FT_UInt(FT_GLYPH_BBOX_PIXELS.rawValue), &box)
    let advance = unsafe Self.pixels(slot.pointee.advance.x)
    return (min(0, box.xMin), max(0, advance, box.xMax), min(0, box.yMin), max(0, box.yMax))
  }

  /// Of 1/64 pixels, to the nearest.
  private static func pixels(_ length: FT_Pos) -> Int { (Int(length) + 32) >> 6 }

  private func refusal(_ character: UInt32) -> FileError {
    FileError(
      path,
      "FreeType cannot draw character U+\(String(character, radix: 16, uppercase: true)); "
        + "the font is damaged: fetch it again")
  }
}
