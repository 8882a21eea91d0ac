/// What can be wrong with a matrix that comes from outside, or with an iteration on it.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// An element is NaN or infinite.
  case notFinite(row: Int, column: Int, value: String)
  /// A LAPACK iteration stopped before it converged; `failures` is the routine's own count.
  case notConverged(routine: String, rows: Int, columns: Int, failures: Int)
  /// LAPACK could not allocate its workspace.
  case outOfMemory(routine: String, rows: Int, columns: Int)
  /// A matrix has more elements than LAPACK can count, in 32 bits.
  case beyondCounting(routine: String, rows: Int, columns: Int)
  /// So many elements cannot be in this machine's memory; `advice` says what to do.
  case tooManyElements(what: String, advice: String)

  /// The fault, its place, and what to do.
  public var description: String {
    switch self {
    case .notFinite(let row, let column, let value):
      "the matrix has \(value) in row \(row), column \(column) (counted from 0); every element "
        + "must be finite: remove or repair that row"
    case .notConverged(let routine, let rows, let columns, let failures):
      "\(routine) did not converge on a \(rows) × \(columns) matrix (\(failures) superdiagonals "
        + "left); scale the data to moderate size or remove extreme rows"
    case .outOfMemory(let routine, let rows, let columns):
      "\(routine) found no memory for its workspace on a \(rows) × \(columns) matrix; use fewer "
        + "rows or a machine with more memory"
    case .beyondCounting(let routine, let rows, let columns):
      "\(routine) counts in 32 bits, which do not hold what it needs for a \(rows) × \(columns) "
        + "matrix; use fewer rows or columns"
    case .tooManyElements(let what, let advice):
      "\(what) would need more than this machine's memory; \(advice)"
    }
  }
}
