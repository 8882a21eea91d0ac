import CKernels
import COpenBLAS
public import LinearAlgebra

/// The leading principal components of points: orthonormal directions of largest variance.
///
/// Method: eigenvectors of the (d, d) covariance of the points, or of the (n, n) Gram matrix of the
/// centred points when that is smaller, accumulated in float64 over fixed blocks. So the points are
/// never copied as a whole, and the result is the same for any number of threads. Each direction is
/// signed so that its element of largest magnitude is positive, as scikit-learn does it.
public struct PrincipalComponents: Sendable {
  /// The mean point, d coordinates.
  public let mean: [Double]
  /// The directions, shape [count, d]: orthonormal rows, by descending variance.
  public let components: Matrix<Double>
  /// The variance of the points along each direction (the sum of squares over n − 1), descending.
  public let explainedVariances: [Double]
  /// The variance of the points along all directions together.
  public let totalVariance: Double

  /// The leading principal components of the rows of a matrix.
  ///
  /// Constant columns do no harm. Where the points span fewer than `count` dimensions, the further
  /// directions complete an orthonormal system and have the variance 0.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d].
  ///   - count: How many components, from 1 to min(n − 1, d).
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError.invalid` for a count out of range and points that are all equal;
  ///   `CancellationError`; `LinearAlgebraError` for an element that is not finite, and of LAPACK.
  /// - Complexity: O(n · d · min(n, d)) time, O(min(n, d)²) memory.
  public init(
    of points: Matrix<Float>, count: Int, control: ComputationControl = ComputationControl()
  ) throws {
    let (n, d) = (points.rows, points.columns)
    guard n >= 2 else {
      throw AnalysisError.invalid(
        "principal components need at least 2 points, and there \(n == 1 ? "is 1" : "are \(n)")")
    }
    guard count > 0, count <= min(n - 1, d) else {
      throw AnalysisError.invalid(
        "\(count) principal components of \(n) points with \(d) coordinates; expected 1 to "
          + "\(min(n - 1, d))")
    }
    try points.requireFinite()
    let blocks = CenteredBlocks(of: points)
    let usesCovariance = d <= n
    let products = try blocks.products(ofColumns: usesCovariance, control: control)
    let size = usesCovariance ? d : n
    var total = 0.0
    for i in 0..<size { total += products[i * size + i] }
    guard total > 0 else {
      throw AnalysisError.invalid(
        "all \(n) points are equal, so no direction has any variance; give points that differ")
    }
    try control.check()
    let (values, vectors) = try BLAS.withThreads(1) {
      try Self.leadingEigenvectors(of: products, size: size, count: count)
    }
    mean = blocks.mean
    totalVariance = total / Double(n - 1)
    // Below this an eigenvalue is nothing but rounding.
    let negligible = total * Double(size) * Double.ulpOfOne
    explainedVariances = values.map { $0 > negligible ? $0 / Double(n - 1) : 0 }
    let directions = usesCovariance ? vectors : blocks.combinations(of: vectors)
    components = Self.signed(
      Self.orthonormal(directions, rank: explainedVariances.count { $0 > 0 }))
  }

  /// The coordinates of points along the components, less those of the mean.
  ///
  /// - Parameter points: Points, shape [m, d], not necessarily those of the components.
  /// - Returns: Shape [m, count].
  /// - Throws: `AnalysisError.invalid` for another number of columns; `LinearAlgebraError` for an
  ///   element that is not finite.
  /// - Complexity: O(m · d · count).
  public func project(_ points: Matrix<Float>) throws -> Matrix<Float> {
    guard points.columns == mean.count else {
      throw AnalysisError.invalid(
        "points with \(points.columns) coordinates cannot be projected on components with "
          + "\(mean.count); give points of the same space")
    }
    try points.requireFinite()
    let blocks = CenteredBlocks(of: points, mean: mean)
    return Matrix(
      rows: points.rows, columns: components.rows,
      values: blocks.projections(on: components))
  }

  /// The eigenvalues and eigenvectors (a row each) of a symmetric matrix, largest first.
  private static func leadingEigenvectors(
    of matrix: [Double], size: Int, count: Int
  ) throws -> ([Double], Matrix<Double>) {
    var input = matrix
    var values = [Double](repeating: 0, count: size)
    var vectors = [Double](repeating: 0, count: size * count)
    var support = [Int32](repeating: 0, count: 2 * count)
    var found: Int32 = 0
    let info = unsafe LAPACKE_dsyevr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "I")),
      CChar(UInt8(ascii: "L")), Int32(size), &input, Int32(size), 0, 0, Int32(size - count + 1),
      Int32(size), 0, &found, &values, &vectors, Int32(size), &support)
    guard info == 0, Int(found) == count else {
      throw LinearAlgebraError.notConverged(
        routine: "dsyevr", rows: size, columns: size, failures: Int(info))
    }
    return (
      values[..<count].reversed(),
      Matrix(rows: count, columns: size, values: vectors).selectingRows((0..<count).reversed())
    )
  }

  /// The first `rank` rows with length 1, then coordinate axes made orthonormal to all before them.
  private static func orthonormal(_ rows: Matrix<Double>, rank: Int) -> Matrix<Double> {
    var basis: [[Double]] = []
    for i in 0..<rank {
      let row = rows.row(i)
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(row.map { $0 / length })
    }
    while basis.count < rows.rows {
      // The axis that the basis holds least of leaves the longest remainder.
      let held = (0..<rows.columns).map { j in basis.reduce(0) { $0 + $1[j] * $1[j] } }
      let axis = held.indices.min { held[$0] < held[$1] } ?? 0
      var vector = [Double](repeating: 0, count: rows.columns)
      vector[axis] = 1
      for _ in 0..<2 {  // once more for what rounding left
        for other in basis {
          let product = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          for j in vector.indices { vector[j] -= product * other[j] }
        }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(vector.map { $0 / length })
    }
    return Matrix(basis)
  }

  private static func signed(_ rows: Matrix<Double>) -> Matrix<Double> {
    var result = rows
    for i in 0..<rows.rows {
      let row = rows.row(i)
      // The first of equals, as in NumPy's argmax.
      let largest = row.indices.max {
        abs(row[$0]) < abs(row[$1]) || row[$0] == -row[$1] && $0 > $1
      }
      guard let largest, row[largest] < 0 else { continue }
      for j in row.indices { result.values[j] = -row[j] }
    }
    return result
  }
}
