import Analyses
import LinearAlgebra
import Runs

/// The mean embeddings of the classes under one condition, and their single-linkage tree.
///
/// Of 10,000 classes a table of all pairs would take 800 MB: a pair is told when it is asked for.
struct ClassMeans: Sendable {
  let condition: Condition
  let dendrogram: Dendrogram
  /// The heights at which two classes come into one cluster.
  let heights: MergeHeights
  /// The distances of their means.
  let distances: PairDistances
  /// The median distance of two means, which noise makes smaller as a whole; nil for a single class.
  let median: Double?
  /// The two whose means are closest; nil for a single class.
  let closest: (a: Int, b: Int)?
  private let members: [Member]
  private let confusion: Confusion?

  /// A class that has images.
  struct Member: Sendable {
    let name: String
    let label: Int
    let rows: [Int]

    /// Those of a run, in the order of its classes.
    static func all(_ samples: SampleTable) -> [Member] {
      zip(samples.classes, samples.rowsOfClasses).enumerated().map { label, entry in
        Member(name: entry.0, label: label, rows: entry.1)
      }.filter { !$0.rows.isEmpty }
    }
  }

  /// Those of some classes.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged; `CancellationError`.
  init(
    _ context: RunContext, _ condition: Condition, _ members: [Member], scores: ConditionScores?
  ) throws {
    let control = ComputationControl.interruptible(isQuiet: true)
    try control.check()
    let points = try context.unitRows(condition)
    let means = members.map { points.meanRow(of: $0.rows) }
    self.condition = condition
    self.members = members
    distances = PairDistances(means)
    (closest, median) = try distances.closestAndMedian(control: control)
    dendrogram = try analyzing(context.file(condition)) {
      try Dendrogram(
        singleLinkageOf: Matrix<Float>(
          rows: members.count, columns: points.columns,
          values: means.flatMap { $0.map { Float($0) } }),
        metric: .euclidean, control: control)
    }
    heights = MergeHeights(dendrogram)
    confusion = scores.map {
      Confusion(
        labels: context.samples.labels, predicted: $0.predicted,
        classCount: context.samples.classes.count)
    }
  }

  /// The share of the images of two classes that are taken for the other; nil without predictions.
  func confusion(_ a: Int, _ b: Int) -> Double? {
    confusion.map { confusion in
      let (own, other) = (members[a], members[b])
      let taken =
        confusion.count(own.label, takenFor: other.label)
        + confusion.count(other.label, takenFor: own.label)
      return Double(taken) / Double(own.rows.count + other.rows.count)
    }
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
