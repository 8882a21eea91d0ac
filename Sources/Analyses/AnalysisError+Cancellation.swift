import LinearAlgebra

extension ComputationControl {
  /// Throws when the caller wants an end.
  ///
  /// - Throws: `AnalysisError.cancelled`.
  func check() throws {
    if isCancelled() { throw AnalysisError.cancelled }
  }
}
