/// The pairs of a table that have a score.
package struct ScoredPairs: Sendable {
  /// The record of each in the table, from 0, ascending.
  package var records: [Int32]
  /// The distinct image of each.
  package var images: [Int32]
  /// The distinct caption of each.
  package var texts: [Int32]
  /// The cosine of each.
  package var cosines: [Float]

  package init(
    records: [Int32] = [], images: [Int32] = [], texts: [Int32] = [], cosines: [Float] = []
  ) {
    self.records = records
    self.images = images
    self.texts = texts
    self.cosines = cosines
  }

  package var count: Int { records.count }
}
