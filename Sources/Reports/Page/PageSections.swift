import Analyses
import RunAnalyses
import Runs

extension FigureSection {
  /// The heading on the page.
  var heading: String {
    switch self {
    case .images: "The images"
    case .accuracy: "Accuracy and calibration"
    case .link: "Topology against accuracy"
    case .topology: "Persistent homology"
    case .witnesses: "Images at the bars that moved"
    case .merging: "Which classes merge"
    case .geometry: "The space's geometry"
    case .layouts: "The space seen in the plane"
    case .training: "Training"
    }
  }

  /// The tables, in order.
  var tables: [PageTable] {
    switch self {
    case .accuracy: Self.accuracyTables
    case .link: Self.trackingTables
    case .topology: Self.topologyTables
    case .merging: Self.mergingTables
    case .geometry: Self.geometryTables
    case .layouts: Self.layoutTables
    case .images, .witnesses, .training: []
    }
  }

  private typealias Column = PageTable.Column

  private static let scores = [
    Column(AccuracyColumns.top1, "top-1"), Column(AccuracyColumns.top5, "top-5"),
    Column(AccuracyColumns.meanPerClass), Column(AccuracyColumns.expectedCalibrationError, "ECE"),
    Column(AccuracyColumns.brierScore, "Brier"),
    Column(AccuracyColumns.negativeLogLikelihood, "NLL"),
    Column(AccuracyColumns.temperature),
    Column(AccuracyColumns.scaledCalibrationError, "ECE, scaled"),
    Column(AccuracyColumns.scaledBrierScore, "Brier, scaled"),
    Column(AccuracyColumns.scaledLogLikelihood, "NLL, scaled"),
  ]
  private static let condition = [
    Column(ConditionColumns.noise), Column(ConditionColumns.level), Column(ConditionColumns.seed),
  ]

  private static let accuracyTables = [
    PageTable(
      file: LevelColumns.file, title: "Accuracy by level",
      caption:
        "Pooled over noise seeds; in brackets 95 % bootstrap intervals over images and seeds. "
        + "drop is the clean top-1 accuracy less this one. ECE, Brier score and NLL before and after "
        + "temperature scaling; where a validation split fits the temperature, they are of the other images.",
      columns: [
        Column(ConditionColumns.noise), Column(ConditionColumns.level), Column(LevelColumns.seeds),
        Column(AccuracyColumns.count, "images"),
      ]
        + scores + [Column(LevelColumns.drop)]),
    PageTable(
      file: AccuracyColumns.file, title: "Accuracy by condition",
      caption: "A row a noise, level and seed; in brackets 95 % intervals over images (BCa).",
      columns: condition + [Column(AccuracyColumns.count, "images")] + scores),
    PageTable(
      file: LevelTestColumns.file, title: "Levels against each other",
      caption:
        "Paired permutation tests of top-1 accuracy on the same images; p (Holm) is corrected for "
        + "the number of tests.",
      columns: [
        Column(LevelTestColumns.firstNoise, "noise"), Column(LevelTestColumns.firstLevel, "level"),
        Column(LevelTestColumns.secondNoise, "against noise"),
        Column(LevelTestColumns.secondLevel, "level"), Column(LevelTestColumns.count, "images"),
        Column(LevelTestColumns.difference), Column(LevelTestColumns.differing),
        Column(LevelTestColumns.method),
        Column(LevelTestColumns.p), Column(LevelTestColumns.adjusted, "p (Holm)"),
      ]),
    PageTable(
      file: CorruptionColumns.file, title: "Corruption error",
      caption:
        "Mean error over the levels of a noise, over the baseline's; relative: the rise of the error from "
        + "clean images over the baseline's rise, which a baseline that guesses does not have.",
      columns: nil),
    PageTable(
      file: GroupColumns.file, title: "Accuracy within groups of classes",
      caption:
        "Classes whose images were processed alike, so that processing cannot pass for noise.",
      columns: [
        Column(GroupColumns.group), Column(ConditionColumns.noise), Column(ConditionColumns.level),
        Column(LevelColumns.seeds), Column(GroupColumns.classes),
        Column(GroupColumns.count, "images"), Column(AccuracyColumns.top1, "top-1"),
        Column(AccuracyColumns.meanPerClass),
      ]),
  ]

  private static let trackingColumns = [
    Column(TrackingColumns.group), Column(ConditionColumns.noise), Column(TrackingColumns.level),
    Column(TrackingColumns.measure), Column(TrackingColumns.statistic),
    Column(TrackingColumns.estimate, interval: (TrackingColumns.low, TrackingColumns.high)),
    Column(TrackingColumns.p), Column(TrackingColumns.adjusted, "p (Holm)"),
    Column(TrackingColumns.permutedMean, "mean when shuffled"), Column(TrackingColumns.classes),
    Column(TrackingColumns.conditions),
    Column(TrackingColumns.note),
  ]
  private static func ofScope(_ scope: TrackedMeasure.Scope) -> [RowFilter] {
    [TrackingColumns.scope == scope.rawValue]
  }
  private static let trackingTables = [
    PageTable(
      file: TrackingColumns.file, title: "Within levels: the primary result",
      caption:
        "Rank correlation of each measure's change with the drop of top-1 accuracy over classes, "
        + "ranked within each level; intervals by cluster bootstrap over classes, p by permuting whole "
        + "classes, Holm-corrected over the measures of one noise and statistic. References are what a "
        + "measure has to beat: where a class began, how large its clean cloud is, how far its images moved.",
      columns: trackingColumns,
      filter: ofScope(.within)),
    PageTable(
      file: TrackingColumns.file, title: "Level by level",
      caption: "The same at one level at a time.",
      columns: trackingColumns,
      filter: ofScope(.level)),
    PageTable(
      file: TrackingColumns.file, title: "The drop as a share of the clean accuracy",
      caption:
        "Within levels, for classes that begin above guessing: a check of the primary result.",
      columns: trackingColumns,
      filter: ofScope(.relative)),
    PageTable(
      file: TrackingColumns.file, title: "All levels pooled: confounded",
      caption:
        "Where change and drop both grow with the level, these correlations are high whatever the "
        + "classes do; the mean when classes are shuffled within levels shows how high.",
      columns: trackingColumns,
      filter: ofScope(.pooled)),
    PageTable(
      file: ChangeColumns.file, title: "Change and drop by class",
      caption:
        "Every measure is a change from the clean images: larger is more. Where a class began is its clean "
        + "accuracy and the size of its clean cloud, the total persistence of H0.", columns: nil),
  ]

