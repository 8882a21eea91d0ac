import Files
import Fixtures
import Runs
import Testing

@testable import RunAnalyses

struct DataDictionaryTests {
  private let files = [
    RunFile(
      "levels.csv", "A row a level.",
      columns: [
        Column<Double>("angle", unit: "radians", "The angle, a|b."),
        Column<Int?>("count", "How many; empty where none."),
      ], furtherColumns: "a column a class"),
    RunFile("angles/CONDITION.csv", "A condition's angles.", role: .input),
  ]

  private func entry(_ path: String) throws -> String {
    try DataDictionary(of: path, among: files).text(.text)
  }

  @Test func `a file is known by the end of its path, or by its kind`() throws {
    let levels = try entry("levels.csv")
    #expect(
      levels == """
        levels.csv (result)
          A row a level.

          angle  number, radians         The angle, a|b.
          count  whole number, or empty  How many; empty where none.
          and a column a class

        """)
    #expect(try entry("results/dtd/levels.csv") == levels && entry("/x/levels.csv") == levels)
    let angles = "angles/CONDITION.csv (input)\n  A condition's angles.\n"
    #expect(try entry("dtd/angles/gaussian-0.5-s0.csv") == angles)
    #expect(try entry("angles/CONDITION.csv") == angles)
  }

  @Test func `a file that two kinds could be is the one whose name says more`() throws {
    let maps = RunFile("angles/heatmap-CONDITION.csv", "Numbers of a condition's angles.")
    for path in ["angles/heatmap-gaussian-1-s0.csv", "angles/heatmap-clean.csv"] {
      let dictionary = try DataDictionary(of: path, among: files + [maps])
      #expect(dictionary.text(.text).hasPrefix("angles/heatmap-CONDITION.csv"))
    }
  }

  @Test func `a slip is told with the nearest name`() {
    for (path, name) in [
      ("level.csv", "levels.csv"), ("results/dtd/levels.cvs", "levels.csv"),
      ("angels/clean.csv", "angles/CONDITION.csv"),
    ] {
      #expect(
        problem { _ = try entry(path) }
          == "no file of a run is called \(path); did you mean \(name)?")
    }
    #expect(problem { _ = try entry("") }.hasSuffix("topoclip columns lists all"))
  }

  @Test func `as a table: a row about the file, then one a column`() throws {
    let dictionary = DataDictionary(files: files, isWhole: true)
    let table = try CSV(dictionary.text(.csv), file: "csv")
    #expect(table.header == ["file", "column", "type", "unit", "optional", "meaning"])
    #expect(
      table.records.map(\.fields) == [
        ["levels.csv", "", "", "", "", "A row a level."],
        ["levels.csv", "angle", "number", "radians", "false", "The angle, a|b."],
        ["levels.csv", "count", "whole number", "", "true", "How many; empty where none."],
        ["levels.csv", "…", "", "", "", "a column a class"],
        ["angles/CONDITION.csv", "", "", "", "", "A condition's angles."],
      ])
    #expect(
      dictionary.text(.markdown).contains("| `angle` | number | radians | The angle, a\\|b. |\n"))
  }

  @Test func `every table of a run says what its columns mean`() {
    for file in RunFiles.all {
      #expect(file.meaning.hasSuffix("."), "\(file.pattern.text)")
      #expect(
        !file.columns.isEmpty || !file.pattern.text.hasSuffix(".csv"), "\(file.pattern.text)")
      for column in file.columns {
        #expect(
          !column.name.isEmpty && column.meaning.hasSuffix("."),
          "\(file.pattern.text): \(column.name)")
      }
    }
  }
}
