import LinearAlgebra

extension Matrix where Scalar == Float {
  /// The rows divided by their lengths.
  ///
  /// - Returns: Unit rows.
  /// - Throws: `AnalysisError` for a row of zeros or with an element that is not finite.
  func unitRows() throws -> Matrix<Float> {
    var result = self
    for i in 0..<rows {
      let square = row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
      guard square.isFinite else {
        throw AnalysisError.invalid("row \(i) holds a number that is not finite")
      }
      guard square > 0 else {
        throw AnalysisError.invalid("row \(i) is all zeros and has no direction; leave it out")
      }
      let length = square.squareRoot()
      for j in i * columns..<(i + 1) * columns {
        result.values[j] = Float(Double(values[j]) / length)
      }
    }
    return result
  }
}

/// The mean of the rows, in float64.
func meanRow(_ matrix: Matrix<Float>) -> [Double] {
  var mean = [Double](repeating: 0, count: matrix.columns)
  for i in 0..<matrix.rows {
    for j in 0..<matrix.columns { mean[j] += Double(matrix.values[i * matrix.columns + j]) }
  }
  return mean.map { $0 / Double(max(matrix.rows, 1)) }
}
