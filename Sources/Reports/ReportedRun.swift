import Files
import Foundation
import RunAnalyses
package import Runs

/// A finished run directory as reports read it: what its tables say, nothing computed.
package struct ReportedRun: Sendable {
  /// The run directory.
  package let directory: RunDirectory
  /// The conditions, in the order of all tables: those that have embeddings or, where the embeddings were
  /// left behind, accuracies.
  package let conditions: [Condition]
  /// The path of every sample.
  package let paths: [String]
  /// The class of every sample, an index into `classes`.
  package let labels: [Int]
  /// The classes, in the order of the tables.
  package let classes: [String]

  /// Opens a run directory.
  ///
  /// - Parameter path: The folder that a sweep wrote.
  /// - Throws: `FileError` when it is none, naming what is missing or damaged.
  package init(_ path: String) throws {
    directory = RunDirectory(path)
    let file = SampleColumns.file
    guard let samples = try directory.table(file) else {
      throw FileError(
        path,
        "is no run directory: it has no \(file.pattern.text); \(PlanFiles.isPlanned(directory) ? "topoclip merge" : "topoclip sweep") makes one"
      )
    }
    conditions = try Self.conditions(directory)
    paths = try samples[SampleColumns.path]
    let names = try samples[SampleColumns.className]
    classes =
      try directory.table(ClassColumns.file).map { try $0[ClassColumns.className] }
      ?? names.inClassOrder
    labels = try Self.labels(names, classes: classes, file: samples.file)
  }

  private static func conditions(_ directory: RunDirectory) throws -> [Condition] {
    guard try FileStatus(directory.file("embeddings")) == nil,
      let accuracies = try directory.table(AccuracyColumns.file)
    else { return try directory.conditions() }
    return try accuracies.distinctConditions()
  }

  private static func labels(
    _ names: [String], classes: [String], file: String
  ) throws -> [Int] {
    let index = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    return try names.enumerated().map { row, name in
      guard let label = index[name] else {
        throw FileError(
          file, "row \(row): class \"\(name)\" is not in \(ClassColumns.file.pattern.text)")
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

  /// A table of the run.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  package func table(_ file: RunFile, at path: String? = nil) throws -> Table? {
    try directory.table(file, at: path)
  }
}
