/// The order of names in which numbers count as numbers: `a2` stands before `a10`.
///
/// Names are compared part by part, digits by what they count and all else by code points. Names that are alike but for
/// zeros before their numbers stand as texts do, so that no two different ones are equal.
enum NaturalOrder {
  /// Whether one name stands before another.
  ///
  /// - Complexity: O(bytes of the names).
  static func precedes(_ a: String, _ b: String) -> Bool {
    var (left, right) = (Array(a.utf8)[...], Array(b.utf8)[...])
    while let first = left.first, let second = right.first {
      if isDigit(first), isDigit(second) {
        let (one, other) = (number(&left), number(&right))
        if one.count != other.count { return one.count < other.count }
        if one != other { return one.lexicographicallyPrecedes(other) }
      } else {
        if first != second { return first < second }
        left.removeFirst()
        right.removeFirst()
      }
    }
    if left.isEmpty != right.isEmpty { return left.isEmpty }
    return a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Takes the digits that come next, those after the zeros in front.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix(while: isDigit)
    rest = rest[digits.endIndex...]
    return digits.drop { $0 == 0x30 }
  }
}
