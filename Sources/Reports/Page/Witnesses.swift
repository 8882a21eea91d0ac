import Files
import Foundation
import Pages
import RunAnalyses
import Runs

/// The images at the vertices of bars that moved or vanished, as rows of thumbnails.
enum Witnesses {
  /// The most bars that are shown.
  static let limit = 12

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
    let condition: Condition
    var images: [(role: String, row: Int, path: String, label: String)] = []
  }

  /// A strip of images a bar, folded away.
  ///
  /// - Parameters:
  ///   - table: `witnesses.csv`.
  ///   - noise: The kind of noise that bars are of; nil for any.
  ///   - thumbnails: Whether the page has thumbnails.
  ///   - links: Links to the map; nil without one.
  /// - Returns: Its markup; nothing without bars.
  /// - Throws: `FileError` naming a column that is not there.
  static func html(
    _ table: Table, noise: String?, thumbnails: Bool, links: MapLinks?
  ) throws -> HTML {
    let bars = try bars(noise.map { try table.rows(where: ConditionColumns.noise == $0) } ?? table)
    guard !bars.isEmpty else { return "" }
    // The highest level first, as the figure shows it; else in the table's order.
    let ordered = bars.enumerated().sorted {
      ($1.element.condition.level, $0.offset) < ($0.element.condition.level, $1.offset)
    }
    var html: HTML = ""
    for (_, bar) in ordered.prefix(limit) {
      // Bars of a few images stand side by side.
      let isWide = bar.images.count > 4
      html +=
        "<div class=\"witness\(" wide", if: isWide)\"><h4>\(bar.title)</h4>\n<ul class=\"strip\">\n"
      for image in bar.images {
        let canvas: HTML = """
          <canvas width="48" height="48" data-row="\(image.row)" role="img" \
          aria-label="\(image.path)"></canvas>
          """
        let shown: HTML =
          "\(canvas, if: thumbnails)\(image.role): <strong>\(image.label)</strong>"
        let linked = links?.link(shown, toImage: image.row, condition: bar.condition)
        html += "<li title=\"\(image.path)\">\(linked ?? shown)</li>\n"
      }
      html += "</ul></div>\n"
    }
    if bars.count > limit {
      html += HTML.paragraph(
        "\(Wording.count(bars.count - limit, "more bar")) \(bars.count - limit == 1 ? "is" : "are") in "
          + "\(WitnessColumns.file.pattern.text).", class: "note")
    }
    return HTML.fold(
      summary: "The images of \(Wording.count(min(limit, bars.count), "bar"))",
      "<div class=\"witnesses\">\(html)</div>")
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
            title: "\(title(key)): the bar \(text(before[i])) \(end)", condition: conditions[i]))
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
    "(" + ends.map { Quantity.distance.cell($0.field) }.joined(separator: ", ") + ")"
  }
}
