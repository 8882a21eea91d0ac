import LinearAlgebra

extension ComputationControl {
  /// Throws when the caller wants an end.
  ///
  /// - Throws: `TopologyError.cancelled`.
  func check() throws {
    if isCancelled() { throw TopologyError.cancelled }
  }
}
