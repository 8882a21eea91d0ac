/// A figure of a folder of scores.
struct ScoreFigureKind: Sendable {
  /// What it shows, as messages call it.
  let text: String
  /// Its name.
  let name: String
  /// Makes it; throws `FigureLeftOut`, or `FileError` for a table that is damaged.
  let figure: @Sendable (ReportedScores) throws -> Figure

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
