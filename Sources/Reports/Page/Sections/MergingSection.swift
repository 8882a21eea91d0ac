import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Merge trees of the classes.
  static let merging = PageSection(
    "merging", "Which classes merge",
    papers: [
      Paper(
        what: "Single linkage",
        reference:
          "Gower and Ross 1969, Minimum spanning trees and single linkage cluster analysis",
        doi: "10.2307/2346439", file: MergeColumns.file.pattern.text)
    ],
    foldedFigures: ["merging"],
    sentences: { run, noise in try noise.map { try StructureSentences(run).merging($0) } ?? [] },
    tables: [
      PageTable(
        file: MergingPairColumns.file, title: "Classes that came together",
        caption:
          "The merges of the single-linkage tree of class means that come earlier than on clean images, in "
          + "units of the median distance of means: noise draws all means together, and that alone is no "
          + "merging. Confusion is the share of the two classes' images that are taken for the other.",
        columns: Column.condition + [
          Column(MergingPairColumns.rank), Column(MergingPairColumns.firstClass, "class"),
          Column(MergingPairColumns.secondClass, "and class"),
          Column(MergingPairColumns.cleanHeight, "clean height"), Column(MergingPairColumns.height),
          Column(MergingPairColumns.fall),
          Column(MergingPairColumns.relativeFall, "relative fall"),
          Column(MergingPairColumns.cleanDistance), Column(MergingPairColumns.distance),
          Column(MergingPairColumns.cleanConfusion),
          Column(MergingPairColumns.confusion),
        ], order: .descending(MergingPairColumns.relativeFall), isFolded: true, isPerNoise: true),
      PageTable(
        file: ClassMeanColumns.file, title: "The nearest two classes",
        caption: "The smallest and the median distance of class means.",
        columns: Column.condition + [
          Column(ClassMeanColumns.smallestDistance), Column(ClassMeanColumns.firstClass, "class"),
          Column(ClassMeanColumns.secondClass, "and class"),
          Column(ClassMeanColumns.medianDistance),
        ], isFolded: true),
      PageTable(
        file: MergeColumns.file, title: "The single-linkage trees",
        caption: "The edges that join class means, shortest first.", columns: nil, limit: 300,
        isFolded: true),
    ])
}
