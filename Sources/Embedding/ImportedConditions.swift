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
  /// What an array was taken for and how the table was read, a sentence each.
  private(set) var remarks: [String] = []

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
    if source.isOneArray {
      places = [try ofOneArray(source, list: list): source.path]
      return
    }
    let names = try source.arrays
    let table = try list.map(Self.table)
    var known: [String: Condition] = [:]
    switch table {
    case .own(let table):
      try take(table, of: names, in: source, list: list ?? "")
      return
    case .run(let conditions): known = conditions
    case nil: break
    }
    var named = names.map { ($0, known[$0] ?? Condition(name: $0)) }
    if named.count == 1, named[0].1 == nil { named[0].1 = try lone(names[0], in: source) }
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

  /// The condition of an array that is given by itself: the table's, else that of its name, else clean.
  private mutating func ofOneArray(_ source: ImportedSource, list: String?) throws -> Condition {
    switch try list.map(Self.table) {
    case .own(let table):
      if let line = table.lines.first(where: { source.isArray($0.file) }) { return line.condition }
    case .run(let known):
      if let name = known.keys.first(where: source.isArray) { return known[name] ?? .clean }
    case nil: break
    }
    let name = source.arrayName
    guard let condition = Condition(name: name) else { return try lone(name, in: source) }
    if let kind = condition.noise, condition.kind == nil {
      remarks.append(
        "\(source.path) is taken for the kind \(kind) of level \(condition.level.shortestText), as its name "
          + "says; where its images are as they are, call it clean")
    }
    return condition
  }

  /// The condition of the only array that there is, of a name that is none: clean, which is said.
  private mutating func lone(_ name: String, in source: ImportedSource) throws -> Condition {
    if Condition.problem(ofName: name) != nil, !Condition.isOfLevelZero(name: name) {
      throw Self.unknown([name], in: source)
    }
    remarks.append(
      "\(source.place(of: name)) is taken for clean, the images as they are, as its name is no condition"
    )
    return .clean
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
    remarks += table.remarks
    // Files are told apart by the bytes of their names, as the system tells them.
    let there = Set(names.map { Array($0.utf8) })
    var listed: [[UInt8]: OwnConditions.Line] = [:]
    for line in table.lines {
      let name = source.bare(line.file)
      let isNamed = there.contains(Array(name.utf8))
      let elsewhere =
        isNamed || name == ImportedSource.text ? nil : try source.place(ofListed: line.file)
      guard let place = isNamed ? source.place(of: name) : elsewhere else {
        throw Self.missing(line, name, of: names, in: source, list: list)
      }
      let key = isNamed ? name : ResolvedPath(place).path
      if let other = listed.updateValue(line, forKey: Array(key.utf8)) {
        throw FileError(
          list,
          "line \(line.line), column file: \(line.file) stands on line \(other.line) too, as "
            + "\(other.condition.name); an array is of one condition")
      }
      try add(line.condition, place)
      // A file of it, or the folder that it is in.
      let file = MatrixFile.split(line.file).path + "/"
      unused.removeAll { file.utf8.starts(with: ($0.path + "/").utf8) }
    }
    unused += names.filter { listed[Array($0.utf8)] == nil }.map {
      RunError.UnusableImage(path: source.name($0), problem: "\(list) does not list them")
    }
  }

  private static func missing(
    _ line: OwnConditions.Line, _ name: String, of names: [String], in source: ImportedSource,
    list: String
  ) -> FileError {
    var spellings = SpellingsOnDisk()
    let problem =
      names.otherSpelling(of: name).map {
        "; \(name.spelled) is spelled otherwise there: \($0.spelled); \(oneSpellingRemedy)"
      }
      ?? spellings.problem(ofMissing: source.place(of: name)).map { ": " + $0 }
      ?? "; there are \(names.map(source.name).listed)"
    return FileError(
      list, "line \(line.line), column file: there is no \(line.file) in \(source.path)\(problem)")
  }

  /// What a table says.
  private enum Listing {
    /// A user's, of files.
    case own(OwnConditions)
    /// A run's own list, by the names of its files.
    case run([String: Condition])
  }

  /// Reads a table of either kind.
  private static func table(_ path: String) throws -> Listing {
    let table = try CSV(path: path)
    if table.header.contains("file") { return .own(try OwnConditions(table)) }
    let columns = [ConditionList.name.name, ConditionColumns.noise.name]
    guard columns.allSatisfy(table.header.contains) else {
      throw FileError(
        path,
        "has no column \"file\"; its columns are \(table.header.listed); expected \(OwnConditions.grammar)"
      )
    }
    let list = Table(table, as: ConditionList.file)
    var known: [String: Condition] = [:]
    let names = try list[ConditionList.name]
    for (row, condition) in try list.conditions().enumerated()
    where known.updateValue(condition, forKey: names[row]) != nil {
      throw FileError(
        path, "line \(list.line(row)): the name \(names[row]) stands on another line too")
    }
    return .run(known)
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
        + "\(OwnConditions.grammar), which gives any file any kind")
  }
}
