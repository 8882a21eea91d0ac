import Files
import Foundation
import Images
import LinearAlgebra

/// Thumbnails side by side in a few JPEG images: one file a thumbnail would be thousands of headers.
package struct SpriteSheets: Sendable {
  /// The side of a tile in pixels, and the longest side that a thumbnail may have.
  package static let tile = 48
  /// Tiles in a row of a sheet.
  package static let columns = 32
  /// Rows of a sheet.
  package static let rows = 32
  /// The bytes that all sheets may have together.
  static let budget = 4_000_000

  /// The sheets as JPEG files; sample i is on sheet i / 1024.
  let sheets: [Data]
  /// Width and height of every sample's thumbnail, two bytes a sample; 0 where there is none.
  let sizes: [UInt8]

  /// Reads a folder of thumbnails.
  ///
  /// A thumbnail larger than a tile is shrunk; the JPEG quality is the best at which all sheets fit the budget. Nil
  /// when no thumbnail is there, or when the smallest quality is still too large.
  ///
  /// - Parameters:
  ///   - folder: The folder with a file `NNNNN.jpg` a sample, numbered from 0.
  ///   - count: The number of samples.
  /// - Throws: `FileError` naming a thumbnail that is damaged.
  package init?(folder: String, count: Int) throws {
    let names = try Self.files(in: folder)
    guard count > 0, names.contains(where: { $0.key < count }) else { return nil }
    let perSheet = Self.columns * Self.rows
    let sheetCount = (count + perSheet - 1) / perSheet
    let drawn = try Parallel.tryMap(count: sheetCount) { sheet in
      try Self.draw(
        rows: sheet * perSheet..<min(count, (sheet + 1) * perSheet), names: names, folder: folder)
    }
    sizes = drawn.flatMap(\.sizes)
    for quality in [75, 60, 45, 30, 18] {
      let encoded = try Parallel.tryMap(count: sheetCount) {
        try drawn[$0].image.jpegData(quality: quality)
      }
      if encoded.reduce(0, { $0 + $1.count }) <= Self.budget {
        sheets = encoded
        return
      }
    }
    return nil
  }

  /// The sheets as elements that the page's script finds.
  package var html: HTML {
    sheets.enumerated().map { index, sheet -> HTML in
      "<script type=\"text/plain\" id=\"sheet-\(index)\">\(sheet.base64EncodedString())</script>\n"
    }.joined()
  }

  /// The files by row: named by it, with five digits or more.
  private static func files(in folder: String) throws -> [Int: String] {
    let names = try FolderContents.textNames(of: folder) ?? []
    let rows = names.compactMap { name -> (Int, String)? in
      guard let match = name.wholeMatch(of: /([0-9]{5,})\.jpg/), let row = Int(match.1) else {
        return nil
      }
      return (row, name)
    }
    return Dictionary(rows) { first, second in min(first, second) }
  }

  private static func draw(
    rows: Range<Int>, names: [Int: String], folder: String
  ) throws -> (image: RGBImage, sizes: [UInt8]) {
    let lines = (rows.count + columns - 1) / columns
    // Grey between them costs nothing, and gives no edge that rings into a thumbnail.
    var sheet = RGBImage(width: columns * tile, height: lines * tile, gray: 128)
    var sizes = [UInt8](repeating: 0, count: 2 * rows.count)
    for (place, row) in rows.enumerated() {
      guard let name = names[row] else { continue }
      let path = folder + "/" + name
      let image = try RGBImage(decoding: FileContents.read(path), file: path)
        .resized(longerSide: tile, grows: false)
      sizes[2 * place] = UInt8(image.width)
      sizes[2 * place + 1] = UInt8(image.height)
      sheet.draw(image, x: place % columns * tile, y: place / columns * tile)
    }
    return (sheet, sizes)
  }
}
