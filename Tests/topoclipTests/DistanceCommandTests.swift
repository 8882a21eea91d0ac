import Fixtures
import Foundation
import Testing

/// `distance` as a user meets it.
@Suite(.serialized)
struct DistanceCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test func `distances between diagrams, by hand`() throws {
    let a = try folder.write("dimension,birth,death\n0,0,inf\n1,1,3\n1,5,5.5\n", "a.csv")
    let b = try folder.write("dimension,birth,death\n0,0.25,inf\n1,1,2\n", "b.csv")
    let bottleneck = try run("distance", a, b, "--matching", folder.path + "/m.csv")
    #expect(bottleneck.output == "dimension,distance\n0,0.25\n1,1\n", "\(bottleneck)")
    #expect(bottleneck.error.contains("ground metric ∞, essential classes in order of birth"))
    #expect(try text("m.csv").contains("0,0,0\n"))
    let first = try run("distance", a, b, "--metric", "wasserstein", "--dimension", "1")
    #expect(first.output == "dimension,distance\n1,1.25\n")
    let pairs = try folder.write("a,b\n\(a),\(b)\n\(a),\(a)\n", "pairs.csv")
    let list = try run("distance", "--pairs", pairs, "--dimension", "1")
    #expect(list.output == "a,b,dimension,distance\n\(a),\(b),1,1\n\(a),\(a),1,0\n")
    let broken = try folder.write("dimension,birth,death\n1,3,1\n", "broken.csv")
    let refused = try run("distance", a, broken)
    #expect(refused.code == 1 && refused.error.contains("broken.csv: line 2"), "\(refused)")
  }

  @Test func `nothing is written over what is read`() throws {
    let contents = "dimension,birth,death\n0,0,1\n"
    let bars = try folder.write(contents, "bars.csv")
    let list = try folder.write("a,b\n\(bars),\(bars)\n", "list.csv")
    for arguments in [
      [bars, bars, "--output", bars], [bars, bars, "--matching", bars],
      ["--pairs", list, "--output", bars], ["--pairs", list, "--output", list],
    ] {
      let outcome = try ProgramRun(["distance"] + arguments)
      #expect(
        outcome.code == 2 && outcome.error.contains("is read, and would be overwritten"),
        "\(arguments): \(outcome)")
    }
    #expect(try text("bars.csv") == contents)
  }

  @Test(arguments: [
    ["a.csv"],
    ["a.csv", "b.csv", "--order", "2"],
    ["a.csv", "b.csv", "--tolerance", "-1"],
    ["a.csv", "--pairs", "p.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["distance"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
