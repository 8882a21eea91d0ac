import LinearAlgebra

/// The largest |a − b| of elements in the same place.
func greatestDifference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
  zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0
}
