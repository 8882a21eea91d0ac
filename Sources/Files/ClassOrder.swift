extension Sequence<String> {
  /// The names, each once, in the order that classes have which nothing else gives an order: by number where
  /// every name is a whole number, else as text.
  ///
  /// Embeddings of classes have a row a class, in the order of their numbers where classes are numbered; as
  /// texts 10 would stand before 2. Numbers of one width stand alike in both orders.
  ///
  /// - Complexity: O(n log n) for n names.
  package var inClassOrder: [String] {
    let names = Set(self)
    let numbers = names.compactMap { name in WholeNumberName(name).map { (name, $0) } }
    guard numbers.count == names.count else { return names.sorted() }
    return numbers.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }
}

/// A name that is a whole number in decimal digits, as large as it may be.
private struct WholeNumberName: Comparable {
  private let isNegative: Bool
  /// Without zeros in front; none for zero.
  private let digits: Substring

  init?(_ name: String) {
    let digits = name.drop { $0 == "-" }
    guard name.utf8.count - digits.utf8.count <= 1, digits.utf8.allSatisfy(isDigit),
      !digits.isEmpty
    else { return nil }
    self.digits = digits.drop { $0 == "0" }
    isNegative = digits.utf8.count < name.utf8.count && !self.digits.isEmpty
  }

  static func < (a: WholeNumberName, b: WholeNumberName) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    let (low, high) = a.isNegative ? (b, a) : (a, b)
    // Of two numbers the one with more digits is larger.
    return (low.digits.utf8.count, String(low.digits)) < (
      high.digits.utf8.count, String(high.digits)
    )
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
