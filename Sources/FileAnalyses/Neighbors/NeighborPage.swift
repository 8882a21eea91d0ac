import Analyses
import Files
import Foundation
import Images
import LinearAlgebra
import Runs

extension NeighborTable {
  private static let thumbnailSide = 96

  /// A page that stands alone: a line a row, its image, and the images of its nearest rows in each
  /// embedding.
  ///
  /// - Parameters:
  ///   - labels: A CSV with the columns `class` and `path`, a line a row.
  ///   - images: The folder that the paths are in.
  /// - Returns: HTML with the images inside.
  /// - Throws: `FileError` for a table without paths and for an image that cannot be read;
  ///   `RunError.interrupted`.
  package func html(labels: String, images: String) throws -> String {
    let table = try LabelsFile(path: labels, rowCount: rowCount)
    guard let paths = table.paths else {
      throw FileError(labels, "has no column \"path\", which names the rows' images")
    }
    let shown = Set(rows + columns.flatMap { $0.neighbors.indices.map { Int($0) } }).sorted()
    let thumbnails = try Parallel.tryMap(count: shown.count) { index in
      try Interruption.check()
      return try Self.thumbnail(images + "/" + paths[shown[index]])
    }
    // An image that is near to many rows is in the page once, as a style.
    let styles = zip(shown, thumbnails).map { row, data in
      ".i\(row){background-image:url(data:image/jpeg;base64,\(data.base64EncodedString()))}"
    }
    let count = columns.first?.neighbors.neighborCount ?? 0
    let heads = columns.map { "<th>\(Self.escaped($0.name))</th>" }.joined()
    let lines = rows.enumerated().map { place, row -> String in
      let cells = columns.map { column -> String in
        let near = (place * count..<(place + 1) * count).map { index -> String in
          let neighbor = Int(column.neighbors.indices[index])
          let value = measure(column.neighbors.distances[index])
          return Self.figure(neighbor, table, paths, caption: value)
        }
        return "<td>\(near.joined())</td>"
      }
      return
        "<tr><td>\(Self.figure(row, table, paths, caption: "row \(row)"))</td>\(cells.joined())</tr>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Nearest neighbours</title><style>
      :root{color-scheme:light dark}
      body{font:14px/1.4 system-ui,sans-serif;margin:1.5rem}
      td,th{vertical-align:top;text-align:left;padding:.4rem;border-top:1px solid #8884}
      figure{display:inline-block;vertical-align:top;margin:0 .3rem .4rem 0;width:\(Self.thumbnailSide)px}
      figcaption{font-size:11px;overflow-wrap:anywhere}
      i{display:block;width:\(Self.thumbnailSide)px;height:\(Self.thumbnailSide)px;background-size:cover;
      outline:1px solid #8884;outline-offset:-1px}
      \(styles.joined(separator: "\n"))
      </style></head><body>
      <h1>The \(count) nearest rows</h1>
      <p>Below each image: its \(measureName) \(metric.isOneLessProduct ? "to" : "from") the row's, and its class.</p>
      <table><thead><tr><th>row</th>\(heads)</tr></thead><tbody>
      \(lines.joined(separator: "\n"))
      </tbody></table></body></html>

      """
  }

  private func measure(_ distance: Float) -> String {
    String(format: "%.3f", metric.isOneLessProduct ? 1 - distance : distance)
  }

  private static func figure(
    _ row: Int, _ table: LabelsFile, _ paths: [String], caption: String
  ) -> String {
    "<figure><i class=\"i\(row)\" role=\"img\" aria-label=\"\(escaped(paths[row]))\" "
      + "title=\"\(escaped(paths[row]))\"></i>"
      + "<figcaption>\(caption)<br>\(escaped(table.classes[row]))</figcaption></figure>"
  }

  private static func thumbnail(_ path: String) throws -> Data {
    let image = try RGBImage(
      decoding: FileContents.read(path), file: path, transparency: .onWhite)
    return try ImagePreprocessing.clip(size: thumbnailSide).pixels(of: image).jpegData(quality: 80)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
