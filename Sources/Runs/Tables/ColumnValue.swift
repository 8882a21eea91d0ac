import Files

/// What a column can hold.
///
/// Numbers are written so that reading them as their type, float64 or float32, gives back the value exactly. An optional without a value
/// is an empty field in CSV and null in JSON; so is a number that is none.
package protocol ColumnValue: Sendable, Equatable {
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
  /// The numbers that a column of this type may hold when it declares no others.
  ///
  /// They leave room: no sum, square or product of a table's numbers overflows.
  static var range: ClosedRange<Double> { get }
  /// The value as a number; nil for what is none.
  var number: Double? { get }
  /// Whether its values are numbers.
  static var isNumeric: Bool { get }
  /// Whether those are whole.
  static var isWhole: Bool { get }
  /// Whether a column of a range of numbers can hold the value that a field's text stands for.
  static func accepts(_ field: String, in range: ClosedRange<Double>) -> Bool
}

extension ColumnValue {
  package static var isOptional: Bool { false }
  package static var range: ClosedRange<Double> { -Double.infinity...Double.infinity }
  package var number: Double? { nil }
  package static var isNumeric: Bool { false }
  package static var isWhole: Bool { false }

  package static func accepts(_ field: String, in range: ClosedRange<Double>) -> Bool {
    guard let value = Self(field: field) else { return false }
    return value.number.map { isNumber($0, in: range) } ?? true
  }

  /// Whether a number is in a range, infinite ones exactly.
  static func isNumber(_ number: Double, in range: ClosedRange<Double>) -> Bool {
    // Accuracies and cosines of float32 embeddings end a little beyond where they would without rounding.
    func slack(_ end: Double) -> Double { isWhole ? 0 : 1e-5 * max(1, end.magnitude) }
    return number.isInfinite
      ? range.contains(number)
      : number >= range.lowerBound - slack(range.lowerBound)
        && number <= range.upperBound + slack(range.upperBound)
  }
}

extension String: ColumnValue {
  package static var typeName: String { "text" }
  package init?(field: String) { self = field }
  package var field: String { self }
  package var json: JSONField { .text(self) }
}

extension Double: ColumnValue {
  package static var typeName: String { "number" }
  package init?(field: String) {
    guard let number = Double(field), !number.isNaN else { return nil }
    self = number
  }
  package var field: String { isNaN ? "" : shortestText }
  package var json: JSONField { isFinite ? .number(self) : .null }
  package static var range: ClosedRange<Double> { -1e100...1e100 }
  package var number: Double? { self }
  package static var isNumeric: Bool { true }
}

extension Float: ColumnValue {
  package static var typeName: String { "number" }
  package init?(field: String) {
    guard let number = Float(field), !number.isNaN else { return nil }
    self = number
  }
  package var field: String { isNaN ? "" : shortestText }
  package var json: JSONField { isFinite ? .number(Double(self)) : .null }
  package static var range: ClosedRange<Double> { -1e38...1e38 }
  package var number: Double? { Double(self) }
  package static var isNumeric: Bool { true }
}

extension Int: ColumnValue {
  package static var typeName: String { "whole number" }
  /// Also with a point, `3.0`, as programs write columns that they hold as floating-point numbers.
  package init?(field: String) {
    guard let number = Int(wholeNumber: field) else { return nil }
    self = number
  }
  package var field: String { "\(self)" }
  package var json: JSONField { .count(self) }
  /// A million billions, of which thousands can be added.
  package static var range: ClosedRange<Double> { -1e15...1e15 }
  package var number: Double? { Double(self) }
  package static var isNumeric: Bool { true }
  package static var isWhole: Bool { true }
}

extension UInt64: ColumnValue {
  package static var typeName: String { "whole number" }
  package init?(field: String) {
    guard let number = UInt64(field) else { return nil }
    self = number
  }
  package var field: String { "\(self)" }
  /// A number beyond Int, which JSON's readers would round, stays a text.
  package var json: JSONField { Int(exactly: self).map { .count($0) } ?? .text("\(self)") }
  package static var range: ClosedRange<Double> { 0...Double(UInt64.max) }
  package var number: Double? { Double(self) }
  package static var isNumeric: Bool { true }
  package static var isWhole: Bool { true }
}

extension Bool: ColumnValue {
  package static var typeName: String { "true or false" }
  package init?(field: String) {
    guard let flag = Bool(field) else { return nil }
    self = flag
  }
  package var field: String { "\(self)" }
  package var json: JSONField { .flag(self) }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  package static var typeName: String { Wrapped.typeName }
  package static var isOptional: Bool { true }
  package init?(field: String) {
    if field.isEmpty {
      self = .none
      return
    }
    guard let value = Wrapped(field: field) else { return nil }
    self = .some(value)
  }
  package var field: String { self?.field ?? "" }
  package var json: JSONField { self?.json ?? .null }
  package static var range: ClosedRange<Double> { Wrapped.range }
  // No key path: where the type is generic, it is made anew at every call, which took most of the reading of a table.
  package var number: Double? { self?.number }
  package static var isNumeric: Bool { Wrapped.isNumeric }
  package static var isWhole: Bool { Wrapped.isWhole }
  /// Without a value of the optional type, which is made anew at every call as well.
  package static func accepts(_ field: String, in range: ClosedRange<Double>) -> Bool {
    field.isEmpty || Wrapped.accepts(field, in: range)
  }
}
