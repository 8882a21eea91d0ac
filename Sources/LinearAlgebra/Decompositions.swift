import COpenBLAS

/// The thin singular value decomposition of an (m, n) matrix, A = U · diag(σ) · Vᵀ.
public struct SingularValueDecomposition: Sendable {
  /// U, shape [m, r], r = min(m, n): orthonormal columns.
  public let leftVectors: Matrix<Double>
  /// The r singular values σ, descending.
  public let values: [Double]
  /// Vᵀ, shape [r, n]: orthonormal rows.
  public let rightVectorsTransposed: Matrix<Double>
}

// A row-major (m, n) matrix is Aᵀ to LAPACK, column-major (n, m), and Aᵀ = V · diag(σ) · Uᵀ: its
// left vectors, column-major, are the rows of Vᵀ here. So nothing is transposed in memory.
extension Matrix where Scalar == Double {
  /// The thin singular value decomposition, by LAPACK's divide and conquer (`dgesdd`).
  ///
  /// - Returns: U [m, r], σ [r] descending and Vᵀ [r, n], r = min(m, n).
  /// - Throws: `LinearAlgebraError` for an element that is not finite, and for no convergence.
  /// - Complexity: O(m · n · min(m, n)).
  public func singularValueDecomposition() throws -> SingularValueDecomposition {
    try requireFinite()
    let rank = min(rows, columns)
    if rank == 0 {
      return SingularValueDecomposition(
        leftVectors: Matrix(rows: rows, columns: 0), values: [],
        rightVectorsTransposed: Matrix(rows: 0, columns: columns))
    }
    try Self.requireCountable("dgesdd", rows: rows, columns: columns, squares: 5)
    // Job "O" leaves the larger of the two sets of vectors in place of the input.
    var larger = values
    var smaller = [Double](repeating: 0, count: rank * rank)
    var singular = [Double](repeating: 0, count: rank)
    let (m, n, r) = (Int32(columns), Int32(rows), Int32(rank))
    let isWide = columns >= rows
    // The smaller set is LAPACK's VT when the matrix is wide here, and its U when it is tall; the
    // other argument is not referenced, but its leading dimension is checked all the same.
    let info =
      if isWide {
        unsafe LAPACKE_dgesdd(
          LAPACK_COL_MAJOR, Self.overwrite, m, n, &larger, m, &singular, nil, m, &smaller, r)
      } else {
        unsafe LAPACKE_dgesdd(
          LAPACK_COL_MAJOR, Self.overwrite, m, n, &larger, m, &singular, &smaller, r, nil, n)
      }
    try Self.check(info, "dgesdd", rows: rows, columns: columns)
    return SingularValueDecomposition(
      leftVectors: Matrix(rows: rows, columns: rank, values: isWide ? smaller : larger),
      values: singular,
      rightVectorsTransposed: Matrix(
        rows: rank, columns: columns, values: isWide ? larger : smaller))
  }

