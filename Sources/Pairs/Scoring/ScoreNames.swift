import Runs

/// The images' names and the captions that tables of all pairs together show, gathered while rows are read once more.
struct ScoreNames {
  private let pairs: ScoredPairs
  private let choice: ExampleChoice
  private let gathersAll: Bool
  /// The image and the caption of every record that was chosen.
  private(set) var texts: [Int: (image: String, caption: String)] = [:]
  /// The first name of every distinct image; empty for one without a score, and where they were not asked for.
  private(set) var images: [String] = []
  /// Every distinct caption, likewise.
  private(set) var captions: [String] = []

  /// Nothing yet.
  ///
  /// - Parameters:
  ///   - pairs: The scored pairs.
  ///   - choice: Those whose texts are wanted.
  ///   - embeddings: Whose images and captions are wanted as well; nil where they are not.
  init(_ pairs: ScoredPairs, choice: ExampleChoice, allOf embeddings: (any PairEmbeddings)?) {
    self.pairs = pairs
    self.choice = choice
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

  /// Takes what is wanted of a row that has a score.
  mutating func visit(_ scored: Int, _ row: PairRow) {
    let record = Int(pairs.records[scored])
    if choice.contains(record: record) { texts[record] = (row.image, row.caption) }
    guard gathersAll else { return }
    let (image, text) = (Int(pairs.images[scored]), Int(pairs.texts[scored]))
    if !isNamed[image] { (images[image], isNamed[image]) = (row.image, true) }
    if !isTold[text] { (captions[text], isTold[text]) = (row.caption, true) }
  }
}
