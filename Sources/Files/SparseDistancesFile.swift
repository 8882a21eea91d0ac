/// A graph with a length an edge, as CSV with the columns `i`, `j` and `distance`.
public struct SparseDistancesFile: Sendable {
  /// The path, for messages.
  public let file: String
  /// The edges in the order of the file; vertices count from 0.
  public let triples: [(i: Int, j: Int, distance: Double)]
  /// The line of each edge.
  public let lines: [Int]

  /// Reads the file at `path`.
  ///
  /// - Throws: `FileError` naming the line of a vertex or distance that is no number.
  public init(path: String) throws {
    let table = try CSV(path: path)
    let columns = (
      try table.column("i"), try table.column("j"), try table.column("distance")
    )
    file = path
    lines = table.records.map(\.line)
    triples = try table.records.map { record in
      func field<Value: LosslessStringConvertible>(
        _ column: Int, _ expected: String
      ) throws -> Value {
        let text = record.fields[column].filter { $0 != " " }
        guard let value = Value(text) else {
          throw FileError(
            path,
            "line \(record.line): \(table.header[column]) is \"\(text.prefix(40))\"; expected "
              + expected)
        }
        return value
      }
      return (
        i: try field(columns.0, "a whole number from 0"),
        j: try field(columns.1, "a whole number from 0"),
        distance: try field(columns.2, "a number")
      )
    }
  }
}
