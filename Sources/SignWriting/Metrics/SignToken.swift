/// A piece of a sign that BLEU counts, as `SignWritingTokenizer` of PyPI `signwriting` 0.1.19 cuts it.
package enum SignToken: Hashable, Sendable, CustomStringConvertible {
  case lane(Sign.Lane)
  case base(Int)
  case fill(Int)
  case rotation(Int)
  case coordinate(Int)

  /// `M`, `S15a`, `c1`, `r0`, `p482`.
  package var description: String {
    switch self {
    case .lane(let lane): String(lane.rawValue)
    case .base(let base): "S" + String(base, radix: 16)
    case .fill(let fill): "c\(fill)"
    case .rotation(let rotation): "r" + String(rotation, radix: 16)
    case .coordinate(let coordinate): "p\(coordinate)"
    }
  }

  /// A number of its own below 2^21, for coordinates from 0 to 65535.
  var code: UInt32 {
    func code(_ kind: UInt32, _ value: Int) -> UInt32 {
      kind << 16 | UInt32(value.clamped(to: 0...0xffff))
    }
    return switch self {
    case .lane(let lane): code(0, Sign.Lane.allCases.firstIndex(of: lane) ?? 0)
    case .base(let base): code(1, base)
    case .fill(let fill): code(2, fill)
    case .rotation(let rotation): code(3, rotation)
    case .coordinate(let coordinate): code(4, coordinate)
    }
  }

  /// The tokens of a text of signs: of each the lane with the corner (500, 500) for every box, since the
  /// symbols tell the true one, then base, fill, rotation, x and y of every symbol.
  package static func tokens(of signs: [Sign]) -> [SignToken] {
    signs.flatMap { sign -> [SignToken] in
      [.lane(sign.lane), .coordinate(500), .coordinate(500)]
        + sign.symbols.flatMap { placed -> [SignToken] in
          [
            .base(placed.symbol.base), .fill(placed.symbol.fill),
            .rotation(placed.symbol.rotation), .coordinate(placed.place.x),
            .coordinate(placed.place.y),
          ]
        }
    }
  }
}
