import LinearAlgebra

/// How clusters agree with labels at every threshold of a dendrogram.
///
/// The clusters change at the heights of merges and nowhere between: the steps are all there is to see,
/// and the best of them is the best of all thresholds.
public struct ThresholdAgreement: Sendable {
  /// Thresholds between two heights: the same clusters at all of them.
  public struct Step: Sendable, Equatable {
    /// The least of the thresholds.
    public let low: Double
    /// The least threshold above all of them; infinite for the last step.
    public let high: Double
    /// What the clusters have in common with the labels.
    public let counts: PairCounts
    /// The number of clusters, those of rows without labels too.
    public let clusterCount: Int
  }

  /// The steps for thresholds of 0 and more, ascending.
  public let steps: [Step]

  /// Follows the merges, updating the counts at each.
  ///
  /// Two clusters that merge put together as many more rows of a label as the product of its counts; the
  /// smaller of their tables of counts is poured into the larger.
  ///
  /// - Parameters:
  ///   - dendrogram: Of n rows, heights of 0 and more.
  ///   - labels: The label of every row; nil for a row that is clustered and counts nowhere.
  /// - Complexity: O(n log n) time, O(n) memory.
  public init(_ dendrogram: Dendrogram, labels: [Int?]) {
    precondition(labels.count == dendrogram.rowCount)
    var components = ConnectedComponents(vertexCount: labels.count)
    /// The labels of the cluster that a root stands for.
    var tables = labels.map { label -> [Int: Int] in label.map { [$0: 1] } ?? [:] }
    /// Its labelled rows.
    var sizes = labels.map { $0 == nil ? 0 : 1 }
    let start = PairCounts(Partition(labels.indices), labels: labels)
    var (both, clustered) = (0, 0)
    var clusterCount = labels.count
    var steps: [Step] = []
    var low = 0.0
    func step(upTo high: Double) -> Step {
      Step(
        low: low, high: high,
        counts: PairCounts(
          both: both, clustered: clustered, labelled: start.labelled, all: start.all),
        clusterCount: clusterCount)
    }
    for merge in dendrogram.merges {
      if merge.height > low {
        steps.append(step(upTo: merge.height))
        low = merge.height
      }
      let (a, b) = (components.root(of: merge.first), components.root(of: merge.second))
      _ = components.join(a, b)
      let root = components.root(of: a)
      clustered += sizes[a] * sizes[b]
      sizes[root] = sizes[a] + sizes[b]
      clusterCount -= 1
      // Taken out of the array, so that pouring copies nothing.
      var (large, small): ([Int: Int], [Int: Int]) = ([:], [:])
      swap(&large, &tables[a])
      swap(&small, &tables[b])
      if large.count < small.count { swap(&large, &small) }
      for (label, count) in small {
        both += count * large[label, default: 0]
        large[label, default: 0] += count
      }
      swap(&large, &tables[root])
    }
    steps.append(step(upTo: .infinity))
    self.steps = steps
  }

  /// The best threshold, and all that are as good.
  public struct Optimum: Sendable, Equatable {
    /// The least threshold of the plateau.
    public let low: Double
    /// The least threshold above the plateau; infinite when it has no end.
    public let high: Double
    /// What the clusters at the plateau's start have in common with the labels.
    public let counts: PairCounts
    /// The middle of the plateau, as far as possible from where the clusters change; its start when it
    /// has no end.
    public let threshold: Double
  }

  /// The thresholds with the largest adjusted Rand index: exact, and of several plateaus the first.
  ///
  /// Steps side by side whose counts are the same (what merged there has no labels) are one plateau.
  public var optimum: Optimum {
    var best = 0
    for index in steps.indices
    where steps[index].counts.adjustedRandIndex > steps[best].counts.adjustedRandIndex {
      best = index
    }
    var last = best
    while last + 1 < steps.count, steps[last + 1].counts == steps[best].counts { last += 1 }
    let (low, high) = (steps[best].low, steps[last].high)
    let middle = low + (high - low) / 2
    return Optimum(
      low: low, high: high, counts: steps[best].counts, threshold: middle < high ? middle : low)
  }
}
