import Fixtures
import Foundation
import Testing

/// `signwriting evaluate` as a user meets it.
@Suite(.serialized)
struct SignWritingEvaluateCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `two references and a damaged line`() throws {
    let sign = "M530x538S17600508x462S15a11493x494S20e00488x510S22f03469x517"
    let hypotheses = try folder.write("\(sign)\nM530x538S1760", "h.txt")
    let first = try folder.write("M500x500\n\(sign)\n", "a.txt")
    let second = try folder.write("\(sign)\n\n", "b.txt")
    let outcome = try ProgramRun([
      "signwriting", "evaluate", "--hypotheses", hypotheses, "--references", first, second,
      "--metric", "similarity",
    ])
    #expect(outcome.code == 0, "\(outcome)")
    #expect(
      outcome.output
        == "index,metric,score\n0,similarity,1\n1,similarity,0\ncorpus,similarity,0.5\n")
    #expect(
      outcome.error.contains(
        "2 of 6 texts are no signs by the grammar; what can be made out of them counts. The first: "
          + "\(hypotheses), line 2, character 14: found the end of the sign"), "\(outcome)")
  }

  @Test(arguments: [
    [],
    ["--hypotheses", "h.txt"],
    ["--hypotheses", "h.txt", "--references", "h.txt", "--output", "h.txt"],
    ["--hypotheses", "h.txt", "--references", "r.txt", "--metric", "blue"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["signwriting", "evaluate"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
