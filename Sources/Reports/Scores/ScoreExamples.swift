import Files
import Pages
import Runs

/// The pairs of the highest, middle and lowest scores, with pictures of their images.
struct ScoreExamples {
  /// Pairs that belong together.
  struct Group {
    let id: String
    let heading: String
    let html: HTML
  }

  /// The groups, in the order of the table.
  let groups: [Group]
  let thumbnails: Thumbnails
  /// What is wrong with images that have no picture.
  let problems: [String]

  /// The most pairs of a page.
  private static let most = 240

  /// Reads the table and the images.
  ///
  /// - Throws: `FileError` naming the line of a table that is damaged; `RunError.interrupted`. An image that cannot
  ///   be read is among `problems`.
  init(_ scores: ReportedScores) throws {
    guard let table = try scores.table(ScoreExampleColumns.file) else {
      groups = []
      problems = []
      thumbnails = try Thumbnails([], side: 160)
      return
    }
    let count = min(table.count, Self.most)
    let names = try table[ScoreExampleColumns.group]
    let images = try table[ScoreExampleColumns.image]
    let captions = try table[ScoreExampleColumns.caption]
    let records = try table[ScoreExampleColumns.record]
    let values = try table[ScoreExampleColumns.score]
    let losses = try table.valuesIfKnown(ScoreExampleColumns.negCLIPLoss)
    let thumbnails = try Thumbnails(
      files: (0..<count).map { ($0, scores.imageFile(images[$0])) }, side: 160,
      pixels: PairCards.pixels
    ) { try Interruption.check() }
    self.thumbnails = thumbnails
    problems = (0..<count).compactMap { thumbnails.problems[$0].map { "\($0)" } }.uniqued
    groups = names.prefix(count).uniqued.map { name in
      let cards = (0..<count).filter { names[$0] == name }.map { row in
        PairCards.card(
          picture: thumbnails.html(row, name: images[row]),
          score: Quantity.coefficient.text(values[row]),
          facts: (losses[row].map { ["negCLIPLoss \(Quantity.distance.text($0))"] } ?? [])
            + ["record \(records[row])"],
          caption: captions[row])
      }
      return Group(
        id: HTML.identifier("pairs-\(name)"), heading: Self.heading(name),
        html: PairCards.list(cards))
    }
  }

  private static func heading(_ name: String) -> String {
    switch name {
    case "highest", "lowest": "Pairs of the \(name) scores"
    case "middle": "Pairs of scores in the middle"
    case "all": "All pairs"
    default: "Pairs: \(name)"
    }
  }
}
