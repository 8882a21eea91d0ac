import Fixtures
import Foundation
import Testing

/// `similarity` as a user meets it.
@Suite(.serialized)
struct SimilarityCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `the cosines of three rows`() throws {
    // Cosines 0, 1 (a copy, left out) and 0: rows 0 and 1 are one direction.
    let rows = try folder.write("1,0\n2,0\n0,3\n", "rows.csv")
    let outcome = try run("similarity", rows, "--bins", "4", "--summary", path("summary.csv"))
    #expect(
      outcome.output.hasPrefix("input,low,high,count,share\n\(rows),-1,-0.5,0,0\n"), "\(outcome)")
    #expect(outcome.output.contains("\(rows),0,0.5,2,1\n"), "\(outcome)")
    let summary = try String(contentsOfFile: path("summary.csv"), encoding: .utf8)
    #expect(summary.hasSuffix("\(rows),3,2,1,0,0,0,0\n"), "\(summary)")
  }

  @Test func `nothing is written when one of the inputs is wrong`() throws {
    let rows = try folder.write("1,0\n2,0\n0,3\n", "rows.csv")
    let outcome = try run("similarity", rows, "absent.npy", "--output", path("o.csv"))
    #expect(outcome.code == 1 && outcome.error.contains("absent.npy: no such file"), "\(outcome)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == ["rows.csv"])
  }

  @Test(arguments: [
    [],
    ["p.csv", "--bins", "0"],
    ["p.csv", "--sample", "1"],
    ["p.csv", "--summary", "p.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["similarity"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
