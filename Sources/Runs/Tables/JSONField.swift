/// A value in JSON.
package enum JSONField: Sendable, Equatable, Codable {
  case text(String)
  case number(Double)
  case count(Int)
  case flag(Bool)
  case null

  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let count = try? value.decode(Int.self) {
      self = .count(count)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .text(let text): try value.encode(text)
    case .number(let number): try value.encode(number)
    case .count(let count): try value.encode(count)
    case .flag(let flag): try value.encode(flag)
    case .null: try value.encodeNil()
    }
  }
}
