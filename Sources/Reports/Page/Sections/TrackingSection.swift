import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageTable.Column

  /// Topology against accuracy.
  static let link = PageSection(
    "link", "Topology against accuracy",
    papers: [
      Paper(
        what: "Correction for several tests",
        reference:
          "Ge, Dudoit and Speed 2003, Resampling-based multiple testing for microarray data analysis",
        doi: "10.1007/BF02595811", file: TrackingColumns.file.pattern.text)
    ],
    tables: [
      PageTable(
        file: TrackingColumns.file, title: "Within levels: the primary result",
        caption:
          "Rank correlation of each measure's change with the drop of top-1 accuracy over classes, "
          + "ranked within each level; intervals by leaving out one class after the other, p by permuting "
          + "whole classes, adjusted for the measures of one family, noise and statistic. References are what a "
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
    ])

  private static let trackingColumns = [
    Column(TrackingColumns.group), Column(ConditionColumns.noise), Column(TrackingColumns.level),
    Column(TrackingColumns.measure), Column(TrackingColumns.statistic),
    Column(TrackingColumns.family),
    Column(TrackingColumns.estimate, interval: (TrackingColumns.low, TrackingColumns.high)),
    Column(TrackingColumns.p), Column(TrackingColumns.adjusted, "p (adjusted)"),
    Column(TrackingColumns.permutedMean, "mean when shuffled"), Column(TrackingColumns.classes),
    Column(TrackingColumns.conditions),
    Column(TrackingColumns.note),
  ]
  private static func ofScope(_ scope: TrackedMeasure.Scope) -> [RowFilter] {
    [TrackingColumns.scope == scope.rawValue]
  }
}
