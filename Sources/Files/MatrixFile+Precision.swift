public import LinearAlgebra

extension MatrixFile {
  /// Reads like `read(_:note:)`, and tells how finely the numbers are rounded.
  ///
  /// Standard input can be read once, and so both come of one reading. Numbers in float64, and those of a text, that
  /// are float32 or float16 numbers throughout were widened, and are rounded as these are.
  ///
  /// - Parameters:
  ///   - specification: `PATH` or `PATH:MEMBER`.
  ///   - note: Hears what `read(_:note:)` says.
  /// - Returns: The matrix, and the type that its numbers were rounded to.
  /// - Throws: `FileError` as `read(_:note:)`.
  public static func readWithPrecision(
    _ specification: String, note: (String) -> Void = tell
  ) throws -> (matrix: Matrix<Double>, precision: ElementPrecision) {
    let (matrix, precision) = try stored(specification, note: note)
    return (matrix, precision == .float64 ? matrix.precisionBeforeWidening : precision)
  }
}

extension Matrix<Double> {
  /// Of fewer numbers it may be chance what type holds them.
  private static var fewestWidened: Int { 16 }

  /// The type that all numbers come from, where most of them use its last digits; else float64.
  ///
  /// Whole numbers, and halves and quarters, are exact in any type and tell nothing.
  fileprivate var precisionBeforeWidening: ElementPrecision {
    guard values.allSatisfy({ Double(Float($0)) == $0 }) else { return .float64 }
    let floats = values.filter { $0 != 0 }.map { Float($0) }
    guard floats.count >= Self.fewestWidened else { return .float64 }
    let isHalf = floats.allSatisfy { Float(Float16($0)) == $0 }
    // Digits of float16 that bfloat16 has not, and the last 8 of float32.
    let last: UInt32 = isHalf ? 0xFFFF : 0xFF
    guard floats.count(where: { $0.bitPattern & last != 0 }) * 2 >= floats.count else {
      return .float64
    }
    return isHalf ? .float16 : .float32
  }
}

extension NumberEncoding {
  /// How finely its numbers are rounded; whole numbers are not, and are read as float64.
  var precision: ElementPrecision {
    switch self {
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .float32: .float32
    case .float64, .integer, .boolean: .float64
    }
  }
}
