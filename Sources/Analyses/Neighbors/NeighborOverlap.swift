/// How many nearest neighbours two embeddings of the same rows have in common.
public struct NeighborOverlap: Sendable, Equatable {
  /// The share of common neighbours of each row, from 0 to 1.
  public let shares: [Double]
  /// The mean share.
  public let mean: Double

  /// Compares two lists of neighbours of the same rows.
  ///
  /// - Parameters:
  ///   - a: Neighbours in one embedding.
  ///   - b: As many neighbours of the same rows in another.
  /// - Throws: `AnalysisError` when the rows or the numbers of neighbours differ.
  /// - Complexity: O(n · k).
  public init(_ a: NearestNeighbors, _ b: NearestNeighbors) throws {
    guard a.rowCount == b.rowCount else { throw AnalysisError.rowsDiffer(a.rowCount, b.rowCount) }
    guard a.neighborCount == b.neighborCount else {
      throw AnalysisError.invalid(
        "\(a.neighborCount) neighbours of one embedding and \(b.neighborCount) of the other; "
          + "compare as many of both")
    }
    let k = a.neighborCount
    shares = (0..<a.rowCount).map { i in
      let own = Set(a.indices[i * k..<(i + 1) * k])
      return Double(b.indices[i * k..<(i + 1) * k].count { own.contains($0) }) / Double(k)
    }
    mean = shares.reduce(0, +) / Double(max(shares.count, 1))
  }
}

extension NearestNeighbors {
  /// The `count` nearest of the neighbours.
  public func nearest(_ count: Int) -> NearestNeighbors {
    precondition(count > 0 && count <= neighborCount)
    let kept = (0..<rowCount).flatMap { $0 * neighborCount..<$0 * neighborCount + count }
    return NearestNeighbors(
      neighborCount: count, indices: kept.map { indices[$0] },
      distances: kept.map { distances[$0] })
  }
}
