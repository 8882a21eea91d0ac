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
    var factor = [Double](repeating: 0, count: count * count)
    var solution = [Double](repeating: 0, count: count)
    for i in 0..<count {
      let row = active[i] * width
      for j in 0...i {
        var sum = products[row + active[j]]
        if i == j { sum += penalties[active[i]] }
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        // The penalty keeps pivots above 0; rounding of columns that are nearly the same must not undo that.
        factor[i * count + j] =
          i == j
          ? max(sum, penalties[active[i]] * 1e-6).squareRoot() : sum / factor[j * count + j]
      }
      var sum = products[row + width - 1]
      for k in 0..<i { sum -= factor[i * count + k] * solution[k] }
      solution[i] = sum / factor[i * count + i]
    }
    for i in (0..<count).reversed() {
      var sum = solution[i]
      for k in i + 1..<count { sum -= factor[k * count + i] * solution[k] }
      solution[i] = sum / factor[i * count + i]
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
