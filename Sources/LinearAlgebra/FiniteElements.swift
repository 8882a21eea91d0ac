import RealModule

extension Matrix where Scalar == Double {
  /// Throws `LinearAlgebraError.notFinite` for the first element that is NaN or infinite.
  public func requireFinite() throws { try requireFiniteElements() }
}

extension Matrix where Scalar == Float {
  /// Throws `LinearAlgebraError.notFinite` for the first element that is NaN or infinite.
  public func requireFinite() throws { try requireFiniteElements() }
}

// Generic inside the module alone, where it is specialised.
extension Matrix where Scalar: Real {
  fileprivate func requireFiniteElements() throws {
    // Vectorised: 0 · x is 0 for every finite x, and NaN for any other.
    let zero = values.reduce(0) { Relaxed.multiplyAdd($1, 0, $0) }
    if zero == 0 { return }
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw LinearAlgebraError.notFinite(
      row: index / columns, column: index % columns, value: "\(values[index])")
  }
}
