import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn
  private typealias Coming = ComingColumns

  /// Whether anything tells which answers fail, image by image.
  static let failures = PageSection(
    "failures", "When it will fail, image by image",
    papers: [
      Paper(
        what: "Areas under risk and coverage",
        reference:
          "Geifman, Uziel and El-Yaniv 2019, Bias-reduced uncertainty estimation for deep neural classifiers",
        doi: "10.48550/arXiv.1805.08206", file: ComingColumns.failureScores.pattern.text)
    ],
    sentences: { run, noise in try noise.map { try FailureSentences(run).sentences($0) } ?? [] },
    tables: [
      PageTable(
        file: Coming.failureScores, title: "Signals of failure",
        caption:
          "How well each signal tells a wrong answer, and one that is another than on the clean image (flip): the mean "
          + "over levels of the area under the ROC curve (0.5 is chance, 1 is perfect) and of that under risk "
          + "and coverage (smaller is better). difference is the AUROC less that of plain confidence; p is corrected.",
        columns: scores, filter: [Coming.level == nil], order: .descending(Coming.auroc),
        isFolded: true, isPerNoise: true),
      PageTable(
        file: Coming.failureScores, title: "Signals of failure, level by level",
        caption: "The same at one level at a time.",
        columns: [Column(ConditionColumns.noise), Column(Coming.level)] + scores.dropFirst(),
        filter: [Coming.level.isFilled], isFolded: true, isPerNoise: true),
    ])

  private static let scores = [
    Column(ConditionColumns.noise), Column(Coming.event), Column(Coming.signal),
    Column(Coming.needsClean, "needs the clean image"), Column(Coming.images),
    Column(Coming.events),
    Column(Coming.auroc, "AUROC", interval: (Coming.aurocLow, Coming.aurocHigh)),
    Column(Coming.aurc, "AURC", interval: (Coming.aurcLow, Coming.aurcHigh)),
    Column(
      Coming.difference, interval: (Coming.differenceLow, Coming.differenceHigh), as: .distance),
    Column(Coming.p), Column(Coming.adjusted, "p (corrected)"), Column(Coming.note),
  ]
}
