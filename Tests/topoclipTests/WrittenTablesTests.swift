import Files
import Fixtures
import Foundation
import Pages
import RunAnalyses
import Runs
import Testing

@testable import Reports

/// The contract of a run directory: what a sweep writes is what is declared, and what reports read.
///
/// What becomes of a column of another name is tried for all of a file until it is told, and of the rest for a sample,
/// the same at every run; with `TOPOCLIP_TEST_ALL` in the environment for all.
struct WrittenTablesTests {
  /// One of how many columns of the rest is tried.
  private static let stride =
    ProcessInfo.processInfo.environment["TOPOCLIP_TEST_ALL"] == nil ? 7 : 1

  private let folder: TemporaryFolder
  private let run: RunDirectory
  private let conditions: [Condition]

  /// A sweep whose settings make every table.
  init() throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path + "/run")
    let outcome = try ProgramRun([
      "sweep", "--classes",
      // As many as it takes to ask what topology adds.
      "banded,chequered,dotted,woven,lined,grid,marbled,spiralled,swirly,pitted,flecked,blotchy",
      "--limit", "120", "--noise", "gaussian,shot", "--levels", "0,1", "--severities", "0,5",
      "--set", "angles.null-draws=5", "--set", "statistics.replicates=50",
      "--set", "statistics.permutations=99",
      "--set", "topology.halvings=2", "--set", "topology.band-replicates=20",
      // All images are a cloud of landmarks, a class is whole: the one has landmarks, the other a band.
      "--set", "topology.landmarks=40", "--set", "statistics.groups.a=banded,chequered,dotted",
      "--set", "statistics.groups.b=woven,lined,grid", "--output", run.path, "--no-report",
      "--quiet",
    ])
    try #require(outcome.code == 0, "\(outcome)")
    conditions = try run.conditions()
  }

  /// The tables that are declared, and the paths of those that are there.
  private var tables: [(file: RunFile, paths: [String])] {
    get throws {
      // Confusions by pairs take the matrix's place of more than 500 classes.
      let pairs = ConfusionPairColumns.file.pattern
      return try RunFiles.all.filter {
        !$0.columns.isEmpty && $0.pattern != pairs && $0.role != .record
      }
      .map { ($0, try run.existing([$0], of: conditions)) }
    }
  }

  /// Reads whatever a report reads, draws nothing, and returns the page.
  private func read() throws -> String {
    let reported = try ReportedRun(run.path)
    let source = FigureSource(reported)
    for kind in FigureKind.all {
      do { _ = try kind.figures(source) } catch is FigureLeftOut {}
    }
    return try RunPage(reported, figures: FigureReport(figures: [], messages: [])).html().markup
  }

  @Test func `every table that is declared is written, with its columns and values of their types`()
    throws
  {
    for (file, paths) in try tables {
      #expect(!paths.isEmpty, "\(file.pattern.text) is declared and not written")
      for path in paths {
        let table = try #require(try run.table(file, at: path))
        let header = table.columns.map(\.name)
        #expect(Array(header.prefix(file.columns.count)) == file.columns.map(\.name), "\(path)")
        #expect(header.count == file.columns.count || file.furtherColumns != nil, "\(path)")
        for row in table.rows {
          for (column, field) in zip(file.columns, row) {
            let isRead =
              field.isEmpty
              ? column.isOptional || column.type == "text"
              // JSON has no infinity.
              : field == "inf" && column.type == "number" || column.json(field) != .null
            #expect(isRead, "\(path): \(column.name) is \"\(field)\", declared as \(column.type)")
          }
        }
      }
    }
  }

  @Test func `every table that is written is declared, once`() throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: run.path)
    let written = names.filter { $0.hasSuffix(".csv") }
    #expect(written.count > 30)
    for path in written {
      let declared = RunFiles.all.filter {
        !$0.columns.isEmpty && $0.pattern.matches(path, of: conditions)
      }
      #expect(declared.count == 1, "\(path): \(declared.map(\.pattern.text))")
    }
  }

  @Test func `every figure and every section of the page finds its tables`() throws {
    let reported = try ReportedRun(run.path)
    let source = FigureSource(reported)
    for kind in FigureKind.all {
      let figures = try kind.figures(source)
      #expect(!figures.isEmpty, "\(kind.text)")
    }
    for table in PageSection.all.flatMap(\.tables) {
      let contents = try #require(try reported.table(table.file), "\(table.title)")
      let html = try table.html(contents, id: "table").markup
      #expect(html.contains("<td") && !html.contains("which lacks"), "\(table.title)")
    }
  }

  @Test
  func
    `a column of another name is an error, or a sentence of the page, that names file and column`()
    throws
  {
    #expect(try !read().contains("which lacks"))
    var unread: Set<String> = []
    var count = 0
    for (file, paths) in try tables {
      let path = try #require(paths.first)
      let whole = try FileContents.readText(run.file(path))
      let end = try #require(whole.firstIndex(of: "\n"))
      var isRead = false
      for column in file.columns {
        let header = whole[..<end].split(separator: ",").map {
          $0 == column.name ? "renamed" : String($0)
        }
        try AtomicFile.write(header.joined(separator: ",") + whole[end...], to: run.file(path))
        let table = try #require(try run.table(file, at: path))
        let error = #expect(throws: FileError.self) { try table.place(column) }
        #expect(
          error.map { $0.file.hasSuffix(path) && $0.problem.contains(column.name) } == true,
          "\(column.name)")
        count += 1
        // A page and all figures take a second.
        if isRead, count % Self.stride != 0 { continue }
        do {
          if try read().contains("File: \(file.pattern.text), which lacks \(column.name) ") {
            isRead = true
          }
        } catch let error as FileError {
          isRead = true
          #expect(
            error.file.hasSuffix(path) && error.problem.contains(column.name),
            "\(column.name): \(error)")
        }
      }
      try AtomicFile.write(whole, to: run.file(path))
      if !isRead { unread.insert(file.pattern.text) }
    }
    // The others are for people and other programs, or are told by a table of their numbers.
    let shown = Set(PageSection.all.flatMap(\.tables).map(\.file.pattern.text))
    #expect(unread.isDisjoint(with: shown), "\(unread)")
    #expect(try unread.count < tables.count / 4, "\(unread)")
  }
}
