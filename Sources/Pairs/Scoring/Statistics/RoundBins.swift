import RealModule

/// Bins of equal width with round ends that hold given numbers: multiples of 1, 2 or 5 times a power of ten.
struct RoundBins: Sendable, Equatable {
  /// How many bins there are.
  let count: Int
  /// The lower end of the first, in widths.
  private let first: Int
  /// 1, 2 or 5.
  private let digit: Int
  /// The width is the digit times this, or by this where it is below 1.
  private let power: Double
  private let isBelowOne: Bool

  /// The fewest bins, at most `limit` and one, that hold all numbers from the least to the greatest.
  ///
  /// - Parameters:
  ///   - range: The least and the greatest, below 10¹² in size.
  ///   - limit: How many bins are enough; 1 at least.
  init(_ range: ClosedRange<Double>, limit: Int) {
    precondition(range.lowerBound > -1e12 && range.upperBound < 1e12 && limit > 0)
    // Numbers that agree in nine digits lie in a bin or two.
    let size = max(range.lowerBound.magnitude, range.upperBound.magnitude, 1)
    let least = max((range.upperBound - range.lowerBound) / Double(limit), 1e-9 * size)
    let exponent = Int(Double.log10(least).rounded(.down))
    var steps = [(1, exponent), (2, exponent), (5, exponent), (1, exponent + 1)]
    steps.removeAll { Self.width($0.0, $0.1) < least }
    let (digit, chosen) = steps.first ?? (2, exponent + 1)
    self.digit = digit
    isBelowOne = chosen < 0
    power = Self.power(chosen.magnitude)
    first = Self.place(range.lowerBound, digit, power, isBelowOne)
    count = Self.place(range.upperBound, digit, power, isBelowOne) - first + 1
  }

  /// The bin of a number in the range: the one whose lower end is the last that does not exceed it.
  func bin(_ number: Double) -> Int {
    min(max(Self.place(number, digit, power, isBelowOne) - first, 0), count - 1)
  }

  /// The lower end of a bin, and the upper end of the one before.
  func low(_ bin: Int) -> Double { Self.end(first + bin, digit, power, isBelowOne) }

  private static func power(_ exponent: UInt) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  private static func width(_ digit: Int, _ exponent: Int) -> Double {
    let power = power(exponent.magnitude)
    return exponent < 0 ? Double(digit) / power : Double(digit) * power
  }

  private static func end(_ place: Int, _ digit: Int, _ power: Double, _ isBelowOne: Bool) -> Double
  {
    // A quotient of whole numbers is the decimal itself: 0.15, and not 3 · 0.05.
    let multiple = Double(place * digit)
    return isBelowOne ? multiple / power : multiple * power
  }

  private static func place(
    _ number: Double, _ digit: Int, _ power: Double, _ isBelowOne: Bool
  ) -> Int {
    let scaled = isBelowOne ? number * power : number / power
    var place = Int((scaled / Double(digit)).rounded(.down))
    if end(place + 1, digit, power, isBelowOne) <= number { place += 1 }
    if end(place, digit, power, isBelowOne) > number { place -= 1 }
    return place
  }
}
