/// The normal equations of a least-squares fit whose squared coefficients are penalised.
///
/// Minimises ‖y − X β‖² + Σ λ_j β_j² (Hoerl and Kennard 1970, doi:10.1080/00401706.1970.10488634) by the
/// Cholesky factor of Xᵀ X + diag(λ).
struct RidgeSystem: Sendable {
  /// The columns of X and y behind them.
  let width: Int
  /// Their scalar products, [width, width], symmetric.
  private(set) var products: [Double]

  /// The scalar products of columns with the outcome behind them, row after row.
  init(width: Int, products: [Double]) {
    precondition(width > 0 && products.count == width * width)
    self.width = width
    self.products = products
  }

  /// Those of the columns of a matrix, given a row after the other, and an outcome.
  init(rows: [[Double]], outcome: [Double]) {
    precondition(rows.count == outcome.count)
    let width = (rows.first?.count ?? 0) + 1
    var products = [Double](repeating: 0, count: width * width)
    for (row, outcome) in zip(rows, outcome) {
      let values = row + [outcome]
      for i in 0..<width {
        for j in 0..<width { products[i * width + j] += values[i] * values[j] }
      }
    }
    self.init(width: width, products: products)
  }

  /// The coefficients.
  ///
  /// - Parameter penalties: λ of each column, above 0; that of an infinite one is 0.
  /// - Returns: β, a number a column.
  /// - Complexity: O(columns³ / 6) of those whose penalty is finite.
  func coefficients(_ penalties: [Double]) -> [Double] {
    precondition(penalties.count == width - 1 && penalties.allSatisfy { $0 > 0 })
    let active = penalties.indices.filter { penalties[$0].isFinite }
    let count = active.count
    // Rows of the upper triangle, and the right-hand side behind them; sums go along rows, which is three
    // times as fast as sums of products down to one number.
    let stride = count + 1
    var factor = [Double](repeating: 0, count: count * stride)
    for i in 0..<count {
      let row = active[i] * width
      for j in i..<count { factor[i * stride + j] = products[row + active[j]] }
      factor[i * stride + i] += penalties[active[i]]
      factor[i * stride + count] = products[row + width - 1]
    }
    for k in 0..<count {
      // The penalty keeps pivots above 0; rounding of columns that are nearly the same must not undo that.
      let pivot = max(factor[k * stride + k], penalties[active[k]] * 1e-6).squareRoot()
      for j in k...count { factor[k * stride + j] /= pivot }
      factor[k * stride + k] = pivot
      for i in k + 1..<count {
        let share = factor[k * stride + i]
        for j in i...count {
          factor[i * stride + j] -= share * factor[k * stride + j]
        }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for i in (0..<count).reversed() {
      var sum = factor[i * stride + count]
      for k in i + 1..<count { sum -= factor[i * stride + k] * solution[k] }
      solution[i] = sum / factor[i * stride + i]
    }
    var coefficients = [Double](repeating: 0, count: width - 1)
    for (place, column) in active.enumerated() { coefficients[column] = solution[place] }
    return coefficients
  }

  /// ‖y − X β‖² of the rows that the products are of.
  func squaredError(_ coefficients: [Double]) -> Double {
    precondition(coefficients.count == width - 1)
    let weights = coefficients + [-1]
    var error = 0.0
    for i in 0..<width where weights[i] != 0 {
      var sum = 0.0
      for j in 0..<width { sum += products[i * width + j] * weights[j] }
      error += weights[i] * sum
    }
    return max(error, 0)
  }

  /// ‖y‖².
  var outcomeSquare: Double { products[width * width - 1] }
}
