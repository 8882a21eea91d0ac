import Analyses
import Files
import LinearAlgebra
import Runs

/// Which classes come together as the noise grows: single linkage of the classes' mean embeddings, beside
/// the confusion of the classes.
struct MergeTables {
  package let run: RunDirectory
  package let samples: SampleTable
  package let conditions: [Condition]
  package let scores: [ConditionScores]?

  /// How many merges `merging_pairs.csv` has of each condition.
  static let pairCount = 20

  private struct Level {
    let condition: Condition
    let dendrogram: Dendrogram
    /// The heights at which two classes come into one cluster, [classes, classes].
    let heights: Matrix<Double>
    /// The distances of their means, [classes, classes].
    let distances: Matrix<Double>
    /// The median distance of two means, which noise makes smaller as a whole.
    let median: Double?
    /// The shares of the images of two classes that are taken for the other; nil without predictions.
    let confusion: Matrix<Double>?
  }

  /// The classes that have images, and their rows.
  private var members: [(name: String, label: Int, rows: [Int])] {
    samples.classes.enumerated().map { label, name in
      (name, label, samples.labels.indices.filter { samples.labels[$0] == label })
    }.filter { !$0.rows.isEmpty }
  }

  /// Writes `merges.csv`, `class_means.csv` and `merging_pairs.csv`.
  package func write() throws {
    let members = members
    let levels = try conditions.map { try level($0, members.map { ($0.label, $0.rows) }) }
    let names = members.map(\.name)
    try AtomicFile.write(merges(levels, names).csv, to: run.file("merges.csv"))
    try AtomicFile.write(means(levels, names).csv, to: run.file("class_means.csv"))
    if let clean = levels.first(where: { $0.condition == .clean }) {
      try AtomicFile.write(
        pairs(levels, clean: clean, names).csv, to: run.file("merging_pairs.csv"))
    }
  }

  private func level(_ condition: Condition, _ members: [(label: Int, rows: [Int])]) throws -> Level
  {
    try Interruption.check()
    let points = try run.readUnitEmbeddings(condition, rowCount: samples.labels.count)
    let means = members.map { points.meanRow(of: $0.rows) }
    let count = members.count
    var distances = Matrix<Double>(rows: count, columns: count)
    for a in 0..<count {
      for b in 0..<a {
        let squares = zip(means[a], means[b]).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        distances[a, b] = squares.squareRoot()
        distances[b, a] = distances[a, b]
      }
    }
    let dendrogram = try analyzing(run.embeddingsFile(condition)) {
      try Dendrogram(
        singleLinkageOf: Matrix<Float>(
          rows: count, columns: points.columns, values: means.flatMap { $0.map { Float($0) } }),
        metric: .euclidean)
    }
    return Level(
      condition: condition, dendrogram: dendrogram, heights: dendrogram.mergeHeights(),
      distances: distances,
      median: Self.pairs(distances.rows).map { distances[$0.a, $0.b] }.median,
      confusion: confusion(condition, members))
  }

  private func confusion(
    _ condition: Condition, _ members: [(label: Int, rows: [Int])]
  ) -> Matrix<Double>? {
    guard let score = scores?.first(where: { $0.condition == condition }) else { return nil }
    var shares = Matrix<Double>(rows: members.count, columns: members.count)
    for (a, own) in members.enumerated() {
      for (b, other) in members.enumerated() where a != b {
        let taken =
          own.rows.count { score.predicted[$0] == other.label }
          + other.rows.count { score.predicted[$0] == own.label }
        shares[a, b] = Double(taken) / Double(own.rows.count + other.rows.count)
      }
    }
    return shares
  }

  private func merges(_ levels: [Level], _ names: [String]) -> ResultTable {
    var table = ResultTable(
      columns: Condition.tableColumns + ["step", "class_a", "class_b", "height"])
    for level in levels {
      for (step, merge) in level.dendrogram.merges.enumerated() {
        table.append(
          level.condition.tableValues + [
            .count(step), .text(names[merge.first]), .text(names[merge.second]),
            .number(merge.height),
          ])
      }
    }
    return table
  }

  private func means(_ levels: [Level], _ names: [String]) -> ResultTable {
    var table = ResultTable(
      columns: Condition.tableColumns
        + ["smallest_distance", "class_a", "class_b", "median_distance"])
    for level in levels {
      let closest = Self.pairs(names.count).min {
        (level.distances[$0.a, $0.b], $0.a, $0.b) < (level.distances[$1.a, $1.b], $1.a, $1.b)
      }
      guard let (a, b) = closest else { continue }
      table.append(
        level.condition.tableValues + [
          .number(level.distances[a, b]), .text(names[a]), .text(names[b]), .init(level.median),
        ])
    }
    return table
  }

  /// The merges of every noisy condition that come earlier than they did, those that gained most first.
  ///
  /// Noise draws all means together, so that every height falls; what a merge gained is the fall of the
  /// height in units of the median distance of means at that level. A merge stands for all pairs of the two
  /// clusters, and is called by the two classes whose means join them.
  private func pairs(_ levels: [Level], clean: Level, _ names: [String]) -> ResultTable {
    var table = ResultTable(
      columns: Condition.tableColumns + [
        "rank", "class_a", "class_b", "clean_height", "height", "fall", "relative_fall",
        "clean_distance", "distance", "clean_confusion", "confusion",
      ])
    for level in levels where level.condition != .clean {
      guard let scale = level.median, let cleanScale = clean.median, scale > 0, cleanScale > 0
      else { continue }
      let merges = level.dendrogram.merges.map { merge in
        (
          a: merge.first, b: merge.second,
          fall: clean.heights[merge.first, merge.second] / cleanScale - merge.height / scale
        )
      }.filter { $0.fall > 0 }.sorted { (-$0.fall, $0.a, $0.b) < (-$1.fall, $1.a, $1.b) }
      for (rank, (a, b, fall)) in merges.prefix(Self.pairCount).enumerated() {
        table.append(
          level.condition.tableValues + [
            .count(rank + 1), .text(names[a]), .text(names[b]), .number(clean.heights[a, b]),
            .number(level.heights[a, b]), .number(clean.heights[a, b] - level.heights[a, b]),
            .number(fall), .number(clean.distances[a, b]), .number(level.distances[a, b]),
            .init(clean.confusion?[a, b]), .init(level.confusion?[a, b]),
          ])
      }
    }
    return table
  }

  private static func pairs(_ count: Int) -> [(a: Int, b: Int)] {
    (0..<count).flatMap { a in (a + 1..<max(count, a + 1)).map { (a, $0) } }
  }
}

extension Matrix<Float> {
  /// The mean of some rows, in float64.
  fileprivate func meanRow(of members: [Int]) -> [Double] {
    var mean = [Double](repeating: 0, count: columns)
    for row in members {
      for (column, value) in self.row(row).enumerated() { mean[column] += Double(value) }
    }
    return mean.map { $0 / Double(members.count) }
  }
}
