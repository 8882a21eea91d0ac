import Runs

extension Table {
  /// The value of the first row; nil without rows.
  ///
  /// - Throws: `FileError` that lists the columns there are, when the column is missing; naming the line of a
  ///   field that is no value of the column's type.
  func first<Value>(_ column: Column<Value>) throws -> Value? { try self[column].first }

  /// The value of the first row; nil without rows and where the field is empty.
  ///
  /// - Throws: As above.
  func first<Value>(_ column: Column<Value?>) throws -> Value? { try self[column].first ?? nil }

  /// The same of a column that older versions did not write; nil also where it is missing.
  ///
  /// - Throws: `FileError` naming the line of a field that is no value of the column's type.
  func firstIfKnown<Value>(_ column: Column<Value?>) throws -> Value? {
    has(column) ? try first(column) : nil
  }

  /// The values of a column that older versions did not write; nil in all rows where it is missing.
  ///
  /// - Throws: `FileError` naming the line of a field that is no value of the column's type.
  func valuesIfKnown<Value>(_ column: Column<Value?>) throws -> [Value?] {
    has(column) ? try self[column] : [Value?](repeating: nil, count: count)
  }

  /// The same of texts.
  func valuesIfKnown(_ column: Column<String>) throws -> [String?] {
    has(column) ? try self[column] : [String?](repeating: nil, count: count)
  }

  /// The place of a column among those of a row's fields; nil where it is missing.
  func placeIfKnown(_ column: any ColumnDeclaration) -> Int? {
    columns.firstIndex { $0.name == column.name }
  }

  /// The conditions of the rows; nil where they are not of conditions.
  var conditionsIfKnown: [Condition]? {
    guard has(ConditionColumns.noise), has(ConditionColumns.level), has(ConditionColumns.seed)
    else { return nil }
    return try? conditions()
  }
}
