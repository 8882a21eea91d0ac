import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Accuracy and calibration against the level.
  static let accuracy = PageSection(
    "accuracy", "Accuracy and calibration",
    papers: [
      Paper(
        what: "Kinds of noise and corruption error",
        reference:
          "Hendrycks and Dietterich 2019, Benchmarking neural network robustness to common corruptions and perturbations",
        doi: "10.48550/arXiv.1903.12261", file: CorruptionColumns.file.pattern.text),
      Paper(
        what: "Intervals of accuracies",
        reference:
          "Clopper and Pearson 1934, The use of confidence or fiducial limits illustrated in the case of the binomial",
        doi: "10.2307/2331986", file: LevelColumns.file.pattern.text),
      Paper(
        what: "Intervals of drops",
        reference:
          "Bonett and Price 2012, Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
        doi: "10.3102/1076998611411915", file: LevelColumns.file.pattern.text),
      Paper(
        what: "What a calibrated model's calibration error is",
        reference: "Bröcker and Smith 2007, Increasing the reliability of reliability diagrams",
        doi: "10.1175/WAF993.1", file: LevelColumns.file.pattern.text),
      Paper(
        what: "Calibration error and temperature scaling",
        reference: "Guo et al. 2017, On calibration of modern neural networks",
        doi: "10.48550/arXiv.1706.04599", file: ReliabilityColumns.file.pattern.text),
    ],
    foldedFigures: ["reliability", "calibration"],
    sentences: { run, noise in
      let accuracy = try AccuracySentences(run)
      return try noise.map { try accuracy.details($0) } ?? accuracy.tests()
    },
    tables: [
      PageTable(
        file: LevelColumns.file, title: "Accuracy by level",
        caption:
          "Pooled over noise seeds; in brackets 95 % intervals. drop is the clean top-1 accuracy less this one. ECE is that of the confidences, beyond chance less what a "
          + "calibrated model would have on as many images, scaled after temperature scaling; where a validation split "
          + "fits the temperature, they are of the other images.",
        columns: [
          Column(ConditionColumns.noise), Column(ConditionColumns.level),
          Column(LevelColumns.seeds),
          Column(AccuracyColumns.count, "images"),
        ]
          + [Column(LevelColumns.drop)] + scores, hasControlRows: true),
      PageTable(
        file: AccuracyColumns.file, title: "Accuracy by condition",
        caption: "A row a noise, level and seed; in brackets 95 % intervals over images.",
        columns: Column.condition + [Column(AccuracyColumns.count, "images")] + scores,
        isFolded: true,
        // One seed a level: the table by level has the same numbers.
        isShown: { run in
          try run.table(LevelColumns.file) == nil
            || NoiseSeries.all(run.conditions).contains { $0.seedCount > 1 }
        }),
      PageTable(
        file: LevelTestColumns.file, title: "Levels against each other",
        caption:
          "Paired permutation tests of top-1 accuracy on the same images; p (Holm) is corrected for "
          + "the number of tests.",
        columns: [
          Column(LevelTestColumns.firstNoise, "noise"),
          Column(LevelTestColumns.firstLevel, "level"),
          Column(LevelTestColumns.secondNoise, "against noise"),
          Column(LevelTestColumns.secondLevel, "level"), Column(LevelTestColumns.count, "images"),
          Column(LevelTestColumns.difference), Column(LevelTestColumns.differing),
          Column(LevelTestColumns.method),
          Column(LevelTestColumns.p), Column(LevelTestColumns.adjusted, "p (Holm)"),
        ], isFolded: true),
      PageTable(
        file: CorruptionColumns.file, title: "Corruption error",
        caption:
          "Mean error over the levels of a noise, over the baseline's; relative: the rise of the error from "
          + "clean images over the baseline's rise, which a baseline that guesses does not have.",
        columns: nil, isFolded: true),
      PageTable(
        file: GroupColumns.file, title: "Accuracy within groups of classes",
        caption:
          "Classes whose images were processed alike, so that processing cannot pass for noise.",
        columns: [
          Column(GroupColumns.group), Column(ConditionColumns.noise),
          Column(ConditionColumns.level),
          Column(LevelColumns.seeds), Column(GroupColumns.classes),
          Column(GroupColumns.count, "images"), Column(AccuracyColumns.top1, "top-1"),
          Column(AccuracyColumns.meanPerClass),
        ], isFolded: true),
    ])

  private static let scores = [
    Column(AccuracyColumns.top1, "top-1"), Column(AccuracyColumns.top5, "top-5"),
    Column(AccuracyColumns.meanPerClass), Column(AccuracyColumns.expectedCalibrationError, "ECE"),
    Column(AccuracyColumns.debiasedCalibrationError, "ECE beyond chance", isOptional: true),
    Column(AccuracyColumns.calibrationP, "p (ECE)", isOptional: true),
    Column(AccuracyColumns.scaledCalibrationError, "ECE, scaled"),
    Column(AccuracyColumns.brierScore, "Brier"),
    Column(AccuracyColumns.negativeLogLikelihood, "NLL"),
  ]
}
