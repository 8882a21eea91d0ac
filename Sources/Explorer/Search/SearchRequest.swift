/// What is looked for: texts, images and a region, with plus and minus, among the images that filters leave.
package struct SearchRequest: Sendable, Equatable {
  /// A text and how much it counts; a negative weight looks away from it.
  package struct Prompt: Sendable, Equatable {
    package var text: String
    package var weight: Double
    package init(text: String, weight: Double = 1) { (self.text, self.weight) = (text, weight) }
  }

  /// An image of the set as an example, and how much it counts.
  package struct Example: Sendable, Equatable {
    package var row: Int
    package var weight: Double
    package init(row: Int, weight: Double = 1) { (self.row, self.weight) = (row, weight) }
  }

  /// The texts.
  package var prompts: [Prompt]
  /// The images.
  package var examples: [Example]
  /// Images whose mean counts as one example of weight 1, as those inside a region of the map.
  package var region: RowMask?
  /// What the images found must satisfy, all of it.
  package var filters: [MetadataFilter]
  /// The rows among which it is looked; nil for all.
  package var within: RowMask?
  /// How many images are wanted, from 1.
  package var count: Int

  package init(
    prompts: [Prompt] = [], examples: [Example] = [], region: RowMask? = nil,
    filters: [MetadataFilter] = [], within: RowMask? = nil, count: Int = 100
  ) {
    (self.prompts, self.examples, self.region) = (prompts, examples, region)
    (self.filters, self.within, self.count) = (filters, within, count)
  }
}

/// What was found.
package struct SearchResult: Sendable, Equatable {
  /// An image that was found.
  package struct Hit: Sendable, Equatable {
    package var row: Int
    /// The cosine between the query and the image.
    package var cosine: Double
    /// 2.5 · max(cosine, 0): CLIPScore's scale.
    package var similarity: Double { 2.5 * max(cosine, 0) }
    package init(row: Int, cosine: Double) { (self.row, self.cosine) = (row, cosine) }
  }

  /// The images, the nearest first, those of equal cosine by row.
  package var hits: [Hit]
  /// The images among which it was looked: those that have an embedding and pass the filters.
  package var candidateCount: Int

  package init(hits: [Hit], candidateCount: Int) {
    (self.hits, self.candidateCount) = (hits, candidateCount)
  }
}
