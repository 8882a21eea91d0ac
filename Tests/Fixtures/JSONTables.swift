import Foundation

/// A cell of a table in JSON. (JSONSerialization reads numbers with an error in the last digits.)
public enum JSONCell: Decodable, Equatable {
  /// A number, to its last digit.
  case number(Double)
  /// A word.
  case text(String)
  /// What there is nothing for.
  case null

  /// Reads a cell of any of the three kinds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Whether the cell says what a field of CSV says.
  public func isEqual(toField text: String) -> Bool {
    switch self {
    case .number(let number): Double(text) == number
    case .text(let own): own == text
    case .null: text.isEmpty
    }
  }
}

/// The tables that JSON files hold.
public struct JSONTables: Decodable {
  /// The lines of `rows`.
  public let rows: [[String: JSONCell]]?
  /// The lines of `conditions`.
  public let conditions: [[String: JSONCell]]?
  /// The lines of `layouts`.
  public let layouts: [[String: JSONCell]]?

  /// Reads a file's text.
  public init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONTables.self, from: Data(text.utf8))
  }

  /// Reads a file.
  public init(path: String) throws { try self.init(String(contentsOfFile: path, encoding: .utf8)) }
}
