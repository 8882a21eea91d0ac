import LinearAlgebra
import RealModule

/// The principal angles between two subspaces, in radians, ascending.
///
/// Method: the cosines are the singular values of Q_Aᵀ Q_B (Björck and Golub 1973,
/// doi:10.1090/S0025-5718-1973-0348991-3). An arc cosine turns an error δ of a cosine, some units of
/// rounding, into δ / sin θ, which loses half of the digits near 0. So the angles with cos² ≥ 0.999
/// come from their sines, the singular values of the part of B's principal vectors that is orthogonal
/// to A (Knyazev and Argentati 2002, doi:10.1137/S1064827500377332): the factor 1 / sin θ is at most
/// 32, and the error of every angle below about 1e-13, at 0 and at π/2 too.
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
  return try principalAngles(a, b, products: a.basis.timesTransposed(b.basis))
}

/// The principal angles of two subspaces whose bases have the inner products `products` [kA, kB].
func principalAngles(
  _ a: Subspace, _ b: Subspace, products: Matrix<Double>
) throws -> [Double] {
  func isSmall(_ cosine: Double) -> Bool { cosine * cosine >= 0.999 }
  // Together larger than the space, the two share directions, whose angles are 0.
  let shares = a.dimension + b.dimension > a.ambientDimension
  if !shares {
    let cosines = try products.singularValues()
    if !isSmall(cosines[0]) { return cosines.map { Double.acos($0) } }
  }
  let decomposition = try products.singularValueDecomposition()
  let smallAngles = decomposition.values.prefix(while: isSmall).count
  // m principal vectors of B, in coordinates of its basis: [m, kB]
  let coordinates = decomposition.rightVectorsTransposed.selectingRows(0..<smallAngles)
  var residual = coordinates.times(b.basis)  // [m, d]
  let projection = coordinates.timesTransposed(products).times(a.basis)  // [m, d]
  for i in residual.values.indices { residual.values[i] -= projection.values[i] }
  let sines = try residual.singularValues()
  let angles =
    sines.map { Double.asin(min($0, 1)) }
    + decomposition.values.dropFirst(smallAngles).map { Double.acos($0) }
  return angles.sorted()
}
