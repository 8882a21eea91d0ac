import Files

/// A column of a table, declared once: its name, type, unit and meaning.
///
/// Whoever writes the table, reads it, draws it or explains it uses the declaration, so that a column that is
/// renamed is renamed everywhere, and one that a reader needs and a file lacks is an error. So is a number that the
/// column cannot hold: readers count, add and index with what they are given, and never meet 1e300 images.
package struct Column<Value: ColumnValue>: ColumnDeclaration {
  /// The name in the header.
  package let name: String
  /// The unit of its numbers; empty for texts and for numbers without one.
  package let unit: String
  /// One sentence.
  package let meaning: String
  /// The numbers that a field may hold, both ends included; those of the type unless the declaration says more.
  package let range: ClosedRange<Double>

  /// Declares a column of all values of its type.
  package init(_ name: String, unit: String = "", _ meaning: String) {
    self.init(name, unit: unit, in: Value.range, meaning)
  }

  /// Declares a column of numbers from the one to the other; `inf` is among them only where an end is infinite.
  package init(
    _ name: String, unit: String = "", in range: ClosedRange<Double>, _ meaning: String
  ) {
    self.name = name
    self.unit = unit
    self.range = range
    self.meaning = meaning
  }

  /// Declares a column of numbers that are finite and no less than the one.
  package init(
    _ name: String, unit: String = "", in range: PartialRangeFrom<Double>, _ meaning: String
  ) {
    self.init(name, unit: unit, in: range.lowerBound...Value.range.upperBound, meaning)
  }

  /// `text`, `number`, `whole number` or `true or false`.
  package var type: String { Value.typeName }

  /// Whether a field may be empty: the value does not apply or was not computed.
  package var isOptional: Bool { Value.isOptional }

  /// A cell of this column.
  package func callAsFunction(_ value: Value) -> TableCell {
    TableCell(column: name, field: value.field)
  }

  /// What the text of a field is in JSON; null for what is not a value of this type.
  package func json(_ field: String) -> JSONField { Value(field: field)?.json ?? .null }

  /// The value that the text of a field stands for; nil for any other text, and for a number outside of `range`.
  package func value(_ field: String) -> Value? {
    guard let value = Value(field: field) else { return nil }
    guard let number = value.number else { return value }
    return Value.isNumber(number, in: range) ? value : nil
  }

  package func accepts(_ field: String) -> Bool { Value.accepts(field, in: range) }

  package var expected: String {
    var text = "a \(type)"
    if Value.isNumeric {
      let isOpen = range.upperBound.isInfinite
      if range.lowerBound.isInfinite, isOpen {
        text += ", inf or -inf"
      } else {
        text += " from \(range.lowerBound.shortestText)"
        text += isOpen ? ", or inf" : " to \(range.upperBound.shortestText)"
      }
    }
    return text + (isOptional ? ", or nothing" : "")
  }

  /// The rows whose field in this column is not empty.
  package var isFilled: RowFilter { RowFilter(column: name) { !$0.isEmpty } }

  /// The rows whose field in this column has a value.
  package static func == (column: Column, value: Value) -> RowFilter {
    RowFilter(column: column.name) { Value(field: $0) == value }
  }
}

/// A column whose type is not known to the compiler.
package protocol ColumnDeclaration: Sendable {
  /// The name in the header.
  var name: String { get }
  /// `text`, `number`, `whole number` or `true or false`.
  var type: String { get }
  /// The unit of its numbers; empty where there is none.
  var unit: String { get }
  /// One sentence.
  var meaning: String { get }
  /// Whether a field may be empty.
  var isOptional: Bool { get }
  /// What the text of a field is in JSON.
  func json(_ field: String) -> JSONField
  /// Whether the text of a field is a value that the column can hold.
  func accepts(_ field: String) -> Bool
  /// What a field has to be, as the end of a sentence: `a whole number from 1 to 9`.
  var expected: String { get }
}

/// A field with the name of its column.
package struct TableCell: Sendable {
  let column: String
  let field: String
}

/// A condition on the field of a column.
package struct RowFilter: Sendable {
  let column: String
  let accepts: @Sendable (_ field: String) -> Bool
}
