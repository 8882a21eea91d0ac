package import Runs

/// The pairs to look at: those of the highest, the middle and the lowest scores, each pair of an image and a caption
/// once.
///
/// Twenty of each, or a third of the pairs where there are fewer than sixty; of equal scores the earlier record. The
/// lowest begin with the least.
package struct ExampleChoice: Sendable {
  /// The pairs of a group.
  package enum Group: String, Sendable, CaseIterable {
    case highest, middle, lowest
  }

  /// A pair that was chosen.
  package struct Example: Sendable, Equatable {
    package let group: Group
    package let record: Int
    package let score: Double
    package let negCLIPLoss: Double?
  }

  /// All of them, by group.
  package let examples: [Example]
  private let records: Set<Int>

  /// Chooses.
  ///
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - negCLIPLoss: Of every pair; nil where it was not computed.
  ///   - count: How many of a group.
  /// - Complexity: O(n · log n).
  package init(_ pairs: ScoredPairs, negCLIPLoss: [Double]? = nil, count: Int = 20) {
    precondition(count >= 0 && negCLIPLoss?.count ?? pairs.count == pairs.count)
    let keys = zip(pairs.images, pairs.texts).map { DistinctPairs.key(image: $0, text: $1) }
    var byPair = Array(keys.indices)
    byPair.sort { (keys[$0], $0) < (keys[$1], $1) }
    var order: [Int] = []
    var last: UInt64?
    for place in byPair where keys[place] != last {
      last = keys[place]
      order.append(place)
    }
    order.sort { (-pairs.cosines[$0], $0) < (-pairs.cosines[$1], $1) }
    let all = order.count
    let (high, low, middle) = (
      min(count, (all + 2) / 3), min(count, (all + 1) / 3), min(count, all / 3)
    )
    // Between the two others, its own middle that of the order.
    let start = min(max((all - middle) / 2, high), all - low - middle)
    func examples(_ places: some Sequence<Int>, _ group: Group) -> [Example] {
      places.map { place in
        Example(
          group: group, record: Int(pairs.records[place]),
          score: ScoredPairs.score(pairs.cosines[place]), negCLIPLoss: negCLIPLoss?[place])
      }
    }
    let chosen =
      examples(order.prefix(high), .highest)
      + examples(order[start..<start + middle], .middle)
      + examples(order.suffix(low).reversed(), .lowest)
    self.examples = chosen
    records = Set(chosen.map(\.record))
  }

  /// Whether the texts of a record are wanted.
  package func contains(record: Int) -> Bool { records.contains(record) }

  /// The pairs with their texts.
  ///
  /// - Parameter texts: The image's name and the caption of every record that was chosen.
  /// - Returns: The table `examples.csv`, without records that have no texts.
  package func table(texts: [Int: (image: String, caption: String)]) -> Table {
    var table = Table(ScoreExampleColumns.file)
    for example in examples {
      guard let text = texts[example.record] else { continue }
      table.append([
        ScoreExampleColumns.group(example.group.rawValue),
        ScoreExampleColumns.record(example.record), ScoreExampleColumns.image(text.image),
        ScoreExampleColumns.caption(text.caption), ScoreExampleColumns.score(example.score),
        ScoreExampleColumns.negCLIPLoss(example.negCLIPLoss),
      ])
    }
    return table
  }
}
