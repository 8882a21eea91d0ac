public import Foundation

/// Any JSON value, for files whose members are looked up by name.
public enum JSONValue: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number written as an integer that an `Int` holds.
  case integer(Int)
  /// Any other number, rounded to double precision.
  case number(Double)
  /// A text, its escapes read.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members by name.
  case object([String: JSONValue])

  /// Reads a file that is one value, in which no object names a member twice.
  ///
  /// - Parameters:
  ///   - data: The bytes, UTF-8.
  ///   - file: The file's name, for messages.
  ///   - words: What the file has to be, for messages: "a JSON list of tasks".
  ///   - takesInfinity: Whether it may have `Infinity`, `-Infinity` and `NaN`, as Python writes them.
  /// - Throws: `FileError` naming the byte.
  /// - Complexity: O(bytes).
  public init(
    _ data: Data, file: String, expecting words: String, takesInfinity: Bool = false
  ) throws {
    do {
      var scanner = try JSONScanner(
        data, file: file, refusesRepeatedKeys: true, takesInfinity: takesInfinity)
      self = try scanner.value()
      try scanner.end()
    } catch {
      throw FileError(file, "is not \(words): \((error as? FileError)?.problem ?? "\(error)")")
    }
  }

  /// A member of an object; nil when there is none, and for every other kind of value.
  public subscript(_ key: String) -> JSONValue? { members?[key] }

  /// The members of an object; nil for every other kind of value.
  public var members: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The elements of an array; nil for every other kind of value.
  public var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The text of a string; nil for every other kind of value.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A whole number, however it is written (`7`, `7.0`); nil for every other value.
  public var integer: Int? {
    switch self {
    case .integer(let integer): integer
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  /// A number, in double precision; nil for every other kind of value.
  public var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// The integers of an array that holds nothing else; nil for every other value.
  public var integers: [Int]? { Self.all(elements?.map(\.integer)) }

  /// The texts of an array that holds nothing else; nil for every other value.
  public var texts: [String]? { Self.all(elements?.map(\.text)) }

  private static func all<Element>(_ elements: [Element?]?) -> [Element]? {
    guard let elements else { return nil }
    let found = elements.compactMap(\.self)
    return found.count == elements.count ? found : nil
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value in a message: a scalar as JSON writes it, of the others the kind.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .integer(let integer): "\(integer)"
    case .number(let number): number.shortestText
    case .string(let text): "\"\(text)\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}
