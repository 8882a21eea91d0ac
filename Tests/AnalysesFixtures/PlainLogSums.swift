import Foundation
package import LinearAlgebra

/// ln Σ_j exp(scale · x_i · y_j) for each row of x, by its definition in float64.
///
/// - Complexity: O(rows of x · rows of y · columns).
package func plainLogSums(_ x: Matrix<Float>, _ y: Matrix<Float>, scale: Double) -> [Double] {
  (0..<x.rows).map { i in
    let scores = (0..<y.rows).map { j in
      scale * zip(x.row(i), y.row(j)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
    let most = scores.max() ?? 0
    return most + log(scores.reduce(0) { $0 + exp($1 - most) })
  }
}
