import Runs

/// What the scores say of all pairs together, with intervals: `summary.csv`.
struct ScoreSummary: Sendable {
  /// A line of the table.
  struct Entry: Sendable, Equatable {
    /// The quantity as the table names it.
    let name: String
    let estimate: Double
    /// Its 95 % interval.
    let interval: Interval?
    /// How that is made.
    let method: String?
    /// The pairs, images or captions it is of.
    let count: Int
    /// What guessing would give.
    let chance: Double?
  }

  /// The lines, in the order of the table; none where the folder has no such table.
  let entries: [Entry]

  /// Those of a table.
  ///
  /// - Throws: `FileError` that lists the columns there are, when one is missing.
  init(_ table: Table?) throws {
    guard let table else {
      entries = []
      return
    }
    let (lows, highs) = (
      try table[ScoreSummaryColumns.low], try table[ScoreSummaryColumns.high]
    )
    let (methods, chances) = (
      try table.valuesIfKnown(ScoreSummaryColumns.interval),
      try table.valuesIfKnown(ScoreSummaryColumns.chance)
    )
    let (estimates, counts) = (
      try table[ScoreSummaryColumns.estimate], try table[ScoreSummaryColumns.count]
    )
    entries = try table[ScoreSummaryColumns.quantity].enumerated().map { row, name in
      Entry(
        name: name, estimate: estimates[row], interval: Interval(lows[row], highs[row]),
        method: methods[row], count: counts[row], chance: chances[row])
    }
  }

  /// The line of a quantity.
  subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  static let meanScore = "mean_score"
  static let meanShuffled = "mean_shuffled"
  static let areaUnderCurve = "area_under_curve"

  /// The lines of recalls, in the order of the table.
  var recalls: [(recall: Recall, entry: Entry)] {
    entries.compactMap { entry in entry.recall.map { (recall: $0, entry: entry) } }
  }

  /// What a recall is of.
  struct Recall: Sendable, Equatable {
    /// Among how many nearest the own one is looked for.
    let nearest: Int
    /// Whether images look for their captions; else captions for their images.
    let isOfImages: Bool
  }
}

extension ScoreSummary.Entry {
  /// What a reader calls it.
  var words: String {
    switch name {
    case ScoreSummary.meanScore: "Mean score of the pairs"
    case ScoreSummary.meanShuffled: "Mean score of shuffled pairs"
    case ScoreSummary.areaUnderCurve: "Area under the curve, pairs against shuffled ones"
    default: recall.map(Self.words) ?? name.replacing("_", with: " ")
    }
  }

  private static func words(_ recall: ScoreSummary.Recall) -> String {
    recall.isOfImages
      ? "Images whose caption is among the \(recall.nearest) nearest"
      : "Captions whose image is among the \(recall.nearest) nearest"
  }

  /// What a recall is of; nil for another quantity.
  var recall: ScoreSummary.Recall? {
    let form = /recall_at_([0-9]{1,9})_(image_to_text|text_to_image)/
    guard let match = name.wholeMatch(of: form), let nearest = Int(match.1) else { return nil }
    return ScoreSummary.Recall(nearest: nearest, isOfImages: match.2 == "image_to_text")
  }

  /// How its numbers are rounded.
  var quantity: Quantity {
    switch name {
    case ScoreSummary.meanScore, ScoreSummary.meanShuffled: .coefficient
    case ScoreSummary.areaUnderCurve: .distance
    default: recall == nil ? .plain : .share
    }
  }

  /// What is counted.
  var counted: String { recall.map { $0.isOfImages ? "images" : "captions" } ?? "pairs" }
}