  /// The min(m, n) singular values, descending, without the vectors (`dgesdd`).
  ///
  /// - Throws: `LinearAlgebraError` for an element that is not finite, and for no convergence.
  /// - Complexity: O(m · n · min(m, n)), about half the time of the whole decomposition.
  public func singularValues() throws -> [Double] {
    try requireFinite()
    if rows == 0 || columns == 0 { return [] }
    try Self.requireCountable("dgesdd", rows: rows, columns: columns)
    var input = values
    var singular = [Double](repeating: 0, count: min(rows, columns))
    let (m, n) = (Int32(columns), Int32(rows))
    let info = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, Self.valuesOnly, m, n, &input, m, &singular, nil, m, nil, n)
    try Self.check(info, "dgesdd", rows: rows, columns: columns)
    return singular
  }

  /// The factorisation A = L · Q of a matrix with no more rows than columns, by Householder
  /// reflections (`dgeqrf`).
  ///
  /// - Throws: `LinearAlgebraError` for an element that is not finite, and for no memory.
  /// - Complexity: O(m² · n).
  public func triangularFactorization() throws -> TriangularFactorization {
    precondition(rows <= columns)
    try requireFinite()
    var reflectors = self
    var scales = [Double](repeating: 0, count: rows)
    if rows > 0 {
      try Self.requireCountable("dgeqrf", rows: rows, columns: columns)
      let (m, n) = (Int32(columns), Int32(rows))
      let info = unsafe LAPACKE_dgeqrf(
        LAPACK_COL_MAJOR, m, n, &reflectors.values, m, &scales)
      try Self.check(info, "dgeqrf", rows: rows, columns: columns)
    }
    return TriangularFactorization(reflectors: reflectors, scales: scales)
  }

  private static var overwrite: CChar { CChar(UInt8(ascii: "O")) }
  private static var valuesOnly: CChar { CChar(UInt8(ascii: "N")) }

  /// Refuses a matrix whose dimensions, or whose workspace, LAPACK cannot count in 32 bits.
  ///
  /// - Parameters:
  ///   - routine: The routine, for the message.
  ///   - rows: The matrix's rows.
  ///   - columns: Its columns.
  ///   - squares: How many squares of the lesser dimension the workspace holds besides blocks of rows.
  /// - Throws: `LinearAlgebraError.beyondCounting`.
  static func requireCountable(
    _ routine: String, rows: Int, columns: Int, squares: Int = 0
  ) throws(LinearAlgebraError) {
    // In floating point, which does not overflow; LAPACK's blocks are at most 64 rows.
    let (m, n) = (Double(rows), Double(columns))
    let workspace = Double(squares) * min(m, n) * min(m, n) + 128 * (m + n)
    guard workspace < Double(Int32.max) else {
      throw .beyondCounting(routine: routine, rows: rows, columns: columns)
    }
  }

  static func check(
    _ info: Int32, _ routine: String, rows: Int, columns: Int
  ) throws {
    if info == 0 { return }
    if info == LAPACK_WORK_MEMORY_ERROR || info == LAPACK_TRANSPOSE_MEMORY_ERROR {
      throw LinearAlgebraError.outOfMemory(routine: routine, rows: rows, columns: columns)
    }
    precondition(info > 0, "an argument of LAPACK is illegal")
    throw LinearAlgebraError.notConverged(
      routine: routine, rows: rows, columns: columns, failures: Int(info))
  }
}

/// An (n, n) matrix with nothing but a diagonal and the diagonal above it.
public struct UpperBidiagonalMatrix: Sendable {
  /// The n elements (i, i).
  public let diagonal: [Double]
  /// The n − 1 elements (i, i + 1).
  public let superdiagonal: [Double]

  /// Wraps the two diagonals; the second is one shorter, or both are empty.
  public init(diagonal: [Double], superdiagonal: [Double]) {
    precondition(superdiagonal.count == max(0, diagonal.count - 1))
    self.diagonal = diagonal
    self.superdiagonal = superdiagonal
  }

  /// The n singular values, descending, each to high relative accuracy (`dbdsqr`).
  ///
  /// - Throws: `LinearAlgebraError` for an element that is not finite, and for no convergence.
  /// - Complexity: O(n²).
  public func singularValues() throws -> [Double] {
    for (offset, elements) in [diagonal, superdiagonal].enumerated() {
      if let i = elements.firstIndex(where: { !$0.isFinite }) {
        throw LinearAlgebraError.notFinite(row: i, column: i + offset, value: "\(elements[i])")
      }
    }
    if diagonal.isEmpty { return [] }
    try Matrix<Double>.requireCountable("dbdsqr", rows: diagonal.count, columns: diagonal.count)
    var singular = diagonal
    var work = superdiagonal
    let info = unsafe LAPACKE_dbdsqr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "U")), Int32(diagonal.count), 0, 0, 0, &singular, &work,
      nil, 1, nil, 1, nil, 1)
    try Matrix<Double>.check(info, "dbdsqr", rows: diagonal.count, columns: diagonal.count)
    return singular
  }
}
