import Files
import Foundation
import Images

/// A table of results, written as CSV for pandas and as JSON for pages.
struct ResultTable: Sendable, Equatable {
  /// A cell of the table.
  enum Value: Sendable, Equatable {
    case text(String)
    case number(Double)
    case count(Int)
    /// What does not apply or was not computed: empty in CSV, null in JSON. So is not-a-number.
    case missing

    /// The number, or `missing` for nil.
    init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
  }

  /// The names of the columns.
  let columns: [String]
  /// The rows, a value a column.
  private(set) var rows: [[Value]] = []

  init(columns: [String]) { self.columns = columns }

  mutating func append(_ row: [Value]) {
    precondition(row.count == columns.count)
    rows.append(row)
  }

  /// A header and a line a row; numbers in the shortest text that reads back as the same float64.
  var csv: String {
    CSV.line(columns)
      + rows.map { row in
        CSV.line(
          row.map { value in
            switch value {
            case .text(let text): text
            case .number(let number): number.isNaN ? "" : number.shortestText
            case .count(let count): "\(count)"
            case .missing: ""
            }
          })
      }.joined()
  }

  /// The rows as objects that `JSONSerialization` writes; a number that is not finite is null.
  var objects: [[String: Any]] {
    rows.map { row in
      Dictionary(
        uniqueKeysWithValues: zip(columns, row).map { column, value -> (String, Any) in
          switch value {
          case .text(let text): (column, text)
          case .number(let number) where number.isFinite: (column, number)
          case .count(let count): (column, count)
          case .number, .missing: (column, NSNull())
          }
        })
    }
  }

  /// JSON text of an object, its keys in order.
  static func json(_ object: [String: Any]) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}

extension Condition {
  /// The cells `noise`, `level` and `seed` of every table.
  var tableValues: [ResultTable.Value] {
    [
      .text(noise?.name ?? "none"), .number(level),
      // A seed beyond Int, which JSON's readers would round, stays a text.
      seed.map { seed in Int(exactly: seed).map { .count($0) } ?? .text("\(seed)") } ?? .missing,
    ]
  }

  /// The names of those columns.
  static let tableColumns = ["noise", "level", "seed"]
}