  private static let mergingTables = [
    PageTable(
      file: MergingPairColumns.file, title: "Classes that came together",
      caption:
        "The merges of the single-linkage tree of class means that come earlier than on clean images, in "
        + "units of the median distance of means: noise draws all means together, and that alone is no "
        + "merging. Confusion is the share of the two classes' images that are taken for the other.",
      columns: condition + [
        Column(MergingPairColumns.rank), Column(MergingPairColumns.firstClass, "class"),
        Column(MergingPairColumns.secondClass, "and class"),
        Column(MergingPairColumns.cleanHeight, "clean height"), Column(MergingPairColumns.height),
        Column(MergingPairColumns.fall),
        Column(MergingPairColumns.relativeFall, "relative fall"),
        Column(MergingPairColumns.cleanDistance), Column(MergingPairColumns.distance),
        Column(MergingPairColumns.cleanConfusion),
        Column(MergingPairColumns.confusion),
      ]),
    PageTable(
      file: ClassMeanColumns.file, title: "The nearest two classes",
      caption: "The smallest and the median distance of class means.",
      columns: condition + [
        Column(ClassMeanColumns.smallestDistance), Column(ClassMeanColumns.firstClass, "class"),
        Column(ClassMeanColumns.secondClass, "and class"),
        Column(ClassMeanColumns.medianDistance),
      ]),
    PageTable(
      file: MergeColumns.file, title: "The single-linkage trees",
      caption: "The edges that join class means, shortest first.", columns: nil, limit: 300),
  ]

  private static let topologyTables = [
    PageTable(
      file: DistanceColumns.file, title: "Diagrams of all images, clean against noisy",
      caption: "ratio is distance over the bound of the stability theorem, which cannot be passed; "
        + "between seeds and between halves say what distance chance alone makes. Classes one by one are "
        + "in the table of changes.",
      columns: condition + [
        Column(DistanceColumns.dimension), Column(DistanceColumns.metric),
        Column(DistanceColumns.order), Column(DistanceColumns.scale),
        Column(DistanceColumns.distance),
        Column(DistanceColumns.bound), Column(DistanceColumns.ratio),
        Column(DistanceColumns.betweenSeeds), Column(DistanceColumns.betweenHalves),
        Column(DistanceColumns.tolerance),
      ], filter: [DistanceColumns.scope == Scope.allName]),
    PageTable(
      file: DiagramTestColumns.file, title: "Groups of diagrams, clean against noisy",
      caption:
        "Robinson and Turner's permutation test on the diagrams of the classes. Clean and noisy diagrams "
        + "are of the same classes, which makes it conservative: at weak noise it finds less than there is.",
      columns: condition + [
        Column(DiagramTestColumns.dimension), Column(DiagramTestColumns.scale),
        Column(DiagramTestColumns.metric), Column(DiagramTestColumns.order),
        Column(DiagramTestColumns.diagrams),
        Column(DiagramTestColumns.loss), Column(DiagramTestColumns.meanLoss),
        Column(DiagramTestColumns.method), Column(DiagramTestColumns.p),
        Column(DiagramTestColumns.pHolm, "p (Holm)"),
      ]),
    PageTable(
      file: BandColumns.file, title: "Confidence bands of diagrams",
      caption:
        "Bars longer than twice the half-width stand out from sampling noise (Fasy et al. 2014); none that "
        + "dies is longer than the diameter, and the one component that never dies counts. \(DiagramConfidenceBand.caveat)",
      columns: [Column(BandColumns.scope)] + condition + [
        Column(BandColumns.confidence), Column(BandColumns.points), Column(BandColumns.subsample),
        Column(BandColumns.replicates),
        Column(BandColumns.halfWidth), Column(BandColumns.diameter),
        Column(BandColumns.significantH0, "significant H0"),
        Column(BandColumns.significantH1, "significant H1"),
      ]),
  ]

  private static let geometryTables = [
    PageTable(
      file: GeometryColumns.file, title: "Geometry by condition",
      caption:
        "CKA, Procrustes disparity and shared neighbours compare with the clean embeddings; the "
        + "others are the condition's own.", columns: nil)
  ]

  private static let layoutTables = [
    PageTable(
      file: LayoutQualityColumns.file, title: "How far to trust the layouts",
      caption:
        "Trustworthiness and continuity are 1 when neighbourhoods are kept; the silhouette is that "
        + "of the classes in the layout.", columns: nil)
  ]
}
