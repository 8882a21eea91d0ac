internal import Foundation
internal import Images
internal import LinearAlgebra

extension SpriteLayout {
  /// The rows on a sheet, of a number of images; nil past the last sheet.
  func rows(onSheet index: Int, of count: Int) -> Range<Int>? {
    let size = columns * rows
    guard index >= 0, index <= count / size, index * size < count else { return nil }
    return index * size..<min(count, (index + 1) * size)
  }

  /// Draws a sheet.
  ///
  /// - Parameters:
  ///   - rows: The rows on it.
  ///   - thumbnail: The picture of a row as JPEG; nil for none. Called on any thread.
  /// - Returns: The sheet as JPEG, every picture in the middle of its tile.
  /// - Throws: What `thumbnail` and the decoder do.
  /// - Complexity: The time of decoding the thumbnails.
  func sheet(_ rows: Range<Int>, thumbnail: @Sendable (Int) throws -> Data?) throws -> Data {
    let pictures = try Parallel.tryMap(count: rows.count) { place -> RGBImage? in
      let row = rows.lowerBound + place
      return try thumbnail(row).map {
        try RGBImage(decoding: $0, file: "thumbnail of row \(row)").resized(
          longerSide: tile, grows: false)
      }
    }
    let lines = (rows.count + columns - 1) / columns
    var sheet = RGBImage(width: columns * tile, height: lines * tile, gray: 128)
    for (place, picture) in pictures.enumerated() {
      guard let picture else { continue }
      sheet.draw(
        picture, x: place % columns * tile + (tile - picture.width) / 2,
        y: place / columns * tile + (tile - picture.height) / 2)
    }
    return try sheet.jpegData(quality: 75)
  }
}
