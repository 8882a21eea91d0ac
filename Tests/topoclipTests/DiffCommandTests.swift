import Files
import Fixtures
import Testing

/// `diff` as a user meets it.
@Suite(.serialized)
struct DiffCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `diff says what differs between two seeds of the noise`() throws {
    #expect(try folder.smallSweep("a", ["--no-report"]).code == 0)
    #expect(try folder.smallSweep("b", ["--no-report", "--seeds", "1"]).code == 0)
    let outcome = try run("diff", "a", "b", "--output", "d.csv")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(
      outcome.output.contains(
        "In common: clean.\nOnly A: gaussian-1-s0. Only B: gaussian-1-s1.\n"), "\(outcome)")
    #expect(outcome.output.contains("| none | 0 |  | 40 |"))
    let table = try CSV(path: path("d.csv"))
    #expect(table.header == ["table", "key", "column", "a", "b", "difference"])
    #expect(
      table.records.contains {
        $0.fields.prefix(3) == ["accuracy.csv", "noise=none level=0", "top1"]
      })
    let same = try run("diff", "a", "a")
    #expect(same.code == 0 && same.output.contains("are the same bytes.\n"), "\(same)")
  }

  @Test func `what is no run is named`() throws {
    let outcome = try run("diff", "nothing", "nothing")
    #expect(outcome.code == 1 && outcome.error.contains("is no run directory"), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }
}
