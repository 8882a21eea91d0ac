import Files
import Foundation
import Pages
import RunAnalyses
import Runs

/// The images at the vertices of bars that moved or vanished, as rows of thumbnails.
enum Witnesses {
  /// The most bars that are shown.
  static let limit = 24

  /// A bar and its vertices.
  private struct Bar {
    /// What tells bars apart.
    struct Key: Hashable {
      let scope: String
      let dimension: Int
      let condition: Condition
      let rank: Int
    }

    let title: String
    let level: Double
    var images: [(role: String, row: Int, path: String, label: String)] = []
  }

  /// A strip of images a bar.
  ///
  /// - Parameters:
  ///   - table: `witnesses.csv`.
  ///   - thumbnails: Whether the page has thumbnails.
  /// - Returns: Its markup.
  /// - Throws: `FileError` naming a column that is not there.
  static func html(_ table: Table, thumbnails: Bool) throws -> HTML {
    let bars = try bars(table)
    // The highest level first, as the figure shows it; else in the table's order.
    let ordered = bars.enumerated().sorted {
      ($1.element.level, $0.offset) < ($0.element.level, $1.offset)
    }
    var html: HTML = ""
    for (_, bar) in ordered.prefix(limit) {
      html += "<h3>\(bar.title)</h3>\n<ul class=\"strip\">\n"
      for image in bar.images {
        let canvas: HTML = """
          <canvas width="48" height="48" data-row="\(image.row)" role="img" \
          aria-label="\(image.path)"></canvas>
          """
        html += """
          <li title="\(image.path)">\(canvas, if: thumbnails)\(image.role): \
          <strong>\(image.label)</strong><br>\((image.path as NSString).lastPathComponent)</li>

          """
      }
      html += "</ul>\n"
    }
    if bars.count > limit {
      html += HTML.paragraph(
        "\(bars.count - limit) more bars are in \(WitnessColumns.file.pattern.text).", class: "note"
      )
    }
    return html
  }

  /// The bars, in the table's order.
  private static func bars(_ table: Table) throws -> [Bar] {
    typealias Columns = WitnessColumns
    let (scopes, dimensions) = (try table[Columns.scope], try table[Columns.dimension])
    let (conditions, ranks) = (try table.conditions(), try table[Columns.rank])
    let changes = try table[Columns.change]
    let before = try zip(table[Columns.birth], table[Columns.death]).map { [$0, $1] }
    let after = try zip(table[Columns.noisyBirth], table[Columns.noisyDeath]).map { [$0, $1] }
    let (roles, rows) = (try table[Columns.role], try table[Columns.row])
    let (paths, classes) = (try table[Columns.path], try table[Columns.className])
    var bars: [Bar] = []
    var places: [Bar.Key: Int] = [:]
    for i in scopes.indices {
      let key = Bar.Key(
        scope: scopes[i], dimension: dimensions[i], condition: conditions[i], rank: ranks[i])
      let place = places[key] ?? bars.count
      if place == bars.count {
        places[key] = place
        let end = changes[i] == "vanished" ? "vanished" : "moved to \(text(after[i]))"
        bars.append(
          Bar(
            title: "\(title(key)): the bar \(text(before[i])) \(end)", level: conditions[i].level))
      }
      bars[place].images.append((roles[i], rows[i], paths[i], classes[i]))
    }
    return bars
  }

  private static func title(_ key: Bar.Key) -> String {
    let scope =
      key.scope == Scope.allName
      ? "all images"
      : key.scope.hasPrefix("class-")
        ? "the class \(key.scope.dropFirst("class-".count))" : key.scope
    let seed = key.condition.seed.map { ", seed \($0)" } ?? ""
    return "H\(key.dimension) of \(scope) at \(Wording.level(key.condition))\(seed)"
  }

  /// Birth and death.
  private static func text(_ ends: [Double?]) -> String {
    "(" + ends.map { Wording.cell($0.field) }.joined(separator: ", ") + ")"
  }
}
