import Files

/// What a column can hold.
///
/// Numbers are written so that reading them as their type, float64 or float32, gives back the value exactly. An optional without a value
/// is an empty field in CSV and null in JSON; so is a number that is none.
public protocol ColumnValue: Sendable, Equatable {
  /// What the data dictionary calls it.
  static var typeName: String { get }
  /// Whether a field may be empty.
  static var isOptional: Bool { get }
  /// The value that a field's text stands for; nil for any other text.
  init?(field: String)
  /// The text in CSV.
  var field: String { get }
  /// The value in JSON.
  var json: JSONField { get }
}

extension ColumnValue {
  public static var isOptional: Bool { false }
}

extension String: ColumnValue {
  public static var typeName: String { "text" }
  public init?(field: String) { self = field }
  public var field: String { self }
  public var json: JSONField { .text(self) }
}

extension Double: ColumnValue {
  public static var typeName: String { "number" }
  public init?(field: String) {
    guard let number = Double(field), !number.isNaN else { return nil }
    self = number
  }
  public var field: String { isNaN ? "" : shortestText }
  public var json: JSONField { isFinite ? .number(self) : .null }
}

extension Float: ColumnValue {
  public static var typeName: String { "number" }
  public init?(field: String) {
    guard let number = Float(field), !number.isNaN else { return nil }
    self = number
  }
  public var field: String { isNaN ? "" : shortestText }
  public var json: JSONField { isFinite ? .number(Double(self)) : .null }
}

extension Int: ColumnValue {
  public static var typeName: String { "whole number" }
  public init?(field: String) {
    guard let number = Int(field) else { return nil }
    self = number
  }
  public var field: String { "\(self)" }
  public var json: JSONField { .count(self) }
}

extension UInt64: ColumnValue {
  public static var typeName: String { "whole number" }
  public init?(field: String) {
    guard let number = UInt64(field) else { return nil }
    self = number
  }
  public var field: String { "\(self)" }
  /// A number beyond Int, which JSON's readers would round, stays a text.
  public var json: JSONField { Int(exactly: self).map { .count($0) } ?? .text("\(self)") }
}

extension Bool: ColumnValue {
  public static var typeName: String { "true or false" }
  public init?(field: String) {
    guard let flag = Bool(field) else { return nil }
    self = flag
  }
  public var field: String { "\(self)" }
  public var json: JSONField { .flag(self) }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  public static var typeName: String { Wrapped.typeName }
  public static var isOptional: Bool { true }
  public init?(field: String) {
    if field.isEmpty {
      self = .none
      return
    }
    guard let value = Wrapped(field: field) else { return nil }
    self = .some(value)
  }
  public var field: String { self?.field ?? "" }
  public var json: JSONField { self?.json ?? .null }
}
