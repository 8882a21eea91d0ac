/// The characters of SignWriting in Unicode.
///
/// Slevinski, "Formal SignWriting", draft-slevinski-formal-signwriting-09, section 2.2.
enum SWU {
  /// Before the symbols that a sign is sorted by.
  static let prefix: Unicode.Scalar = "\u{1D800}"
  /// The prefix's, then the lanes' in the order of `Sign.Lane.allCases`.
  static let marks: ClosedRange<Unicode.Scalar> = "\u{1D800}"..."\u{1D804}"
  private static let firstCoordinate = 0x1D80C
  private static let beforeSymbols = 0x40000
  private static let symbolNumbers = 1...SignSymbol.bases.count * 96

  /// The lane of a mark.
  static func lane(of scalar: Unicode.Scalar) -> Sign.Lane? {
    switch scalar {
    case "\u{1D801}": .box
    case "\u{1D802}": .left
    case "\u{1D803}": .middle
    case "\u{1D804}": .right
    default: nil
    }
  }

  /// The mark of a lane.
  static func mark(of lane: Sign.Lane) -> Unicode.Scalar {
    switch lane {
    case .box: "\u{1D801}"
    case .left: "\u{1D802}"
    case .middle: "\u{1D803}"
    case .right: "\u{1D804}"
    }
  }

  /// The coordinate that a character stands for.
  static func coordinate(of scalar: Unicode.Scalar) -> Int? {
    let coordinate = Int(scalar.value) - firstCoordinate + Sign.coordinates.lowerBound
    return Sign.coordinates.contains(coordinate) ? coordinate : nil
  }

  /// The character of a coordinate, of the nearest that there is.
  static func scalar(of coordinate: Int) -> Unicode.Scalar {
    let offset = coordinate.clamped(to: Sign.coordinates) - Sign.coordinates.lowerBound
    return Unicode.Scalar(UInt32(firstCoordinate + offset)) ?? prefix  // all of them are scalars
  }

  /// The number of a symbol's character, from 1.
  ///
  /// Bases past S3aa, which the alphabet of 2010 does not use, run over the end of the plane; the
  /// reference writes them there too.
  static func number(of scalar: Unicode.Scalar) -> Int? {
    let number = Int(scalar.value) - beforeSymbols
    return symbolNumbers.contains(number) ? number : nil
  }

  /// The character of a symbol.
  static func scalar(of symbol: SignSymbol) -> Unicode.Scalar {
    Unicode.Scalar(UInt32(beforeSymbols + symbol.number)) ?? prefix  // all of them are scalars
  }
}

extension Int {
  /// The nearest number of a range.
  func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
