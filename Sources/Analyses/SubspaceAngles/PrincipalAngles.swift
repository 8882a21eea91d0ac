import LinearAlgebra
import RealModule

/// The principal angles between two subspaces, in radians, ascending.
///
/// Method: the cosines are the singular values of Q_Aᵀ Q_B (Björck and Golub 1973,
/// doi:10.1090/S0025-5718-1973-0348991-3). An arc cosine loses half of the digits near 0, so the
/// angles up to π/4 come from their sines, the singular values of the part of B's principal vectors
/// that is orthogonal to A (Knyazev and Argentati 2002, doi:10.1137/S1064827500377332). Every angle
/// is then exact to a few units of rounding, at 0 and at π/2 too.
///
/// - Parameters:
///   - a: A subspace of R^d of dimension k_a.
///   - b: A subspace of the same R^d, of dimension k_b.
/// - Returns: min(k_a, k_b) angles in [0, π/2].
/// - Throws: `AnalysisError` if the spaces around the subspaces differ in dimension.
/// - Complexity: O(d · k_a · k_b + k³), k the greater dimension.
public func principalAngles(_ a: Subspace, _ b: Subspace) throws -> [Double] {
  if a.ambientDimension != b.ambientDimension {
    throw AnalysisError.ambientDimensionsDiffer(a.ambientDimension, b.ambientDimension)
  }
  let products = a.basis.timesTransposed(b.basis)  // [kA, kB]
  let decomposition = try products.singularValueDecomposition()
  let smallAngles = decomposition.values.prefix { $0 * $0 >= 0.5 }.count
  var angles = decomposition.values.dropFirst(smallAngles).map { Double.acos($0) }
  if smallAngles > 0 {
    // m principal vectors of B, in coordinates of its basis: [m, kB]
    let coordinates = decomposition.rightVectorsTransposed.selectingRows(0..<smallAngles)
    var residual = coordinates.times(b.basis)  // [m, d]
    let projection = coordinates.timesTransposed(products).times(a.basis)  // [m, d]
    for i in residual.values.indices { residual.values[i] -= projection.values[i] }
    angles += try residual.singularValues().map { Double.asin(min($0, 1)) }
  }
  return angles.sorted()
}
