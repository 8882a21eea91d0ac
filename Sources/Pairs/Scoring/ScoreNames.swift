import Runs

/// The images' names and the captions that tables of all pairs together show, gathered while rows are read once more.
struct ScoreNames {
  private let pairs: ScoredPairs
  private let source: any PairSource
  private let choice: ExampleChoice
  /// Those of the contact sheet; nil without one.
  private let sheetChoice: ExampleChoice?
  private let gathersAll: Bool
  /// The image's file and the caption of every record that was chosen.
  private(set) var texts: [Int: (image: String, caption: String)] = [:]
  /// The first name of every distinct image; empty for one without a score, and where they were not asked for.
  private(set) var images: [String] = []
  /// Every distinct caption, likewise.
  private(set) var captions: [String] = []

  /// Nothing yet.
  ///
  /// - Parameters:
  ///   - pairs: The scored pairs.
  ///   - source: Where they are from.
  ///   - choice: Those whose texts are wanted.
  ///   - sheetChoice: Those that a contact sheet shows; nil without one.
  ///   - embeddings: Whose images and captions are wanted as well; nil where they are not.
  init(
    _ pairs: ScoredPairs, of source: any PairSource, choice: ExampleChoice,
    sheetChoice: ExampleChoice?, allOf embeddings: (any PairEmbeddings)?
  ) {
    self.pairs = pairs
    self.source = source
    self.choice = choice
    self.sheetChoice = sheetChoice
    gathersAll = embeddings != nil
    guard let embeddings else { return }
    images = [String](repeating: "", count: embeddings.imageCount)
    captions = [String](repeating: "", count: embeddings.textCount)
    isNamed = [Bool](repeating: false, count: embeddings.imageCount)
    isTold = [Bool](repeating: false, count: embeddings.textCount)
  }

  private var isNamed: [Bool] = []
  private var isTold: [Bool] = []

  /// The table of the pairs that were chosen.
  var examples: Table { choice.table(texts: texts) }

  /// The rows of the contact sheet.
  var sheet: [ScoreSheet.Row] {
    (sheetChoice?.examples ?? []).compactMap { example in
      texts[example.record].map {
        ScoreSheet.Row(
          group: example.group.rawValue, record: example.record, image: $0.image,
          caption: $0.caption, score: example.score, negCLIPLoss: example.negCLIPLoss)
      }
    }
  }

  /// Takes what is wanted of a row that has a score.
  ///
  /// - Throws: `FileError` for an image that is not there any more.
  mutating func visit(_ scored: Int, _ row: PairRow) throws {
    let record = Int(pairs.records[scored])
    if choice.contains(record: record) || sheetChoice?.contains(record: record) ?? false {
      texts[record] = (try source.imageFile(row.image), row.caption)
    }
    guard gathersAll else { return }
    let (image, text) = (Int(pairs.images[scored]), Int(pairs.texts[scored]))
    if !isNamed[image] { (images[image], isNamed[image]) = (row.image, true) }
    if !isTold[text] { (captions[text], isTold[text]) = (row.caption, true) }
  }
}
