import Files
import Foundation
import Runs

/// Which of the arrays in a place are embeddings of which condition.
///
/// Their names say it, or a table: `conditions.csv` with the columns `file`, `kind` (or `noise`), `level` and `seed`,
/// or the list of a run.
struct ImportedConditions {
  /// The array of every condition, as `MatrixFile` takes it.
  private(set) var places: [Condition: String] = [:]
  /// What lies there and is not used, and why, in words that follow "they".
  private(set) var unused: [RunError.UnusableImage] = []

  /// What can be asked of a place, before any array is read.
  ///
  /// - Parameters:
  ///   - source: The place.
  ///   - list: The path of a table of conditions that is beside; nil where there is none.
  /// - Throws: `FileError` naming the arrays whose names are no conditions, the line and the column of the table, or
  ///   two arrays of one condition.
  init(_ source: ImportedSource, list: String?) throws {
    unused = try source.others.map {
      RunError.UnusableImage(path: $0.name, problem: $0.problem)
    }
    let names = try source.arrays
    if source.isOneArray {
      places = [.clean: source.place(of: names[0])]
      return
    }
    var known: [String: Condition] = [:]
    if let list {
      let table = try CSV(path: list)
      if table.header.contains("file") {
        try take(OwnConditions(table), of: names, in: source, list: list)
        return
      }
      known = try Self.listed(table)
    }
    let named = names.map { ($0, known[$0] ?? Condition(name: $0)) }
    if named.allSatisfy({ $0.1 == nil }), names.count == 1 {
      places = [.clean: source.place(of: names[0])]
      return
    }
    guard !names.isEmpty else {
      throw FileError(
        source.path,
        "holds no \(source.word) of a condition, such as \(source.name("clean")) or "
          + "\(source.name("gaussian-0.5-s0"))\(source.hint)")
    }
    let unknown = named.filter { $0.1 == nil }.map(\.0)
    guard unknown.isEmpty else { throw Self.unknown(unknown, in: source) }
    for (name, condition) in named { try add(condition ?? .clean, source.place(of: name)) }
    let absent = known.keys.filter { !names.contains($0) }.sorted()
    unused += absent.map {
      RunError.UnusableImage(
        path: $0, problem: "\(list ?? "") lists them, and their arrays are not there")
    }
  }

  private mutating func add(_ condition: Condition, _ place: String) throws {
    if let other = places.updateValue(place, forKey: condition) {
      let both = [other, place].sorted()
      throw FileError(both[0], "is the same condition as \(both[1]); leave one of the two out")
    }
  }

  /// Takes what a user's own table names, and nothing else.
  private mutating func take(
    _ table: OwnConditions, of names: [String], in source: ImportedSource, list: String
  ) throws {
    for line in table.lines {
      let name = source.bare(line.file)
      guard names.contains(name) else {
        var spellings = SpellingsOnDisk()
        let problem =
          names.otherSpelling(of: name).map { "; it is spelled otherwise: \($0.spelled)" }
          ?? spellings.problem(ofMissing: source.place(of: name)).map { ": " + $0 }
          ?? "; there are \(names.map(source.name).listed)"
        throw FileError(
          list,
          "line \(line.line), column file: there is no \(line.file) in \(source.path)\(problem)")
      }
      try add(line.condition, source.place(of: name))
    }
    let listed = Set(table.lines.map { source.bare($0.file) })
    unused += names.filter { !listed.contains($0) }.map {
      RunError.UnusableImage(path: source.name($0), problem: "\(list) does not list them")
    }
  }

  /// The conditions of a run's own list, by the names of their files.
  private static func listed(_ table: CSV) throws -> [String: Condition] {
    let list = Table(table, as: ConditionList.file)
    return Dictionary(
      try zip(list[ConditionList.name], list.conditions()), uniquingKeysWith: { first, _ in first })
  }

  private static func unknown(_ names: [String], in source: ImportedSource) -> FileError {
    let first = names[0]
    let more =
      names.count == 1
      ? "" : " (\(names.count) such names, with \(names.dropFirst().map(source.name).listed))"
    return FileError(
      source.place(of: first),
      "its name is no condition\(more): \(Condition.nameGrammar)"
        + (Condition.problem(ofName: first).map { "; \($0)" } ?? "")
        + ". Rename it or move it away, or write conditions.csv beside, with the columns "
        + "file,kind,level,seed, which gives any file any kind")
  }
}
