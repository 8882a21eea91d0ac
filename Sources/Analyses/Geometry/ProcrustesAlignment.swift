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
  /// - Throws: `AnalysisError` for shapes that differ and for a set whose rows are all equal;
  ///   `LinearAlgebraError` for an element that is not finite.
  /// - Complexity: O(n · d² + d³).
  public init(of points: Matrix<Float>, onto reference: Matrix<Float>) throws {
    guard points.rows == reference.rows else {
      throw AnalysisError.rowsDiffer(points.rows, reference.rows)
    }
    guard points.columns == reference.columns else {
      throw AnalysisError.invalid(
        "one set has \(points.columns) columns and the other \(reference.columns); an alignment "
          + "needs the same")
    }
    let (a, b) = (CenteredRows(points), CenteredRows(reference))
    let norms = [a, b].map { $0.squares.reduce(0, +) }
    guard norms[0] > 0, norms[1] > 0 else {
      throw AnalysisError.invalid("all points of a set are equal, so it has no shape to align")
    }
    let decomposition = try a.cross(b).singularValueDecomposition()
    let overlap =
      decomposition.values.reduce(0, +) / (norms[0].squareRoot() * norms[1].squareRoot())
    disparity = max(0, 1 - overlap * overlap)
    rotation = decomposition.leftVectors.times(decomposition.rightVectorsTransposed)
    center = a.mean
    target = b.mean
  }

  /// Points moved as the first set is moved onto the other; no distance changes.
  public func applied(to points: Matrix<Float>) -> Matrix<Float> {
    precondition(points.columns == center.count)
    var moved = points.converted(to: Double.self)
    for i in moved.values.indices { moved.values[i] -= center[i % center.count] }
    var result = moved.times(rotation)
    for i in result.values.indices { result.values[i] += target[i % target.count] }
    return result.converted()
  }
}
