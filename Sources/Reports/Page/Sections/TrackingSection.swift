import Analyses
import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Topology against accuracy.
  static let link = PageSection(
    "link", "Topology against accuracy",
    papers: [
      Paper(
        what: "Correction for several tests",
        reference:
          "Holm 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65–70",
        doi: nil, file: TrackingColumns.file.pattern.text)
    ],
    foldedFigures: ["link", "added"],
    sentences: { run, noise in
      let tracking = try TrackingSentences(run)
      let added = try AddedSentences(run)
      return noise.map { tracking.details($0) + added.partial($0) } ?? []
    },
    tables: [
      PageTable(
        file: TrackingColumns.file, title: "Within levels: the primary result",
        caption:
          "Rank correlation of each measure's change with the drop of top-1 accuracy over classes, ranked within each "
          + "level; in brackets 95 % intervals, p by permuting whole classes. p is corrected for the "
          + "measures of its family; primary ones were named beforehand. References are what a "
          + "measure has to beat. detectable is the smallest correlation that is found with a probability of 80 %.",
        columns: trackingColumns, filter: ofScope(.within), order: .size(TrackingColumns.estimate),
        isPerNoise: true, controlKeys: trackingKeys, preferred: spearman),
      PageTable(
        file: AddedColumns.file, title: "Whether topology adds anything",
        caption:
          "The share of the drop's variance, R², that a model of the references alone tells of classes it has not seen, "
          + "that of one with topology beside them, and the difference, ΔR², with p by permuting classes.",
        columns: [
          Column(AddedColumns.noise), Column(AddedColumns.classes), Column(AddedColumns.conditions),
          Column(AddedColumns.measures), Column(AddedColumns.covariates),
          Column(AddedColumns.references, "R² of the references"),
          Column(AddedColumns.whole, "R² with topology"),
          Column(AddedColumns.difference, "ΔR²"), Column(AddedColumns.p),
          Column(AddedColumns.permutations),
          Column(AddedColumns.note),
        ], isFolded: true),
      PageTable(
        file: PartialColumns.file, title: "With the references held fixed",
        caption:
          "Partial rank correlations within levels: what is left of each measure's correlation once the covariates "
          + "are taken out.",
        columns: [
          Column(ConditionColumns.noise), Column(PartialColumns.measure),
          Column(PartialColumns.covariates),
          Column(
            PartialColumns.estimate, "partial ρ",
            interval: (PartialColumns.low, PartialColumns.high)),
          Column(PartialColumns.p), Column(PartialColumns.adjusted, "p (corrected)"),
          Column(PartialColumns.permutations),
          Column(PartialColumns.classes), Column(PartialColumns.conditions),
          Column(PartialColumns.note),
        ], order: .size(PartialColumns.estimate), isFolded: true, isPerNoise: true),
      PageTable(
        file: TrackingColumns.file, title: "Level by level",
        caption: "The same at one level at a time.",
        columns: trackingColumns, filter: ofScope(.level), order: .size(TrackingColumns.estimate),
        isFolded: true, isPerNoise: true, preferred: spearman,
        // Of one level the table within levels has the same numbers.
        isShown: { run in
          NoiseSeries.all(run.conditions).contains { Set($0.conditions.map(\.level)).count > 2 }
        }),
      PageTable(
        file: TrackingColumns.file, title: "The drop as a share of the clean accuracy",
        caption:
          "Within levels, for classes that begin above guessing: a check of the primary result.",
        columns: trackingColumns, filter: ofScope(.relative),
        order: .size(TrackingColumns.estimate), isFolded: true, isPerNoise: true,
        preferred: spearman),
      PageTable(
        file: TrackingColumns.file, title: "All levels pooled: confounded",
        caption:
          "Where change and drop both grow with the level, these correlations are high whatever the "
          + "classes do; the mean when classes are shuffled within levels shows how high.",
        columns: trackingColumns + [Column(TrackingColumns.permutedMean, "mean when shuffled")],
        filter: ofScope(.pooled),
        order: .size(TrackingColumns.estimate), isFolded: true, isPerNoise: true,
        preferred: spearman),
      PageTable(
        file: ChangeColumns.file, title: "Change and drop by class",
        caption:
          "Every measure is a change from the clean images: larger is more. Where a class began is its clean "
          + "accuracy and the size of its clean cloud, the total persistence of H0. The file has a column more for "
          + "every measure of the tables above.",
        columns: [
          Column(ChangeColumns.className), Column(ChangeColumns.group),
          Column(ConditionColumns.noise), Column(ConditionColumns.level),
          Column(ConditionColumns.seed), Column(ChangeColumns.count, "images"),
          Column(ChangeColumns.cleanAccuracy, "clean accuracy"), Column(ChangeColumns.accuracy),
          Column(ChangeColumns.drop), Column(ChangeColumns.cleanSize, as: .distance),
          Column(ChangeColumns.measure(GeometryAnalysis.pairedDistance), isOptional: true),
        ], order: .descending(ChangeColumns.drop), isFolded: true, isPerNoise: true),
    ])

  private static let trackingColumns = [
    Column(TrackingColumns.group), Column(ConditionColumns.noise), Column(TrackingColumns.level),
    Column(TrackingColumns.measure), Column(TrackingColumns.family, isOptional: true),
    Column(TrackingColumns.statistic),
    Column(
      TrackingColumns.estimate, "correlation", interval: (TrackingColumns.low, TrackingColumns.high)
    ),
    Column(TrackingColumns.p), Column(TrackingColumns.adjusted, "p (corrected)", isOptional: true),
    Column(TrackingColumns.holm, "p (Holm)", unless: TrackingColumns.adjusted),
    Column(TrackingColumns.detectable, isOptional: true),
    Column(TrackingColumns.sizeCorrelation, "with class size", isOptional: true),
    Column(TrackingColumns.classes), Column(TrackingColumns.conditions),
    Column(TrackingColumns.permutations, isOptional: true),
    Column(TrackingColumns.note),
  ]
  /// What sentences cite; without it, another statistic.
  private static let spearman = TrackingColumns.statistic == RankCorrelation.spearman.rawValue
  private static let trackingKeys: [any ColumnDeclaration] = [
    TrackingColumns.group, ConditionColumns.noise, TrackingColumns.scope, TrackingColumns.level,
    TrackingColumns.measure, TrackingColumns.statistic,
  ]
  private static func ofScope(_ scope: TrackedMeasure.Scope) -> [RowFilter] {
    [TrackingColumns.scope == scope.rawValue]
  }
}
