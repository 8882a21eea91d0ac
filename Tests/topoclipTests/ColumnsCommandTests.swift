import Files
import Fixtures
import Foundation
import Testing

/// `columns` as a user meets it, and the page that is made of it.
struct ColumnsCommandTests {
  @Test func `the page of the documentation is what the declarations say`() throws {
    let page = Checkout.folder
      .appending(path: "Sources/topoclip/topoclip.docc/DataDictionary.md").path
    let outcome = try ProgramRun(["columns", "--format", "markdown"])
    #expect(outcome.code == 0 && outcome.error.isEmpty)
    #expect(
      try String(contentsOfFile: page, encoding: .utf8) == outcome.output,
      "topoclip columns --format markdown > \(page) writes it anew")
  }

  @Test func `a file's columns are told by its path in a run`() throws {
    let outcome = try ProgramRun(["columns", "results/dtd/samples.csv", "--format", "csv"])
    #expect(outcome.code == 0, "\(outcome)")
    let table = try CSV(outcome.output, file: "output")
    #expect(table.header == ["file", "column", "type", "unit", "optional", "meaning"])
    #expect(table.records.map { $0.fields[1] } == ["", "row", "path", "class", "split"])
    #expect(try ProgramRun(["columns", "samples.csv"]).output.hasPrefix("samples.csv (input)\n"))
  }

  @Test func `an unknown file is a usage error that names the nearest`() throws {
    let outcome = try ProgramRun(["columns", "results/dtd/sample.csv"])
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    #expect(outcome.error.contains("did you mean samples.csv?"), "\(outcome)")
  }
}
