import Fixtures
import Foundation
import Testing

/// `angles` as a user meets it.
@Suite(.serialized)
struct AnglesCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `angles of two planes, by hand`() throws {
    // The plane of the first two axes, and it turned by 0.3 about the first.
    try Data("1,0,0\n0,1,0\n".utf8).write(to: URL(filePath: folder.path + "/a.csv"))
    let turned = "1,0,0\n0,\(cos(0.3)),\(sin(0.3))\n"
    try Data(turned.utf8).write(to: URL(filePath: folder.path + "/b.csv"))
    let outcome = try ProgramRun(
      ["angles", folder.path + "/a.csv", folder.path + "/b.csv", "--no-center", "--rank", "full"])
    #expect(outcome.code == 0)
    let rows = outcome.output.split(separator: "\n").dropFirst().map {
      Double($0.split(separator: ",")[1]) ?? .nan
    }
    #expect(rows.count == 2 && abs(rows[0]) < 1e-9 && abs(rows[1] - 0.3) < 1e-9)
    #expect(outcome.error.contains("k = 2 of 3"))
    let file = folder.path + "/c.csv"
    let quiet = try ProgramRun(
      ["angles", folder.path + "/a.csv", folder.path + "/b.csv", "--quiet", "--output", file])
    #expect(quiet.code == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
    // Centred, each pair of rows spans the line of their difference.
    let angle = try #require(
      String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").last)
    let cosine = (1 + cos(0.3)) / 2
    #expect(abs((Double(angle.dropFirst(2)) ?? .nan) - acos(cosine)) < 1e-9)
  }

  @Test func `labels that the angles cannot use are named with the points`() throws {
    let (points, _) = try folder.clusters()
    let one = try folder.write(
      "row,class\n" + (0..<120).map { "\($0),a\n" }.joined(), "one.csv")
    let outcome = try ProgramRun(["angles", points, "--labels", one])
    #expect(outcome.code == 1, "\(outcome)")
    #expect(
      outcome.error.contains("points.npy with \(one): angles between classes need"), "\(outcome)")
  }

  @Test(arguments: [
    ["a.npy"],
    ["a.npy", "b.npy", "--rank", "few"],
    ["p.csv", "q.csv", "--null-draws", "0"],
    ["p.csv", "--labels", "l.csv", "--output", "l.csv"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["angles"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }

  @Test func `a file that is not there is named`() throws {
    let outcome = try ProgramRun(["angles", "/nowhere.npy", "/nowhere.npy"])
    #expect(outcome.code == 1 && outcome.error.contains("/nowhere.npy: no such file"), "\(outcome)")
  }
}
