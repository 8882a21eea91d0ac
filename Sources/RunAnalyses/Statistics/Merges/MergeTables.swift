import Analyses
import LinearAlgebra
import Runs

/// Which classes come together as the noise grows: single linkage of the classes' mean embeddings, beside
/// the confusion of the classes.
struct MergeTables {
  private let names: [String]
  private let conditions: [ClassMeans]

  /// How many merges `merging_pairs.csv` has of each condition.
  static let pairCount = 20

  /// Those of all conditions.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - scores: Zero-shot classification, by which classes are confused; nil where there is none.
  /// - Throws: As `ClassMeans`.
  init(_ context: RunContext, scores: [ConditionScores]?) throws {
    let members = ClassMeans.Member.all(context.samples)
    names = members.map(\.name)
    conditions = try context.conditions.map { condition in
      try ClassMeans(
        context, condition, members, scores: scores?.first { $0.condition == condition })
    }
  }

  /// Writes `merges.csv`, `class_means.csv` and, where there are clean images, `merging_pairs.csv`.
  func write(to run: RunDirectory) throws {
    try run.write(merges)
    try run.write(means)
    if let pairs { try run.write(pairs) }
  }

  private var merges: Table {
    var table = Table(MergeColumns.file)
    for means in conditions {
      for (step, merge) in means.dendrogram.merges.enumerated() {
        table.append(
          means.condition.cells + [
            MergeColumns.step(step), MergeColumns.firstClass(names[merge.first]),
            MergeColumns.secondClass(names[merge.second]), MergeColumns.height(merge.height),
          ])
      }
    }
    return table
  }

  private var means: Table {
    var table = Table(ClassMeanColumns.file)
    for means in conditions {
      guard let (a, b) = means.closest else { continue }
      table.append(
        means.condition.cells + [
          ClassMeanColumns.smallestDistance(means.distances[a, b]),
          ClassMeanColumns.firstClass(names[a]), ClassMeanColumns.secondClass(names[b]),
          ClassMeanColumns.medianDistance(means.median),
        ])
    }
    return table
  }

  /// The merges of every noisy condition that come earlier than they did, those that gained most first.
  ///
  /// Noise draws all means together, so that every height falls; what a merge gained is the fall of the
  /// height in units of the median distance of means at that level. A merge stands for all pairs of the two
  /// clusters, and is called by the two classes whose means join them.
  private var pairs: Table? {
    guard let clean = conditions.first(where: { $0.condition == .clean }) else { return nil }
    var table = Table(MergingPairColumns.file)
    for means in conditions where means.condition != .clean {
      guard let scale = means.median, let cleanScale = clean.median, scale > 0, cleanScale > 0
      else { continue }
      let merges = means.dendrogram.merges.map { merge in
        (
          a: merge.first, b: merge.second,
          fall: clean.heights[merge.first, merge.second] / cleanScale - merge.height / scale
        )
      }.filter { $0.fall > 0 }.sorted { (-$0.fall, $0.a, $0.b) < (-$1.fall, $1.a, $1.b) }
      for (rank, (a, b, fall)) in merges.prefix(Self.pairCount).enumerated() {
        table.append(
          means.condition.cells + [
            MergingPairColumns.rank(rank + 1), MergingPairColumns.firstClass(names[a]),
            MergingPairColumns.secondClass(names[b]),
            MergingPairColumns.cleanHeight(clean.heights[a, b]),
            MergingPairColumns.height(means.heights[a, b]),
            MergingPairColumns.fall(clean.heights[a, b] - means.heights[a, b]),
            MergingPairColumns.relativeFall(fall),
            MergingPairColumns.cleanDistance(clean.distances[a, b]),
            MergingPairColumns.distance(means.distances[a, b]),
            MergingPairColumns.cleanConfusion(clean.confusion(a, b)),
            MergingPairColumns.confusion(means.confusion(a, b)),
          ])
      }
    }
    return table
  }
}
