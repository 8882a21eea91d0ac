import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Whether anything tells which answers fail, image by image.
  static let failures = PageSection(
    "failures", "When it will fail, image by image",
    papers: [
      Paper(
        what: "Areas under risk and coverage",
        reference:
          "Geifman, Uziel and El-Yaniv 2019, Bias-reduced uncertainty estimation for deep neural classifiers",
        doi: "10.48550/arXiv.1805.08206", file: FailureScoreColumns.file.pattern.text)
    ],
    sentences: { run, noise in try noise.map { try FailureSentences(run).sentences($0) } ?? [] },
    tables: [
      PageTable(
        file: FailureScoreColumns.file, title: "Signals of failure",
        caption:
          "How well each signal tells a wrong answer, and one that is another than on the clean image (flip): the mean "
          + "over levels of the area under the ROC curve (0.5 is chance, 1 is perfect) and of that under risk "
          + "and coverage (smaller is better). difference is the AUROC less that of plain confidence; p is corrected.",
        columns: scores, filter: [FailureScoreColumns.level == nil],
        order: .descending(FailureScoreColumns.auroc),
        isFolded: true, isPerNoise: true),
      PageTable(
        file: FailureScoreColumns.file, title: "Signals of failure, level by level",
        caption: "The same at one level at a time.",
        columns: [Column(ConditionColumns.noise), Column(FailureScoreColumns.level)]
          + scores.dropFirst(),
        filter: [FailureScoreColumns.level.isFilled], isFolded: true, isPerNoise: true),
    ])

  private static let scores = [
    Column(ConditionColumns.noise), Column(FailureScoreColumns.event),
    Column(FailureScoreColumns.signal),
    Column(FailureScoreColumns.needsClean, "needs the clean image"),
    Column(FailureScoreColumns.images),
    Column(FailureScoreColumns.events),
    Column(
      FailureScoreColumns.auroc, "AUROC",
      interval: (FailureScoreColumns.aurocLow, FailureScoreColumns.aurocHigh)),
    Column(
      FailureScoreColumns.aurc, "AURC",
      interval: (FailureScoreColumns.aurcLow, FailureScoreColumns.aurcHigh)),
    Column(
      FailureScoreColumns.difference,
      interval: (FailureScoreColumns.differenceLow, FailureScoreColumns.differenceHigh),
      as: .distance),
    Column(FailureScoreColumns.p), Column(FailureScoreColumns.adjusted, "p (corrected)"),
    Column(FailureScoreColumns.note),
  ]
}
