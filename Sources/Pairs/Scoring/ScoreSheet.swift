import Files
import Foundation
package import Pages
import Runs

/// A contact sheet of scored pairs: a page that stands alone, with every pair's image, caption and score.
package struct ScoreSheet: Sendable {
  /// How many pairs of a group a sheet shows: `ExampleChoice` with that count chooses them.
  package static let groupCount = 40

  /// A pair of the sheet.
  package struct Row: Sendable, Equatable {
    /// `highest`, `middle` or `lowest`.
    package var group: String
    /// The record of the input, from 0.
    package var record: Int
    /// The image's file.
    package var image: String
    package var caption: String
    package var score: Double
    package var negCLIPLoss: Double?

    package init(
      group: String, record: Int, image: String, caption: String, score: Double,
      negCLIPLoss: Double? = nil
    ) {
      self.group = group
      self.record = record
      self.image = image
      self.caption = caption
      self.score = score
      self.negCLIPLoss = negCLIPLoss
    }
  }

  /// The pairs, in the order in which they are shown.
  private let rows: [Row]
  /// How many pairs have a score, shown or not.
  private let total: Int
  /// The table of pairs, as the user named it.
  private let input: String
  private let model: String

  /// A sheet of pairs.
  ///
  /// - Parameters:
  ///   - rows: The pairs, groups one after another.
  ///   - total: How many pairs have a score, shown or not.
  ///   - input: What the pairs are from.
  ///   - model: What scored them.
  package init(_ rows: [Row], of total: Int, input: String, model: String) {
    self.rows = rows
    self.total = total
    self.input = input
    self.model = model
  }

  /// The page, with the images inside; one that cannot be read is named at the end.
  ///
  /// - Throws: `RunError.interrupted`.
  /// - Complexity: The time of decoding the images.
  package func html() throws -> HTML {
    let thumbnails = try Thumbnails(
      files: rows.enumerated().map { ($0.offset, $0.element.image) }, side: 160,
      pixels: PairCards.pixels
    ) { try Interruption.check() }
    var page = PageDocument(
      title: "Scored pairs: \((input as NSString).lastPathComponent)",
      facts: .paragraph(facts, class: "facts"),
      styles: Self.styles + thumbnails.styles + PairCards.styles,
      source: "The scores of all pairs are in the table that topoclip score wrote.")
    for group in rows.map(\.group).uniqued {
      let cards = rows.indices.filter { rows[$0].group == group }.map { place -> HTML in
        let row = rows[place]
        return PairCards.card(
          picture: thumbnails.html(place, name: row.image),
          score: String(format: "%.2f", row.score).replacing("-", with: "−"),
          facts: (row.negCLIPLoss.map {
            [String(format: "negCLIPLoss %.3f", $0).replacing("-", with: "−")]
          } ?? []) + ["record \(row.record)"],
          caption: row.caption)
      }
      page.add(HTML.identifier(group), Self.heading(group), PairCards.list(cards))
    }
    let problems = rows.indices.compactMap { thumbnails.problems[$0].map { "\($0)" } }
    page.add(
      "missing", "Images without a picture", problems.isEmpty ? "" : .list(problems.uniqued))
    return page.html
  }

  private var facts: String {
    let shown =
      rows.count < total ? "\(rows.count) of \(total) scored pairs" : "\(total) scored pairs"
    return "\(shown) · scores of \(model): 100 times the cosine"
  }

  private static func heading(_ group: String) -> String {
    switch group {
    case "highest": "The highest scores"
    case "middle": "Scores in the middle"
    case "lowest": "The lowest scores"
    default: group
    }
  }

  /// Pictures use the whole window.
  private static let styles: HTML = "header,footer,.page{max-width:110rem}\n"
}
