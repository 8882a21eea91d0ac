import Foundation

/// A graph with a distance an edge: a table with the columns `i`, `j` and `distance`, or Ripser's sparse format, lines
/// of these three numbers without names.
///
/// Fields are separated by commas, semicolons, tabs or blanks.
public struct SparseDistancesFile: Sendable {
  /// Two vertices and their distance, in the order of the file.
  public let triples: [(Int, Int, Double)]
  /// The line of the file, from 1, that each triple stands on.
  public let lines: [Int]

  /// Reads the file at `path`; what the numbers must be is for the graph to say.
  ///
  /// - Parameter path: The file, or `-` for standard input.
  /// - Throws: `FileError` naming the line of a vertex that is no whole number, or of a distance that
  ///   is no number.
  public init(path: String) throws {
    let isStandardInput = path == StandardInput.argument
    let file = isStandardInput ? StandardInput.name : path
    let text = try FileContents.decodeText(
      isStandardInput ? StandardInput.readAll() : FileContents.read(path), file: file)
    let separator = try FieldSeparator(of: Array(text.utf8), file: file)
    let records = try Self.records(text, separator, file: file)
    let first = records.first?.fields.map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    // Numbers in place of names: Ripser's.
    let hasNames = first.isEmpty || first.contains { Double($0) == nil }
    var columns = [0, 1, 2]
    var rows = records[...]
    if hasNames {
      guard !first.isEmpty else { throw FileError(file, "is empty; expected a header line") }
      columns = try ["i", "j", "distance"].map { name in
        guard let column = first.firstIndex(of: name) else {
          throw FileError(
            file,
            "has no column \"\(name)\"; its columns are \(first.listed). Expected i, j and distance, or lines of "
              + "these three numbers without names")
        }
        return column
      }
      rows = records.dropFirst()
    }
    let width = hasNames ? first.count : 3
    triples = try rows.map { record in
      guard record.fields.count == width else {
        throw FileError(
          file,
          "line \(record.line): \(record.fields.count) fields"
            + (hasNames ? ", the header has \(width)" : "; expected i, j and distance"))
      }
      func field(_ place: Int) -> String { record.fields[columns[place]] }
      func vertex(_ place: Int) throws -> Int {
        guard let index = Int(wholeNumber: field(place).filter { $0 != " " }) else {
          throw FileError(
            file,
            "line \(record.line): \(["i", "j"][place]) is \"\(field(place).prefix(40))\"; "
              + "expected the index of a vertex, a whole number from 0")
        }
        return index
      }
      guard let distance = Double(field(2).filter { $0 != " " }) else {
        throw FileError(
          file,
          "line \(record.line): distance is \"\(field(2).prefix(40))\"; expected a number")
      }
      return (try vertex(0), try vertex(1), distance)
    }
    lines = rows.map(\.line)
  }

  private static func records(
    _ text: String, _ separator: FieldSeparator, file: String
  ) throws -> [CSV.Record] {
    if separator == .comma {
      return try CSV.records(text, file: file).filter { !$0.fields[0].hasPrefix("#") }
    }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .compactMap { index, line in
        let fields =
          separator == .blanks
          ? line.split(whereSeparator: { $0 == " " || $0 == "\t" })
          : line.split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0.utf8.elementsEqual([separator.byte ?? 0]) })
        guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix("#") else { return nil }
        return CSV.Record(line: index + 1, fields: fields.map(String.init))
      }
  }
}
