import Runs

extension ReportTable {
  /// The rows of a condition, by the columns `noise`, `level` and `seed`.
  ///
  /// - Throws: `FileError` that lists the columns there are.
  func rows(of condition: Condition) throws -> ReportTable {
    let fields = condition.tableFields
    return try rows(where: ["noise": fields[0], "level": fields[1], "seed": fields[2]])
  }

  /// The rows of a condition's noise and level, of a table that pools the seeds.
  func rows(ofLevel condition: Condition) throws -> ReportTable {
    let fields = condition.tableFields
    return try rows(where: ["noise": fields[0], "level": fields[1]])
  }

  /// The first number of a column; nil when there is no such row, column or number.
  func number(_ column: String) throws -> Double? {
    has(column) ? try numbers(column).first ?? nil : nil
  }
}
