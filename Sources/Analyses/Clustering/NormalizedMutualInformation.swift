import Foundation

/// The mutual information of a partition and labels over the mean of their entropies.
///
/// I(U; V) / ((H(U) + H(V)) / 2), from 0 to 1 (Vinh, Epps, Bailey 2010, jmlr.org/papers/v11/vinh10a.html,
/// with the arithmetic mean). Unlike the adjusted Rand index it is not corrected for chance. Two
/// partitions into one cluster are equal, and give 1.
///
/// - Parameters:
///   - partition: The clusters.
///   - labels: The label of every row; nil leaves a row out.
/// - Returns: The normalised mutual information; nil when no row has a label.
/// - Complexity: O(n).
public func normalizedMutualInformation(_ partition: Partition, labels: [Int?]) -> Double? {
  let table = ContingencyTable(partition, labels: labels)
  let total = Double(table.total)
  if table.total == 0 { return nil }
  if table.clusterSizes.count == 1 && table.labelSizes.count == 1 { return 1 }
  // Sums of sorted terms: a dictionary's order changes from run to run, and a sum with it.
  func sum(_ terms: [Double]) -> Double { terms.sorted().reduce(0, +) }
  func entropy(_ sizes: some Collection<Int>) -> Double {
    sum(sizes.map { -Double($0) / total * log(Double($0) / total) })
  }
  let information = sum(
    table.cells.map { cell, count in
      let (a, b) = (table.clusterSizes[cell.cluster] ?? 0, table.labelSizes[cell.label] ?? 0)
      return Double(count) / total * log(Double(count) * total / (Double(a) * Double(b)))
    })
  let mean = (entropy(table.clusterSizes.values) + entropy(table.labelSizes.values)) / 2
  return min(max(information / mean, 0), 1)
}
