import Files
import Foundation
import Images
import LinearAlgebra

/// The thumbnails of a run, side by side in a few JPEG images: one file a thumbnail would be thousands of headers.
struct SpriteSheets: Sendable {
  /// The side of a tile in pixels, and the longest side that a thumbnail may have.
  static let tile = 48
  /// Tiles in a row of a sheet.
  static let columns = 32
  /// Rows of a sheet.
  static let rows = 32
  /// The bytes that all sheets may have together.
  static let budget = 4_000_000

  /// The sheets as JPEG files; sample i is on sheet i / 1024.
  let sheets: [Data]
  /// Width and height of every sample's thumbnail, two bytes a sample; 0 where there is none.
  let sizes: [UInt8]

  /// Reads `thumbnails/` of a run.
  ///
  /// A thumbnail larger than a tile is shrunk; the JPEG quality is the best at which all sheets fit the budget. Nil
  /// when no thumbnail is there, or when the smallest quality is still too large.
  ///
  /// - Parameters:
  ///   - folder: The folder with a file `NNNNN.jpg` a row of `samples.csv`.
  ///   - count: The number of samples.
  /// - Throws: `FileError` naming a thumbnail that is damaged.
  init?(folder: String, count: Int) throws {
    let names = Self.files(in: folder)
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

  /// The files by row: named by it, with five digits or more.
  private static func files(in folder: String) -> [Int: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
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
    let width = columns * tile
    // Grey between them costs nothing, and gives no edge that rings into a thumbnail.
    var pixels = [UInt8](repeating: 128, count: width * lines * tile * 3)
    var sizes = [UInt8](repeating: 0, count: 2 * rows.count)
    for (place, row) in rows.enumerated() {
      guard let name = names[row] else { continue }
      let path = folder + "/" + name
      let image = fitting(try RGBImage(decoding: FileContents.read(path), file: path))
      sizes[2 * place] = UInt8(image.width)
      sizes[2 * place + 1] = UInt8(image.height)
      for y in 0..<image.height {
        let start = ((place / columns * tile + y) * width + place % columns * tile) * 3
        pixels.replaceSubrange(
          start..<start + 3 * image.width,
          with: image.pixels[3 * image.width * y..<3 * image.width * (y + 1)])
      }
    }
    return (RGBImage(width: width, height: lines * tile, pixels: pixels), sizes)
  }

  /// The image, shrunk if it is larger than a tile.
  private static func fitting(_ image: RGBImage) -> RGBImage {
    let longest = max(image.width, image.height)
    guard longest > tile else { return image }
    func scaled(_ side: Int) -> Int { max(1, (side * tile + longest / 2) / longest) }
    return image.resized(width: scaled(image.width), height: scaled(image.height))
  }
}
