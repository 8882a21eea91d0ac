import Files
import Synchronization

/// The two fonts of Sutton SignWriting at one size: areas and strokes of every symbol.
///
/// The fonts are SuttonSignWritingFill and SuttonSignWritingLine by Stephen E. Slevinski Jr and Valerie Sutton
/// (SIL Open Font License 1.1), which stay where the user has them. Glyphs are drawn once, by whichever
/// thread needs one first, and kept: at 30 pixels about 1 KiB each.
package final class SignFonts: Sendable {
  /// The size at which coordinates of the notation are pixels.
  package static let standardSize = 30.0

  private struct Glyphs: ~Copyable {
    let line: FontFace
    let fill: FontFace
    var known: [SignSymbol: SymbolGlyphs] = [:]
  }

  /// The strokes' file.
  package let linePath: String
  /// The areas' file.
  package let fillPath: String
  /// Of FreeType.
  package let version: String
  private let isAntialiased: Bool
  private let glyphs: Mutex<Glyphs>

  /// Opens the fonts.
  ///
  /// - Parameters:
  ///   - folder: Where they are, or the folder above: `fonts/`, `visualizer/` and `signwriting/visualizer/` are looked
  ///     into.
  ///   - scale: Their size over the standard one.
  ///   - isAntialiased: Whether pixels are covered in part, or wholly and not at all.
  /// - Throws: `FileError` that says where they can be had, or that FreeType cannot read one.
  package init(folder: String, scale: Double = 1, isAntialiased: Bool = true) throws {
    let place = try Self.place(below: folder)
    linePath = place + "/" + Self.lineName
    fillPath = place + "/" + Self.fillName
    let size = Self.standardSize * scale
    let line = try FontFace(path: linePath, size: size)
    let fill = try FontFace(path: fillPath, size: size)
    version = line.version
    self.isAntialiased = isAntialiased
    glyphs = Mutex(Glyphs(line: line, fill: fill))
  }

  private static let lineName = "SuttonSignWritingLine.ttf"
  private static let fillName = "SuttonSignWritingFill.ttf"

  private static func place(below folder: String) throws -> String {
    for part in ["", "/fonts", "/visualizer", "/signwriting/visualizer"] {
      let place = folder + part
      if try FileStatus(place + "/" + lineName) != nil,
        try FileStatus(place + "/" + fillName) != nil
      {
        return place
      }
    }
    let found =
      try FileStatus(folder) == nil ? "no such folder" : "holds no \(lineName) and \(fillName)"
    throw FileError(
      folder,
      "\(found); the fonts (SIL Open Font License) are in the Python package signwriting, as "
        + "`pip download signwriting` and unpacking gets it (signwriting/visualizer), and in the releases of "
        + "github.com/sutton-signwriting/font-ttf; name the folder that holds both files",
      kind: .missing)
  }

  /// What is drawn of symbols.
  ///
  /// - Returns: One each, in order.
  /// - Throws: `SignRenderingError.missingGlyph`; `FileError` when FreeType cannot draw one.
  func glyphs(of symbols: [Sign.Placed]) throws -> [SymbolGlyphs] {
    try glyphs.withLock { glyphs in
      try symbols.map { placed in
        if let known = glyphs.known[placed.symbol] { return known }
        let drawn = try Self.drawn(placed.symbol, glyphs.line, glyphs.fill, isAntialiased)
        glyphs.known[placed.symbol] = drawn
        return drawn
      }
    }
  }

  private static func drawn(
    _ symbol: SignSymbol, _ lines: FontFace, _ fills: FontFace, _ isAntialiased: Bool
  ) throws -> SymbolGlyphs {
    // The symbols are numbered through in two of Unicode's private planes.
    let number = UInt32(symbol.number)
    guard let line = try lines.glyph(0xF0000 + number, isAntialiased: isAntialiased),
      let size = try lines.size(of: 0xF0000 + number)
    else { throw SignRenderingError.missingGlyph(symbol) }
    let fill = try fills.glyph(0x100000 + number, isAntialiased: isAntialiased)
    return SymbolGlyphs(fill: fill, line: line, width: size.width, height: size.height)
  }
}
