/// A dense matrix in row-major order: element (i, j) is `values[i * columns + j]`.
///
/// Rows are samples wherever a matrix holds points or embeddings.
@frozen
public struct Matrix<Scalar: BinaryFloatingPoint & Sendable>: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// All elements, row after row; `rows * columns` of them.
  public var values: [Scalar]

  /// Wraps elements that are already in row-major order.
  @inlinable
  public init(rows: Int, columns: Int, values: [Scalar]) {
    precondition(rows >= 0 && columns >= 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix of zeros.
  @inlinable
  public init(rows: Int, columns: Int) {
    let count = ElementCount.checked(rows, columns, of: Scalar.self)
    self.init(rows: rows, columns: columns, values: [Scalar](repeating: 0, count: count))
  }

  /// A matrix from its rows, which have equal lengths; an empty list gives 0 × 0.
  @inlinable
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns })
    self.init(rows: rows.count, columns: columns, values: rows.flatMap(\.self))
  }

  /// The element in row `i` and column `j`.
  @inlinable
  public subscript(i: Int, j: Int) -> Scalar {
    get { values[i * columns + j] }
    set { values[i * columns + j] = newValue }
  }

  /// The elements of row `i`.
  @inlinable
  public func row(_ i: Int) -> ArraySlice<Scalar> {
    values[i * columns..<(i + 1) * columns]
  }

  /// The rows with the given indices, in that order.
  @inlinable
  public func selectingRows(_ indices: some Collection<Int>) -> Matrix {
    var selected: [Scalar] = []
    selected.reserveCapacity(ElementCount.checked(indices.count, columns, of: Scalar.self))
    for i in indices { selected.append(contentsOf: row(i)) }
    return Matrix(rows: indices.count, columns: columns, values: selected)
  }

  /// The matrix with rows and columns exchanged.
  @inlinable
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result.values[j * rows + i] = values[i * columns + j] }
    }
    return result
  }

  /// The same numbers in another precision, each rounded to nearest.
  @inlinable
  public func converted<Other>(to type: Other.Type = Other.self) -> Matrix<Other> {
    Matrix<Other>(rows: rows, columns: columns, values: values.map { Other($0) })
  }
}
