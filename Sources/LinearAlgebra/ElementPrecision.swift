/// How finely the numbers of a matrix were rounded when they were stored.
///
/// A matrix that is read as float64 keeps the rounding of the file's type: what is smaller than that says
/// nothing about the data.
public enum ElementPrecision: Sendable, Equatable, CaseIterable {
  /// IEEE 754 half precision: 11 digits of the significand.
  case float16
  /// The upper half of float32: 8 digits.
  case bfloat16
  /// IEEE 754 single precision: 24 digits.
  case float32
  /// IEEE 754 double precision: 53 digits.
  case float64

  /// How far apart numbers are from 1 on: twice what a number of size 1 is rounded by at most.
  public var spacing: Double {
    switch self {
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    case .float32: 0x1p-23
    case .float64: 0x1p-52
    }
  }

  /// How far apart numbers are around 0.
  public var leastSpacing: Double {
    switch self {
    case .float16: 0x1p-24
    case .bfloat16: 0x1p-133
    case .float32: 0x1p-149
    case .float64: .leastNonzeroMagnitude
    }
  }

  /// Whether numbers are stored in it only, and computed with in a wider one.
  public var isForStorage: Bool { self == .float16 || self == .bfloat16 }
}

extension Matrix<Double> {
  /// The most that storing the numbers can have changed the matrix, in the Frobenius norm, twice.
  ///
  /// A number x is rounded by at most |x| · spacing / 2. No singular value is changed by more than the
  /// norm of the change (Weyl's inequality).
  ///
  /// - Parameter precision: In which its numbers were stored.
  /// - Returns: 0 for a matrix of zeros, which nothing rounds.
  /// - Complexity: O(elements).
  public func rounding(storedIn precision: ElementPrecision) -> Double {
    // Relative to the largest, so that squares neither overflow nor vanish.
    let largest = values.reduce(0) { Swift.max($0, abs($1)) }
    guard largest > 0 else { return 0 }
    let squares = values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
    return precision.spacing * largest * squares.squareRoot()
      + precision.leastSpacing * Double(values.count).squareRoot()
  }
}

extension Matrix<Float> {
  /// The coarsest type that holds every number: that of the file which they came from, be they widened.
  ///
  /// Whole numbers are exact in any type and tell nothing.
  ///
  /// - Complexity: O(elements); of numbers that need float32 O(1), most often.
  public var narrowestPrecision: ElementPrecision {
    if values.allSatisfy({ $0.rounded() == $0 }) { return .float32 }
    if values.allSatisfy({ Float(Float16($0)) == $0 }) { return .float16 }
    if values.allSatisfy({ $0.bitPattern & 0xFFFF == 0 }) { return .bfloat16 }
    return .float32
  }
}
