import Files
import Foundation
package import Runs
package import Topology

/// Persistence diagrams as CSV `dimension,birth,death`.
package enum DiagramTable {
  /// The columns of a diagram.
  package static let header = DiagramColumns.file.columns.map(\.name)

  /// A row a bar, by dimension, birth and death.
  package static func table(_ diagram: PersistenceDiagram) -> Table {
    var table = Table(DiagramColumns.file)
    for bar in diagram.bars {
      table.append([
        DiagramColumns.dimension(bar.dimension), DiagramColumns.birth(bar.birth),
        DiagramColumns.death(bar.death),
      ])
    }
    return table
  }

  /// The same as text; infinity is `inf`.
  package static func csv(_ diagram: PersistenceDiagram) -> String { table(diagram).csv }

  /// A line a bar, without a header; `prefix` fields come first.
  package static func lines(_ diagram: PersistenceDiagram, prefix: [String] = []) -> String {
    table(diagram).rows.map { CSV.line(prefix + $0) }.joined()
  }

  /// The bars of a run's table, whose numbers the columns' declarations bound.
  ///
  /// - Throws: `FileError` naming the line of a field that is none, or of a death before its birth.
  package static func bars(_ table: Table) throws -> [PersistenceBar] {
    let ends = zip(try table[DiagramColumns.birth], try table[DiagramColumns.death])
    return try zip(table[DiagramColumns.dimension], ends).enumerated().map { row, bar in
      let (birth, death) = bar.1
      guard death >= birth else {
        throw FileError(
          table.file,
          "line \(table.line(row)): death is \"\(death.shortestText)\"; expected no less than the birth "
            + birth.shortestText)
      }
      return PersistenceBar(dimension: bar.0, birth: birth, death: death)
    }
  }

  /// Reads a diagram from CSV with the columns `dimension`, `birth` and `death`, in any order.
  ///
  /// - Parameter path: The file.
  /// - Returns: The bars in the order of the file: a matching names rows of it.
  /// - Throws: `FileError` naming the line of a field that is no number, of a NaN, of a death before its birth, or of
  ///   a second input whose diagram is in the same table.
  package static func read(_ path: String) throws -> [PersistenceBar] {
    let table = try CSV(path: path)
    let columns = try header.map { try table.column($0) }
    if let input = table.header.firstIndex(of: "input"), let first = table.records.first,
      let other = table.records.first(where: { $0.fields[input] != first.fields[input] })
    {
      throw FileError(
        path,
        "line \(other.line): input is \"\(other.fields[input])\", and on line \(first.line) "
          + "\"\(first.fields[input])\": the diagrams of several inputs in one table. Give a file a diagram, as "
          + "topoclip persistence --output DIR writes them")
    }
    return try table.records.map { record in
      func failure(_ column: Int, _ expected: String) -> FileError {
        FileError(
          path,
          "line \(record.line): \(header[column]) is \"\(record.fields[columns[column]])\"; "
            + "expected \(expected)")
      }
      func text(_ column: Int) -> String {
        record.fields[columns[column]].trimmingCharacters(in: .whitespaces)
      }
      guard let dimension = DiagramColumns.dimension.value(text(0)) else {
        throw failure(0, DiagramColumns.dimension.expected)
      }
      guard let birth = Double(text(1)), !birth.isNaN else {
        throw failure(1, "a number, inf or -inf")
      }
      guard let death = Double(text(2)), !death.isNaN else {
        throw failure(2, "a number, inf or -inf")
      }
      guard birth < .infinity else {
        throw failure(1, "a bar that is born before infinity: leave the row out")
      }
      guard death >= birth else { throw failure(2, "no less than the birth \(text(1))") }
      return PersistenceBar(dimension: dimension, birth: birth, death: death)
    }
  }
}
