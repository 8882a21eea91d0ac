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
    var pixels = [UInt8](repeating: 255, count: 3 * width * height)
    for (row, images) in rows.enumerated() {
      for (column, image) in images.enumerated() {
        guard let image else { continue }
        let fitted = Self.fitted(image, cell)
        let corner = place(row: row, column: column)
        let left = corner.x + (cell - fitted.width) / 2
        let top = corner.y + (cell - fitted.height) / 2
        for line in 0..<fitted.height {
          let start = 3 * ((top + line) * width + left)
          pixels.replaceSubrange(
            start..<start + 3 * fitted.width,
            with: fitted.pixels[3 * fitted.width * line..<3 * fitted.width * (line + 1)])
        }
      }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  /// The image scaled, in its proportions, so that its longer side is `side`.
  private static func fitted(_ image: RGBImage, _ side: Int) -> RGBImage {
    let longer = max(image.width, image.height)
    guard longer != side else { return image }
    func scaled(_ length: Int) -> Int { max(1, (length * side + longer / 2) / longer) }
    return image.resized(width: scaled(image.width), height: scaled(image.height))
  }

  /// Decodes an image of the run directory; nil when it is not there or is damaged: a sheet with a gap is
  /// better than none.
  static func read(_ run: ReportedRun, _ name: String) -> RGBImage? {
    // Names come from tables, and tables may come from anyone: no file outside of the run directory.
    guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
    let path = run.directory.file(name)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return nil }
    return try? RGBImage(decoding: data, file: path)
  }
}
