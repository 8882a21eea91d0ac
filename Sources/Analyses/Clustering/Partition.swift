public import LinearAlgebra

/// Rows put into clusters, no row into two.
public struct Partition: Sendable, Equatable {
  /// The cluster of every row: clusters are numbered from 0 in order of their first rows.
  public let clusters: [Int]
  /// How many clusters there are.
  public let count: Int

  /// Clusters of the rows that have equal values.
  public init<Value: Hashable>(_ values: some Sequence<Value>) {
    var numbers: [Value: Int] = [:]
    clusters = values.map { value in
      if let number = numbers[value] { return number }
      let number = numbers.count
      numbers[value] = number
      return number
    }
    count = numbers.count
  }

  /// The components as clusters.
  public init(_ components: ConnectedComponents, rowCount: Int) {
    var components = components
    self.init((0..<rowCount).map { components.root(of: $0) })
  }
}
