@testable import Pairs

extension ScoredPairs {
  /// Pairs by hand, in records from 0 on.
  static func of(images: [Int32], texts: [Int32], cosines: [Float]? = nil) -> ScoredPairs {
    ScoredPairs(
      records: images.indices.map { Int32($0) }, images: images, texts: texts,
      cosines: cosines ?? [Float](repeating: 0, count: images.count))
  }
}
