import Analyses
import Files
import Foundation
import LinearAlgebra
package import Pages
import Runs

extension NeighborTable {
  private static let thumbnailSide = 96

  /// A page that stands alone: a line a row, its image, and the images of its nearest rows in each
  /// embedding.
  ///
  /// - Parameters:
  ///   - labels: A CSV with the columns `class` and `path`, a line a row.
  ///   - images: The folder that the paths are in.
  /// - Returns: The page, with the images inside.
  /// - Throws: `FileError` for a table without paths and for an image that cannot be read;
  ///   `RunError.interrupted`.
  package func page(labels: String, images: String) throws -> HTML {
    let table = try LabelsFile(path: labels, rowCount: rowCount)
    table.remarks.forEach(MatrixFile.tell)
    guard let paths = table.paths else {
      throw FileError(labels, "has no column \"path\", which names the rows' images")
    }
    let shown = Set(rows + columns.flatMap { $0.neighbors.indices.map { Int($0) } }).sorted()
    let thumbnails = try Thumbnails(
      files: shown.map { ($0, images + "/" + paths[$0]) }, side: Self.thumbnailSide
    ) { try Interruption.check() }
    for row in shown {
      if let problem = thumbnails.problems[row] { throw problem }
    }
    let count = columns.first?.neighbors.neighborCount ?? 0
    let heads = columns.map { column -> HTML in "<th scope=\"col\">\(column.name)</th>" }
    let lines = rows.enumerated().map { place, row -> HTML in
      let cells = columns.map { column -> HTML in
        let near = (place * count..<(place + 1) * count).map { index in
          let neighbor = Int(column.neighbors.indices[index])
          let value = measure(column.neighbors.distances[index])
          return Self.figure(
            thumbnails.html(neighbor, name: paths[neighbor]), table.classes[neighbor], value)
        }
        return "<td>\(near.joined())</td>"
      }
      let own = Self.figure(
        thumbnails.html(row, name: paths[row]), table.classes[row], "row \(row)")
      return "<tr><td>\(own)</td>\(cells.joined())</tr>\n"
    }
    var page = PageDocument(
      title: "The \(count) nearest rows",
      facts: .paragraph(
        "Below each image: its \(measureName) \(metric.isOneLessProduct ? "to" : "from") the row's, and its class.",
        class: "facts"),
      styles: Self.styles + thumbnails.styles,
      source: "Without a page, topoclip neighbors lists the same as a table.")
    page.add(
      "rows", "Row by row",
      """
      <div class="table-box" tabindex="0" role="region" aria-label="Rows and their nearest rows">\
      <table><thead><tr><th scope="col">row</th>\(heads.joined())</tr></thead><tbody>
      \(lines.joined())</tbody></table></div>

      """)
    return page.html
  }

  /// The table is as wide as it needs, and no taller than its rows.
  private static let styles: HTML = """
    header,footer,.page{max-width:none}
    .table-box{max-height:none}
    thead th{padding:.4rem .7rem}
    td{vertical-align:top;white-space:normal}
    td figure{display:inline-block;vertical-align:top;margin:.2rem .3rem .4rem 0;width:\(thumbnailSide)px}
    td figcaption{font-size:.75rem;line-height:1.3;overflow-wrap:anywhere}

    """

  private func measure(_ distance: Float) -> String {
    String(format: "%.3f", metric.isOneLessProduct ? 1 - distance : distance)
  }

  private static func figure(_ picture: HTML, _ className: String, _ caption: String) -> HTML {
    "<figure>\(picture)<figcaption>\(caption)<br>\(className)</figcaption></figure>"
  }
}
