extension Matrix where Scalar == Float {
  /// The matrix with every row divided by its Euclidean length, summed in float64.
  ///
  /// - Returns: Unit rows; nil when a row is zero or not finite.
  /// - Complexity: O(rows · columns).
  public func withUnitRows() -> Matrix? {
    var result = self
    for i in 0..<rows {
      let squares = row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
      guard squares > 0, squares.isFinite else { return nil }
      let scale = 1 / squares.squareRoot()
      for j in i * columns..<(i + 1) * columns {
        result.values[j] = Float(Double(values[j]) * scale)
      }
    }
    return result
  }
}
