public import LinearAlgebra

/// The rotation, reflection and translation that bring points nearest to others, row by row.
///
/// Method: singular value decomposition of the product of the centred sets (Schönemann 1966,
/// doi:10.1007/BF02289451).
public struct ProcrustesAlignment: Sendable {
  /// The sum of squared distances that remains when both sets are centred, scaled to unit Frobenius
  /// norm, and one is rotated, reflected and scaled onto the other: 0 for the same shape, at most 1.
  public let disparity: Double
  /// The orthogonal matrix, shape [d, d], that centred rows are multiplied by.
  public let rotation: Matrix<Double>
  private let center: [Double]
  private let target: [Double]

  /// Aligns points onto others.
  ///
  /// - Parameters:
  ///   - points: The points that move, shape [n, d].
  ///   - reference: Where they are to go, shape [n, d].
  /// - Throws: `AnalysisError` for shapes that differ; `LinearAlgebraError` of LAPACK.
  /// - Complexity: O(n · d² + d³).
  public init(of points: Representation, onto reference: Representation) throws {
    guard points.sampleCount == reference.sampleCount else {
      throw AnalysisError.rowsDiffer(points.sampleCount, reference.sampleCount)
    }
    guard points.columnCount == reference.columnCount else {
      throw AnalysisError.invalid(
        "one set has \(points.columnCount) columns and the other \(reference.columnCount); an "
          + "alignment needs the same")
    }
    let decomposition = try BLAS.withThreads(1) {
      try points.products(with: reference).singularValueDecomposition()
    }
    let overlap =
      decomposition.values.reduce(0, +)
      / (points.square.squareRoot() * reference.square.squareRoot())
    disparity = max(0, 1 - overlap * overlap)
    rotation = decomposition.leftVectors.times(decomposition.rightVectorsTransposed)
    center = points.blocks.mean
    target = reference.blocks.mean
  }

  /// Points moved as the first set is moved onto the other; no distance changes.
  ///
  /// - Parameter points: Points, shape [m, d].
  /// - Returns: Shape [m, d].
  /// - Throws: `LinearAlgebraError` for an element that is not finite.
  /// - Complexity: O(m · d²).
  public func applied(to points: Matrix<Float>) throws -> Matrix<Float> {
    precondition(points.columns == center.count)
    try points.requireFinite()
    var moved = CenteredBlocks(of: points, mean: center).allRows().times(rotation)
    for i in moved.values.indices { moved.values[i] += target[i % target.count] }
    return moved.converted()
  }
}
