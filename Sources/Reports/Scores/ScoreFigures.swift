/// The figures of a folder of scores.
enum ScoreFigures {
  /// All, in the order of reading.
  static let all = [
    ScoreDistributionFigure.kind, ScoreMeasuresFigure.kind, ScoreMapFigure.kind,
    ScoreCandidatesFigure.kind,
  ]
}

extension PageSection {
  /// What figures of scores belong to; a run's page has none of it.
  static let pairScores = PageSection("scores", "Scores")
}
