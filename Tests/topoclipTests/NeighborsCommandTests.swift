import Fixtures
import Foundation
import Testing

/// `neighbors` as a user meets it.
@Suite(.serialized)
struct NeighborsCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `neighbours of a line of points`() throws {
    let line = try folder.write("0\n1\n3\n7\n", "line.csv")
    let outcome = try run("neighbors", line, "-k", "2", "--metric", "euclidean")
    #expect(
      outcome.output
        == "row,rank,neighbor,distance\n0,1,1,1\n0,2,2,3\n1,1,0,1\n1,2,2,2\n2,1,1,2\n2,2,0,3\n"
        + "3,1,2,4\n3,2,1,6\n", "\(outcome)")
    let chosen = try run("neighbors", line, "-k", "1", "--metric", "euclidean", "--rows", "3,0")
    #expect(chosen.output == "row,rank,neighbor,distance\n3,1,2,4\n0,1,1,1\n", "\(chosen)")
    let most = try run("neighbors", line, "-k", "4", "--metric", "euclidean")
    #expect(most.code == 1 && most.error.contains("3"), "\(most)")
    let absent = try run("neighbors", line, "-k", "1", "--metric", "euclidean", "--rows", "4")
    #expect(absent.code == 1 && absent.error.contains("no row 4"), "\(absent)")
  }

  @Test func `neighbours in two embeddings side by side`() throws {
    let a = try folder.write("1,0\n0.9,0.1\n0,1\n", "a.csv")
    let b = try folder.write("1,0\n0.9,0.2\n0.9,0.1\n", "b.csv")
    let outcome = try run("neighbors", a, b, "-k", "1")
    #expect(outcome.output.hasPrefix("row,rank,neighbor_a,similarity_a,neighbor_b,similarity_b\n"))
    // a: 0 → 1, 1 → 0, 2 → 1. b: 0 → 2, 1 → 2, 2 → 0 or 1: cosines 0.9939 and 0.9943.
    #expect(outcome.output.contains("\n0,1,1,0.9938") && outcome.output.contains(",2,0.9938"))
    #expect(outcome.error.contains("a and b: 33.3 % of the 1 nearest in common"), "\(outcome)")
    let short = try folder.write("1,0\n", "short.csv")
    let refused = try run("neighbors", a, short, "-k", "1")
    #expect(refused.code == 1 && refused.error.contains("short.csv"), "\(refused)")
  }

  @Test func `nothing is written when one of the inputs is wrong`() throws {
    let (points, labels) = try folder.clusters()
    let page = try run(
      "neighbors", points, "--rows", "0", "--labels", labels, "--images", folder.path, "--html",
      path("page.html"), "--output", path("o.csv"))
    #expect(page.code == 1 && page.error.contains("labels.csv: has no column \"path\""), "\(page)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(names) == ["points.npy", "labels.csv"])
  }

  @Test(arguments: [
    [],
    ["p.csv", "-k", "0"],
    ["p.csv", "--rows", "1,1"],
    ["p.csv", "--rows", "1,,2"],
    ["p.csv", "--rows=-1"],
    ["p.csv", "--html", "h.html"],
    ["p.csv", "--images", "i"],
    ["p.csv", "--output", "./p.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["neighbors"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
