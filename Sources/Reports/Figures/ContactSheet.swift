import Files
import Foundation
import Images
import Runs

/// Images in rows and columns on white, with room for text, as one picture of a panel.
struct ContactSheet: Sendable {
  /// The side of a cell in pixels; images are made as large as fits, never larger than they are by more than
  /// whole pixels.
  let cell: Int
  /// White between cells, in pixels.
  let columnGap: Int
  let rowGap: Int
  /// The images by rows; nil leaves a cell white.
  let rows: [[RGBImage?]]

  /// The most cells of a row.
  var columns: Int { rows.map(\.count).max() ?? 0 }
  var width: Int { columns * cell + max(columns - 1, 0) * columnGap }
  var height: Int { rows.count * cell + max(rows.count - 1, 0) * rowGap }

  /// The upper left corner of a cell, in pixels.
  func place(row: Int, column: Int) -> (x: Int, y: Int) {
    (column * (cell + columnGap), row * (cell + rowGap))
  }

  /// The panel that shows the sheet, with a unit a pixel and no axes.
  var panel: Panel {
    var panel = Panel()
    panel.x = Axis(range: -0.5...Double(width) - 0.5)
    panel.y = Axis(range: -0.5...Double(height) - 0.5, isReversed: true)
    panel.border = 0
    panel.plots = [.picture(image)]
    return panel
  }

  /// The whole sheet.
  var image: RGBImage {
    var sheet = RGBImage(width: width, height: height, gray: 255)
    for (row, images) in rows.enumerated() {
      for (column, image) in images.enumerated() {
        guard let image else { continue }
        let fitted = image.resized(longerSide: cell, grows: true)
        let corner = place(row: row, column: column)
        sheet.draw(
          fitted, x: corner.x + (cell - fitted.width) / 2, y: corner.y + (cell - fitted.height) / 2)
      }
    }
    return sheet
  }

  /// Decodes an image of the run directory; nil when it is not there: a sheet with a gap is better than
  /// none.
  ///
  /// - Throws: `FileError` naming an image that is damaged.
  static func read(_ run: RunDirectory, _ name: String) throws -> RGBImage? {
    // Names come from tables, and tables may come from anyone: no file outside of the run directory.
    guard !name.mayLeadOut else { return nil }
    let path = run.file(name)
    guard try FileStatus(path) != nil else { return nil }
    return try RGBImage(decoding: FileContents.read(path), file: path)
  }
}
