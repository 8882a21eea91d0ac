import Synchronization

/// Counts the edges of a sparse graph while it is made, and stops before they fill the memory.
final class EdgeRoom: Sendable {
  private let threshold: Float
  private let available: Int
  private let count = Atomic<Int>(0)

  init(threshold: Float) {
    self.threshold = threshold
    available = MemoryEstimate.availableMemory() ?? .max
  }

  /// Counts `edges` more.
  ///
  /// - Throws: `TopologyError.tooLarge`.
  func take(_ edges: Int) throws {
    let total = count.add(edges, ordering: .relaxed).newValue
    // Parts are joined at the end: some edges exist twice for a moment.
    let bytes = 2 * total * MemoryLayout<SparseDistances.Edge>.stride
    guard bytes > available else { return }
    throw TopologyError.tooLarge(
      what: "a graph of more than \(total) pairs within \(threshold)", neededBytes: bytes,
      availableBytes: available,
      advice: "lower the threshold, choose landmarks, or use fewer points"
    )
  }
}
