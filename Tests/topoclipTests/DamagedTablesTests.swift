import Files
import Fixtures
import Foundation
import Pages
import RunAnalyses
import Runs
import Testing

@testable import Reports

/// Tables that anyone may have edited: an error that names file, line and column, never a crash.
///
/// Every number of every table is tried where tables are read. What a page and figures make of them is tried for a
/// sample, the same at every run; with `TOPOCLIP_TEST_ALL` in the environment for all.
@Suite(.serialized)
struct DamagedTablesTests {
  private static let values = ["1e300", "-1", "inf", "nan", "9223372036854775807", "", "text"]
  /// One of how many is tried.
  private static let stride =
    ProcessInfo.processInfo.environment["TOPOCLIP_TEST_ALL"] == nil ? 23 : 1

  private let folder: TemporaryFolder
  private let run: RunDirectory

  /// A sweep whose settings make every table.
  init() throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path + "/run")
    let outcome = try ProgramRun([
      "sweep", "--classes", "banded,chequered,dotted,woven,lined,grid", "--limit", "60",
      "--levels", "0,1", "--set", "angles.null-draws=5", "--set", "topology.halvings=2",
      "--set", "statistics.replicates=50", "--set", "statistics.permutations=99",
      "--set", "topology.landmarks=40", "--set", "statistics.groups.a=banded,chequered,dotted",
      "--set", "statistics.groups.b=woven,lined,grid", "--output", run.path, "--no-report",
      "--quiet",
    ])
    try #require(outcome.code == 0, "\(outcome)")
  }

  /// A number in the first row of a table.
  private struct Damage {
    let file: RunFile
    let path: String
    let column: any ColumnDeclaration
    let value: String
    /// The whole file with it.
    let text: String
  }

  private func damages() throws -> [Damage] {
    var damages: [Damage] = []
    for file in RunFiles.all where !file.columns.isEmpty {
      guard let path = try run.existing([file]).first else { continue }
      let table = try CSV(path: run.file(path))
      guard let first = table.records.first else { continue }
      let rest = table.records.dropFirst().map { CSV.line($0.fields) }.joined()
      for column in file.columns where column.type.hasSuffix("number") {
        let place = try table.column(column.name)
        for value in Self.values {
          var fields = first.fields
          fields[place] = value
          damages.append(
            Damage(
              file: file, path: path, column: column, value: value,
              text: CSV.line(table.header) + CSV.line(fields) + rest))
        }
      }
    }
    return damages
  }

  /// Reads whatever a report reads, and draws nothing.
  private func read() throws {
    let reported = try ReportedRun(run.path)
    let source = FigureSource(reported)
    for kind in FigureKind.all {
      do {
        for figure in try kind.figures(source) { _ = FigureScript(figure) }
      } catch is FigureLeftOut {}
    }
    _ = try RunPage(reported, figures: FigureReport(figures: [], messages: [])).html()
  }

  @Test func `a number that a column cannot hold is an error, and any other no crash`() throws {
    let damages = try damages()
    #expect(damages.count > 700)
    for (index, damage) in damages.enumerated() {
      let whole = try FileContents.readText(run.file(damage.path))
      try Data(damage.text.utf8).write(to: URL(filePath: run.file(damage.path)))
      let what = "\(damage.path): \(damage.column.name) is \"\(damage.value)\""
      let isNamed = { (error: FileError) in
        error.file.hasSuffix(damage.path)
          && error.problem.hasPrefix("line 2: \(damage.column.name) is \"\(damage.value)\"")
      }
      if damage.column.accepts(damage.value) {
        _ = try run.table(damage.file, at: damage.path)
      } else {
        let error = #expect(throws: FileError.self, "\(what)") {
          try run.table(damage.file, at: damage.path)
        }
        if let error { #expect(isNamed(error), "\(error)") }
      }
      if index % Self.stride == 0 {
        do {
          try read()
        } catch let error as FileError {
          #expect(error.file.hasSuffix(damage.path), "\(what): \(error)")
          #expect(error.problem.contains("line "), "\(what): \(error)")
        }
      }
      try Data(whole.utf8).write(to: URL(filePath: run.file(damage.path)))
    }
  }

  @Test func `the program ends with 1 and says where`() throws {
    for (path, column, value) in [
      ("witnesses.csv", "rank", "1e300"), ("witnesses.csv", "dimension", "inf"),
      ("layouts/tsne-clean.csv", "row", "1e300"), ("predictions.csv", "confidence", "1e300"),
      ("merges.csv", "height", "inf"),
      ("diagrams/all-clean.csv", "dimension", "9223372036854775807"),
    ] {
      let whole = try FileContents.read(run.file(path))
      let table = try CSV(path: run.file(path))
      var fields = try #require(table.records.first).fields
      fields[try table.column(column)] = value
      let rest = table.records.dropFirst().map { CSV.line($0.fields) }.joined()
      let text = CSV.line(table.header) + CSV.line(fields) + rest
      try Data(text.utf8).write(to: URL(filePath: run.file(path)))
      let outcome = try ProgramRun(["report", run.path, "--quiet", "--no-verify"])
      #expect(outcome.code == 1, "\(path): \(outcome)")
      #expect(
        outcome.error.contains("\(path): line 2: \(column) is \"\(value)\"; expected a "),
        "\(outcome)")
      try whole.write(to: URL(filePath: run.file(path)))
    }
    let outcome = try ProgramRun(["report", run.path, "--quiet"])
    #expect(outcome.code == 0, "\(outcome)")
  }

  @Test func `tables that are cut, doubled, emptied or of other rows are no crash`() throws {
    var count = 0
    for file in RunFiles.all where !file.columns.isEmpty {
      guard let path = try run.existing([file]).first else { continue }
      let whole = try FileContents.readText(run.file(path))
      let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let header = lines[0] + "\n"
      let body: String = lines.dropFirst().joined(separator: "\n")
      let turned: String = lines.dropFirst().reversed().filter { !$0.isEmpty }
        .joined(separator: "\n")
      let end: String = lines.dropFirst().suffix(2).joined(separator: "\n")
      let texts: [String] = [
        "", header, String(whole.prefix(whole.count / 2)), header + body + body, header + turned,
        header + end,
      ]
      for text in texts {
        count += 1
        guard count % 7 == 0 || Self.stride == 1 else { continue }
        try Data(text.utf8).write(to: URL(filePath: run.file(path)))
        do { try read() } catch is FileError {}
      }
      try Data(whole.utf8).write(to: URL(filePath: run.file(path)))
    }
  }
}
