/// A graph with a distance an edge, from a CSV file with the columns `i`, `j` and `distance`.
public struct SparseDistancesFile: Sendable {
  /// Two vertices and their distance, in the order of the file.
  public let triples: [(Int, Int, Double)]
  /// The line of the file, from 1, that each triple stands on.
  public let lines: [Int]

  /// Reads the file at `path`; what the numbers must be is for the graph to say.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` naming the line of a vertex that is no whole number, or of a distance that
  ///   is no number.
  public init(path: String) throws {
    let table = try CSV(path: path)
    let (first, second) = (try table.column("i"), try table.column("j"))
    let third = try table.column("distance")
    triples = try table.records.map { record in
      func vertex(_ column: Int) throws -> Int {
        let text = record.fields[column].filter { $0 != " " }
        guard let index = Int(text) else {
          throw FileError(
            path,
            "line \(record.line): \(table.header[column]) is \"\(record.fields[column].prefix(40))\"; "
              + "expected the index of a vertex, a whole number from 0")
        }
        return index
      }
      let text = record.fields[third].filter { $0 != " " }
      guard let distance = Double(text) else {
        throw FileError(
          path,
          "line \(record.line): distance is \"\(record.fields[third].prefix(40))\"; expected a number"
        )
      }
      return (try vertex(first), try vertex(second), distance)
    }
    lines = table.records.map(\.line)
  }
}
