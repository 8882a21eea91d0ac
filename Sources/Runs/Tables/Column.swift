/// A column of a table, declared once: its name, type, unit and meaning.
///
/// Whoever writes the table, reads it, draws it or explains it uses the declaration, so that a column that is
/// renamed is renamed everywhere, and one that a reader needs and a file lacks is an error.
package struct Column<Value: ColumnValue>: ColumnDeclaration {
  /// The name in the header.
  package let name: String
  /// The unit of its numbers; empty for texts and for numbers without one.
  package let unit: String
  /// One sentence.
  package let meaning: String

  /// Declares a column.
  package init(_ name: String, unit: String = "", _ meaning: String) {
    self.name = name
    self.unit = unit
    self.meaning = meaning
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
