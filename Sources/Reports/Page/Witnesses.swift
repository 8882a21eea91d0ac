import Files
import Foundation

/// The images at the vertices of bars that moved or vanished, as rows of thumbnails.
enum Witnesses {
  /// The most bars that are shown.
  static let limit = 24

  /// A bar and its vertices.
  private struct Bar {
    let title: String
    let level: Double
    var images: [(role: String, row: String, path: String, label: String)] = []
  }

  /// A strip of images a bar.
  ///
  /// - Parameters:
  ///   - table: `witnesses.csv`.
  ///   - thumbnails: Whether the page has thumbnails.
  /// - Returns: HTML.
  /// - Throws: `FileError` naming a column that is not there.
  static func html(_ table: ReportTable, thumbnails: Bool) throws -> String {
    let names = [
      "scope", "dimension", "noise", "level", "seed", "rank", "change", "birth", "death",
      "noisy_birth", "noisy_death", "displacement", "role", "row", "path", "class",
    ]
    let columns = Dictionary(uniqueKeysWithValues: try names.map { ($0, try table.texts($0)) })
    func field(_ name: String, _ line: Int) -> String { columns[name]?[line] ?? "" }
    var bars: [Bar] = []
    var keys: [[String]: Int] = [:]
    for line in table.rows.indices {
      let key = ["scope", "dimension", "noise", "level", "seed", "rank"].map { field($0, line) }
      if keys[key] == nil {
        keys[key] = bars.count
        bars.append(
          Bar(title: title { field($0, line) }, level: Double(field("level", line)) ?? 0))
      }
      if let index = keys[key] {
        bars[index].images.append(
          (field("role", line), field("row", line), field("path", line), field("class", line)))
      }
    }
    // The highest level first, as the figure shows it; else in the table's order.
    let ordered = bars.enumerated().sorted {
      ($1.element.level, $0.offset) < ($0.element.level, $1.offset)
    }
    var html = ""
    for (_, bar) in ordered.prefix(limit) {
      html += "<h3>\(HTML.escaped(bar.title))</h3>\n<ul class=\"strip\">\n"
      for image in bar.images {
        html += "<li title=\"\(HTML.escaped(image.path))\">"
        if thumbnails, let row = Int(image.row) {
          html +=
            "<canvas width=\"48\" height=\"48\" data-row=\"\(row)\" role=\"img\" aria-label=\"\(HTML.escaped(image.path))\"></canvas>"
        }
        html +=
          "\(HTML.escaped(image.role)): <strong>\(HTML.escaped(image.label))</strong><br>\(HTML.escaped((image.path as NSString).lastPathComponent))</li>\n"
      }
      html += "</ul>\n"
    }
    if bars.count > limit {
      html += HTML.paragraph("\(bars.count - limit) more bars are in witnesses.csv.", class: "note")
    }
    return html
  }

  private static func title(_ field: (String) -> String) -> String {
    let cloud = field("scope")
    let scope =
      cloud == "all"
      ? "all images"
      : cloud.hasPrefix("class-") ? "the class \(cloud.dropFirst("class-".count))" : cloud
    let place = Wording.level(noise: field("noise"), level: field("level"))
    let seed = field("seed").isEmpty ? "" : ", seed \(field("seed"))"
    let bar = "(\(Wording.cell(field("birth"))), \(Wording.cell(field("death"))))"
    let end =
      field("change") == "vanished"
      ? "vanished"
      : "moved to (\(Wording.cell(field("noisy_birth"))), \(Wording.cell(field("noisy_death"))))"
    return "H\(field("dimension")) of \(scope) at \(place)\(seed): the bar \(bar) \(end)"
  }
}
