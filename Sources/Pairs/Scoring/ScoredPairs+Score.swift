import Files

extension ScoredPairs {
  /// The score of a cosine as the table of results has it: 100 times it in float32, read as a decimal.
  ///
  /// So a table that is filtered elsewhere by a score keeps the same pairs.
  static func score(_ cosine: Float) -> Double {
    let score = 100 * cosine
    return Double(score.shortestText) ?? Double(score)
  }
}
