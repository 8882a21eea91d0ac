import Files
import Foundation
public import Runs

/// A finished run directory as reports read it: what its tables say, nothing computed.
public struct ReportedRun: Sendable {
  /// The run directory.
  public let directory: RunDirectory
  /// The conditions, in the order of all tables: those that have embeddings or, where the embeddings were
  /// left behind, accuracies.
  public let conditions: [Condition]
  /// The path of every sample.
  public let paths: [String]
  /// The class of every sample, an index into `classes`.
  public let labels: [Int]
  /// The classes, in the order of the tables.
  public let classes: [String]

  /// Opens a run directory.
  ///
  /// - Parameter path: The folder that a sweep wrote.
  /// - Throws: `FileError` when it is none, naming what is missing or damaged.
  public init(_ path: String) throws {
    directory = RunDirectory(path)
    guard FileManager.default.fileExists(atPath: directory.file("samples.csv")) else {
      throw FileError(path, "is no run directory: it has no samples.csv; topoclip sweep makes one")
    }
    conditions = try Self.conditions(directory)
    let samples = try ReportTable(CSV(path: directory.file("samples.csv")))
    paths = try samples.texts("path")
    let names = try samples.texts("class")
    let classFile = directory.file("classes.csv")
    classes =
      FileManager.default.fileExists(atPath: classFile)
      ? try ReportTable(CSV(path: classFile)).texts("class") : Set(names).sorted()
    labels = try Self.labels(names, classes: classes, file: directory.file("samples.csv"))
  }

  private static func conditions(_ directory: RunDirectory) throws -> [Condition] {
    let accuracies = directory.file("accuracy.csv")
    guard !FileManager.default.fileExists(atPath: directory.file("embeddings")),
      FileManager.default.fileExists(atPath: accuracies)
    else { return try directory.conditions() }
    let table = try CSV(path: accuracies)
    let columns = try ["noise", "level", "seed"].map { try table.column($0) }
    return try table.records.map { record in
      guard let condition = Condition(tableFields: columns.map { record.fields[$0] }) else {
        throw FileError(
          accuracies, "line \(record.line): its noise, level and seed are no condition")
      }
      return condition
    }
  }

  private static func labels(
    _ names: [String], classes: [String], file: String
  ) throws -> [Int] {
    let index = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    return try names.enumerated().map { row, name in
      guard let label = index[name] else {
        throw FileError(file, "row \(row): class \"\(name)\" is not in classes.csv")
      }
      return label
    }
  }

  /// The highest level of every kind of noise, in the order of the tables: its condition of the first seed.
  var topLevels: [Condition] {
    conditions.reduce(into: [Condition]()) { highest, condition in
      guard condition.noise != nil else { return }
      guard let place = highest.firstIndex(where: { $0.noise == condition.noise }) else {
        highest.append(condition)
        return
      }
      if condition.level > highest[place].level { highest[place] = condition }
    }
  }

  /// The table of that name, such as `distances.csv`.
  ///
  /// - Parameter name: The file's path in the run directory.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  public func table(_ name: String) throws -> ReportTable? {
    let path = directory.file(name)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return ReportTable(try CSV(path: path))
  }

  /// A table of the run.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  public func table(_ file: RunFile, at path: String? = nil) throws -> Table? {
    try directory.table(file, at: path)
  }
}
