import LinearAlgebra

extension Matrix where Scalar == Float {
  /// The rows divided by their lengths.
  ///
  /// - Returns: Unit rows.
  /// - Throws: `AnalysisError` for a row of zeros or with an element that is not finite.
  func unitRows() throws -> Matrix<Float> {
    if let unit = withUnitRows() { return unit }
    let fault = (0..<rows).first { i in
      let square = row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
      return !(square > 0 && square.isFinite)
    }
    guard let fault, row(fault).allSatisfy({ $0 == 0 }) else {
      throw AnalysisError.invalid("row \(fault ?? 0) holds a number that is not finite")
    }
    throw AnalysisError.invalid("row \(fault) is all zeros and has no direction; leave it out")
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
