/// How many pairs of labelled rows a partition puts together, and how many of them rightly.
///
/// Everything that compares a partition with labels pair by pair follows from these four counts, which
/// take no loop over the pairs.
public struct PairCounts: Sendable, Equatable {
  /// Pairs of one cluster and one label.
  public let both: Int
  /// Pairs of one cluster.
  public let clustered: Int
  /// Pairs of one label.
  public let labelled: Int
  /// All pairs.
  public let all: Int

  init(both: Int, clustered: Int, labelled: Int, all: Int) {
    self.both = both
    self.clustered = clustered
    self.labelled = labelled
    self.all = all
  }

  /// Compares a partition with labels; rows whose label is nil count nowhere.
  ///
  /// Time and memory O(n).
  public init(_ partition: Partition, labels: [Int?]) {
    let table = ContingencyTable(partition, labels: labels)
    both = table.cells.values.reduce(0) { $0 + Self.pairs(of: $1) }
    clustered = table.clusterSizes.values.reduce(0) { $0 + Self.pairs(of: $1) }
    labelled = table.labelSizes.values.reduce(0) { $0 + Self.pairs(of: $1) }
    all = Self.pairs(of: table.total)
  }

  /// n (n − 1) / 2.
  static func pairs(of count: Int) -> Int { count * (count - 1) / 2 }

  /// The adjusted Rand index: 1 for equal partitions, 0 on average for random ones of these sizes.
  ///
  /// Hubert and Arabie 1985, doi:10.1007/BF01908075. Where chance allows nothing else (every row alone in
  /// both, or all together in both) the partitions are equal, and it is 1.
  public var adjustedRandIndex: Double {
    if both == clustered && both == labelled { return 1 }
    let expected = Double(clustered) * Double(labelled) / Double(all)
    return (Double(both) - expected) / (Double(clustered + labelled) / 2 - expected)
  }

  /// The share of the pairs of one cluster that have one label; nil when no pair is clustered.
  public var precision: Double? { clustered > 0 ? Double(both) / Double(clustered) : nil }

  /// The share of the pairs of one label that are in one cluster; nil when no pair has one label.
  public var recall: Double? { labelled > 0 ? Double(both) / Double(labelled) : nil }

  /// The harmonic mean of precision and recall, 2 both / (clustered + labelled); nil when no pair is
  /// clustered and none has one label.
  public var f1: Double? {
    clustered + labelled > 0 ? 2 * Double(both) / Double(clustered + labelled) : nil
  }
}

/// How many rows there are of every cluster and label.
struct ContingencyTable {
  struct Cell: Hashable {
    let cluster: Int
    let label: Int
  }

  private(set) var cells: [Cell: Int] = [:]
  private(set) var clusterSizes: [Int: Int] = [:]
  private(set) var labelSizes: [Int: Int] = [:]
  private(set) var total = 0

  /// Rows whose label is nil are left out.
  init(_ partition: Partition, labels: [Int?]) {
    precondition(partition.clusters.count == labels.count)
    for (cluster, label) in zip(partition.clusters, labels) {
      guard let label else { continue }
      cells[Cell(cluster: cluster, label: label), default: 0] += 1
      clusterSizes[cluster, default: 0] += 1
      labelSizes[label, default: 0] += 1
      total += 1
    }
  }
}
