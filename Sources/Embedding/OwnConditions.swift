import Files
import Foundation
import Runs

/// A table that says which file holds which condition.
struct OwnConditions {
  /// A line of it.
  struct Line {
    /// Its number in the file.
    let line: Int
    let file: String
    let condition: Condition
  }

  let lines: [Line]
  /// What is to be said of how the table was read, a sentence each.
  let remarks: [String]

  /// The columns, as messages show them.
  static let grammar = "file,kind,level,seed"
  private static let columns = ["file", "kind", ConditionColumns.noise.name, "level", "seed"]

  /// Reads a table with the columns `file`, `kind` or `noise`, `level`, and perhaps `seed`.
  ///
  /// - Throws: `FileError` naming the line and the column of what is no condition, what stands there twice, and a
  ///   column whose name is nearly one of these.
  init(_ table: CSV) throws {
    let others = table.header.filter { !Self.columns.contains($0) }
    if let near = others.first(where: { Self.columns.contains(Self.plain($0)) }) {
      throw FileError(
        table.file,
        "has the column \"\(near)\"; expected \"\(Self.plain(near))\", in small letters and without blanks"
      )
    }
    remarks =
      others.isEmpty
      ? []
      : [
        "\(table.file): not used: \(others.map { $0.isEmpty ? "a column without a name" : "the column \"\($0)\"" }.listed); "
          + "expected \(Self.grammar)"
      ]
    let file = try table.column("file")
    let kinds = ["kind", ConditionColumns.noise.name].compactMap {
      table.header.firstIndex(of: $0)
    }
    guard let kind = kinds.first else {
      throw FileError(
        table.file, "has no column \"kind\" or \"noise\"; its columns are \(table.header.listed)")
    }
    let (level, seed) = (try table.column("level"), table.header.firstIndex(of: "seed"))
    var lines: [Line] = []
    var names: [String: Int] = [:]
    for record in table.records {
      func field(_ column: Int) -> String {
        record.fields[column].trimmingCharacters(in: .whitespaces)
      }
      func fault(_ column: Int, _ expected: String) -> FileError {
        FileError(
          table.file,
          "line \(record.line), column \(table.header[column]): \"\(field(column))\"; expected \(expected)"
        )
      }
      if let other = kinds.dropFirst().first, Self.kind(field(kind)) != Self.kind(field(other)) {
        throw fault(
          other, "\"\(field(kind))\" as in the column kind; remove the column that does not name it"
        )
      }
      guard !field(file).isEmpty else { throw fault(file, "the name of a file of embeddings") }
      let isClean = ["clean", "none"].contains(field(kind))
      let levelText = field(level).isEmpty && isClean ? "0" : field(level)
      guard let number = Double(levelText), number >= 0, number.isFinite,
        !isClean || number == 0
      else {
        throw fault(level, isClean ? "0, the level of clean images" : "a number from 0")
      }
      var seedNumber: UInt64?
      if let seed, !field(seed).isEmpty {
        // pandas writes whole numbers as 0.0 where one is missing.
        guard let number = UInt64(field(seed)) ?? Double(field(seed)).flatMap(UInt64.init(exactly:))
        else { throw fault(seed, "a whole number from 0, or nothing") }
        seedNumber = number
      }
      guard let condition = Condition(kind: field(kind), level: number, seed: seedNumber) else {
        if let problem = Condition.problem(noise: field(kind), level: number, seed: seedNumber) {
          throw FileError(
            table.file, "line \(record.line), column \(table.header[kind]): \(problem)")
        }
        throw fault(
          kind, "clean, or a name of ASCII letters, digits, _ and -, a letter first")
      }
      if let earlier = names.updateValue(record.line, forKey: condition.name) {
        throw FileError(
          table.file,
          "line \(record.line): the condition \(condition.name) stands on line \(earlier) too")
      }
      lines.append(Line(line: record.line, file: field(file), condition: condition))
    }
    guard !lines.isEmpty else { throw FileError(table.file, "lists no file of embeddings") }
    self.lines = lines
  }

  /// A column's name as it would be without capitals and blanks.
  private static func plain(_ name: String) -> String {
    name.trimmingCharacters(in: .whitespaces).lowercased()
  }

  /// A kind, or the one word for the clean images.
  private static func kind(_ text: String) -> String {
    text == Condition.clean.name ? ConditionColumns.clean : text
  }
}
