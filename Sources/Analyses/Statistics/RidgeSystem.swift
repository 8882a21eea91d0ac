import RealModule

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

  /// Memory that is used again from one fit to the next.
  struct Scratch {
    /// β of the last fit, a number a column.
    fileprivate(set) var coefficients: [Double] = []
    fileprivate var active: [Int] = []
    /// Rows of the lower triangle but for the diagonal, one behind the other.
    fileprivate var factor: [Double] = []
    fileprivate var diagonal: [Double] = []
    fileprivate var row: [Double] = []
    fileprivate var solution: [Double] = []

    init() {}
  }

  /// Fits the coefficients, which are then in the scratch.
  ///
  /// - Parameters:
  ///   - scratch: Where β is put.
  ///   - penalty: λ of a column, above 0; β of an infinite one is 0.
  /// - Complexity: O(columns³ / 6) of those whose penalty is finite.
  func fit(_ scratch: inout Scratch, penalty: (_ column: Int) -> Double) {
    scratch.active.removeAll(keepingCapacity: true)
    scratch.coefficients.removeAll(keepingCapacity: true)
    for column in 0..<width - 1 {
      precondition(penalty(column) > 0)
      if penalty(column).isFinite { scratch.active.append(column) }
      scratch.coefficients.append(0)
    }
    Self.solve(products, width, penalty, &scratch)
  }

  /// The coefficients under some penalties.
  func coefficients(_ penalties: [Double]) -> [Double] {
    var scratch = Scratch()
    fit(&scratch) { penalties[$0] }
    return scratch.coefficients
  }

  private static func solve(
    _ products: [Double], _ width: Int, _ penalty: (Int) -> Double, _ scratch: inout Scratch
  ) {
    let active = scratch.active
    factorize(
      products, width, active, penalty, &scratch.factor, &scratch.diagonal, &scratch.row,
      &scratch.solution)
    // Lᵀ β = z, from the last: what is known is taken off all before it.
    for i in active.indices.reversed() {
      let value = scratch.solution[i] / scratch.diagonal[i]
      scratch.coefficients[active[i]] = value
      let start = i * (i - 1) / 2
      for k in 0..<i { scratch.solution[k] -= value * scratch.factor[start + k] }
    }
  }

  /// L of L Lᵀ, a row after the other, and z of L z = Xᵀ y.
  private static func factorize(
    _ products: [Double], _ width: Int, _ active: [Int], _ penalty: (Int) -> Double,
    _ factor: inout [Double], _ diagonal: inout [Double], _ row: inout [Double],
    _ solution: inout [Double]
  ) {
    factor.removeAll(keepingCapacity: true)
    diagonal.removeAll(keepingCapacity: true)
    solution.removeAll(keepingCapacity: true)
    for (i, column) in active.enumerated() {
      let source = column * width
      row.removeAll(keepingCapacity: true)
      var start = 0
      for j in 0..<i {
        let other = factor.span.extracting(start..<start + j)
        start += j
        var sum = 0.0
        for k in other.indices { sum = Relaxed.multiplyAdd(row[k], other[k], sum) }
        row.append((products[source + active[j]] - sum) / diagonal[j])
      }
      var (square, sum) = (0.0, 0.0)
      for k in row.indices {
        square = Relaxed.multiplyAdd(row[k], row[k], square)
        sum = Relaxed.multiplyAdd(row[k], solution[k], sum)
      }
      // The penalty keeps pivots above 0; rounding of columns that are nearly the same must not undo that.
      let penalty = penalty(column)
      let pivot = max(products[source + column] + penalty - square, penalty * 1e-6).squareRoot()
      diagonal.append(pivot)
      solution.append((products[source + width - 1] - sum) / pivot)
      factor += row
    }
  }

  /// ‖y − X β‖² of the rows that the products are of.
  func squaredError(_ coefficients: [Double]) -> Double {
    precondition(coefficients.count == width - 1)
    // With −1 for y: a quadratic form.
    var error = 0.0
    for i in 0..<width {
      let weight = i < width - 1 ? coefficients[i] : -1
      if weight == 0 { continue }
      let row = products.span.extracting(i * width..<(i + 1) * width)
      var sum = -row[width - 1]
      for j in coefficients.indices { sum = Relaxed.multiplyAdd(row[j], coefficients[j], sum) }
      error += weight * sum
    }
    return max(error, 0)
  }

  /// ‖y‖².
  var outcomeSquare: Double { products[width * width - 1] }
}
