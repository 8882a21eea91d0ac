import Analyses
import LinearAlgebra
import Runs

/// The mean embeddings of the classes under one condition, and their single-linkage tree.
struct ClassMeans: Sendable {
  let condition: Condition
  let dendrogram: Dendrogram
  /// The heights at which two classes come into one cluster, [classes, classes].
  let heights: Matrix<Double>
  /// The distances of their means, [classes, classes].
  let distances: Matrix<Double>
  /// The median distance of two means, which noise makes smaller as a whole; nil for a single class.
  let median: Double?
  /// The shares of the images of two classes that are taken for the other; nil without predictions.
  let confusion: Matrix<Double>?

  /// A class that has images.
  struct Member: Sendable {
    let name: String
    let label: Int
    let rows: [Int]

    /// Those of a run, in the order of its classes.
    static func all(_ samples: SampleTable) -> [Member] {
      samples.classes.enumerated().map { label, name in
        Member(
          name: name, label: label,
          rows: samples.labels.indices.filter { samples.labels[$0] == label })
      }.filter { !$0.rows.isEmpty }
    }
  }

  /// Those of some classes.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged; `RunError.interrupted`.
  init(
    _ context: RunContext, _ condition: Condition, _ members: [Member], scores: ConditionScores?
  ) throws {
    try Interruption.check()
    let points = try context.unitRows(condition)
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
    self.condition = condition
    self.distances = distances
    dendrogram = try analyzing(context.file(condition)) {
      try Dendrogram(
        singleLinkageOf: Matrix<Float>(
          rows: count, columns: points.columns, values: means.flatMap { $0.map { Float($0) } }),
        metric: .euclidean)
    }
    heights = dendrogram.mergeHeights()
    median = Self.pairs(count).map { distances[$0.a, $0.b] }.median
    confusion = scores.map { Self.confusion($0, members) }
  }

  private static func confusion(_ scores: ConditionScores, _ members: [Member]) -> Matrix<Double> {
    var shares = Matrix<Double>(rows: members.count, columns: members.count)
    for (a, own) in members.enumerated() {
      for (b, other) in members.enumerated() where a != b {
        let taken =
          own.rows.count { scores.predicted[$0] == other.label }
          + other.rows.count { scores.predicted[$0] == own.label }
        shares[a, b] = Double(taken) / Double(own.rows.count + other.rows.count)
      }
    }
    return shares
  }

  /// The two whose means are closest; nil for a single class.
  var closest: (a: Int, b: Int)? {
    Self.pairs(distances.rows).min {
      (distances[$0.a, $0.b], $0.a, $0.b) < (distances[$1.a, $1.b], $1.a, $1.b)
    }
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
