public import LinearAlgebra

/// Embeddings less their mean, prepared once to be compared with those of the same samples elsewhere.
///
/// Nothing is copied: rows are centred a block at a time, in float64, when a product needs them.
public struct Representation: Sendable {
  /// The number n of samples.
  public let sampleCount: Int
  /// The number d of coordinates.
  public let columnCount: Int
  let blocks: CenteredBlocks
  /// ‖x_i‖² of each centred row.
  let squares: [Double]
  /// ‖X‖² = Σ ‖x_i‖², above 0.
  let square: Double
  /// ‖XᵀX‖² / ‖X‖⁴, from 1/d to 1.
  let ownSimilarity: Double

  /// Centres embeddings.
  ///
  /// - Parameter points: Embeddings, shape [n, d].
  /// - Throws: `LinearAlgebraError` for an element that is not finite; `AnalysisError.undefined` for no rows, and
  ///   rows that are all equal.
  /// - Complexity: O(n · d²).
  public init(_ points: Matrix<Float>) throws {
    try points.requireFinite()
    guard points.rows > 0 else {
      throw AnalysisError.undefined("a representation needs rows; there are none")
    }
    sampleCount = points.rows
    columnCount = points.columns
    blocks = CenteredBlocks(of: points)
    squares = blocks.rowSquares()
    square = squares.reduce(0, +)
    guard square > 0 else {
      throw AnalysisError.undefined(
        "all \(points.rows) rows are equal; nothing can be aligned with them")
    }
    ownSimilarity = Self.similarity(try blocks.products(with: blocks), square * square)
  }

  /// Xᵀ Y of the centred rows, shape [p, q].
  func products(with other: Representation) throws -> Matrix<Double> {
    try blocks.products(with: other.blocks)
  }

  /// ‖XᵀY‖² / (‖X‖² ‖Y‖²): at most 1, and the same for every scale.
  func similarity(to other: Representation) throws -> Double {
    Self.similarity(try products(with: other), square * other.square)
  }

  private static func similarity(_ products: Matrix<Double>, _ squares: Double) -> Double {
    // Squared in proportion to their scale, which alone may be too small or large for it.
    let scale = 1 / squares.squareRoot()
    return products.values.reduce(0) { $0 + ($1 * scale) * ($1 * scale) }
  }
}
