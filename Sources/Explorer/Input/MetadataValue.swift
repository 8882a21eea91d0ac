internal import Files
internal import Foundation

/// What is known of an image under a key, with its type.
package enum MetadataValue: Sendable, Hashable {
  case text(String)
  /// A finite number.
  case number(Double)
  case boolean(Bool)
  /// A list or an object as JSON without white space, the keys sorted.
  case json(String)

  /// What stands in a file of metadata; nil for `null` and NaN, which are no values.
  ///
  /// A whole number that double precision does not hold, as an identifier may be, keeps its digits as a text.
  ///
  /// - Throws: `MetadataFault` for an infinite number, which no column can hold.
  init?(_ value: JSONValue) throws(MetadataFault) {
    switch value {
    case .null: return nil
    case .boolean(let flag): self = .boolean(flag)
    case .integer(let integer):
      self =
        Int(exactly: Double(integer)) == integer ? .number(Double(integer)) : .text("\(integer)")
    case .number(let number):
      if number.isNaN { return nil }
      guard number.isFinite else {
        throw MetadataFault(
          "is \(number.shortestText); expected a finite number, or null for no value")
      }
      self = .number(number)
    case .string(let text): self = .text(text)
    case .array, .object: self = .json(try value.compactText())
    }
  }

  /// The value as a name among the categories of a column.
  package var text: String {
    switch self {
    case .text(let text), .json(let text): text
    case .number(let number): number.shortestText
    case .boolean(let flag): flag ? "true" : "false"
    }
  }

  /// The number; nil for any other value.
  package var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}

/// Why a value of a file of metadata is not taken, as the end of a sentence.
struct MetadataFault: Error {
  let problem: String
  init(_ problem: String) { self.problem = problem }
}

extension JSONValue {
  /// The value as JSON without white space, the keys of objects sorted.
  ///
  /// - Throws: `MetadataFault` for a number that is not finite, which JSON cannot say.
  func compactText() throws(MetadataFault) -> String {
    switch self {
    case .null: return "null"
    case .boolean(let flag): return "\(flag)"
    case .integer(let integer): return "\(integer)"
    case .number(let number):
      guard number.isFinite else {
        throw MetadataFault("holds \(number.shortestText), which JSON does not have")
      }
      return number.shortestText
    case .string(let text): return Self.quoted(text)
    case .array(let values):
      var parts: [String] = []
      for value in values { parts.append(try value.compactText()) }
      return "[\(parts.joined(separator: ","))]"
    case .object(let members):
      var parts: [String] = []
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        parts.append("\(Self.quoted(key)):\(try value.compactText())")
      }
      return "{\(parts.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
