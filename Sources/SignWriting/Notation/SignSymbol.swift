/// A symbol of the International SignWriting Alphabet 2010, as Formal SignWriting keys it: `S` and the base
/// in three hexadecimal digits, the fill in one, the rotation in one, such as `S15a11`.
///
/// Slevinski 2012, "Formal SignWriting", draft-slevinski-formal-signwriting.
package struct SignSymbol: Hashable, Sendable {
  /// The bases that the notation has.
  package static let bases = 0x100...0x3ff
  /// The fills.
  package static let fills = 0...5
  /// The rotations.
  package static let rotations = 0...15

  /// What it shows, from 0x100.
  package let base: Int
  /// The palm's side, the kind of a movement.
  package let fill: Int
  /// The direction.
  package let rotation: Int

  /// A symbol; nil for numbers that no symbol has.
  package init?(base: Int, fill: Int, rotation: Int) {
    guard Self.bases.contains(base), Self.fills.contains(fill), Self.rotations.contains(rotation)
    else { return nil }
    self.base = base
    self.fill = fill
    self.rotation = rotation
  }

  /// Its number among all, from 1: 96 to a base, 16 to a fill.
  package var number: Int { (base - 0x100) * 96 + fill * 16 + rotation + 1 }

  /// The symbol of a number; nil for one that none has.
  package init?(number: Int) {
    guard (1...Self.bases.count * 96).contains(number) else { return nil }
    let index = number - 1
    self.init(base: Self.bases.lowerBound + index / 96, fill: index % 96 / 16, rotation: index % 16)
  }

  /// Its key, such as `S15a11`.
  package var key: String {
    var text: [UInt8] = []
    appendKey(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func appendKey(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "S"))
    for digit in [base >> 8, base >> 4 & 15, base & 15, fill, rotation] {
      text.append(UInt8(digit < 10 ? 0x30 + digit : 0x61 + digit - 10))
    }
  }
}
