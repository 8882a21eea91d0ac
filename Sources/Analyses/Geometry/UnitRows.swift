public import LinearAlgebra

/// Embeddings brought to unit length, once, for all that cosines and the sphere say of them.
public struct UnitRows: Sendable {
  /// The unit rows, shape [n, d].
  public let rows: Matrix<Float>

  /// Divides every row by its length.
  ///
  /// - Parameter points: Embeddings, shape [n, d].
  /// - Throws: `LinearAlgebraError` for an element that is not finite; `AnalysisError` for a row of
  ///   zeros.
  /// - Complexity: O(n · d).
  public init(_ points: Matrix<Float>) throws {
    guard let unit = points.withUnitRows() else {
      try points.requireFinite()
      let fault = (0..<points.rows).first { i in points.row(i).allSatisfy { $0 == 0 } } ?? 0
      throw AnalysisError.invalid(
        "row \(fault) (counted from 0) is all zeros and has no direction; leave it out")
    }
    rows = unit
  }

  /// Wraps rows that are of unit length already.
  package init(ofUnitLength rows: Matrix<Float>) { self.rows = rows }

  /// The mean of some of the rows, in float64.
  func mean(of members: some Collection<Int>) -> [Double] {
    var mean = [Double](repeating: 0, count: rows.columns)
    for i in members {
      for j in 0..<rows.columns { mean[j] += Double(rows.values[i * rows.columns + j]) }
    }
    return mean.map { $0 / Double(members.count) }
  }
}
