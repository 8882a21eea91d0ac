package import LinearAlgebra

/// The Euclidean distances of all pairs of rows, by their definition.
///
/// - Complexity: O(rows² · columns).
package func pairwiseDistances(_ rows: [[Double]]) -> Matrix<Double> {
  Matrix(
    rows.map { a in
      rows.map { b in zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot() }
    })
}
