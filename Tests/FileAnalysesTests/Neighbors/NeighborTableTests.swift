import Analyses
import Files
import Fixtures
import LinearAlgebra
import Testing

@testable import FileAnalyses

struct NeighborTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(
    _ texts: [(name: String, rows: String)], count: Int, metric: Metric = .euclidean,
    rows: [Int]? = nil
  ) throws -> NeighborTable {
    try NeighborTable(
      inputs: texts.map { try folder.write($0.rows, $0.name) }, count: count, metric: metric,
      rows: rows, isQuiet: true)
  }

  @Test func `equal distances stand in the order of rows`() throws {
    // A cross: the ends are all 1 from the centre, and √2 or 2 from one another.
    let cross = [("cross.csv", "0,0\n1,0\n-1,0\n0,1\n0,-1\n")]
    #expect(
      try table(cross, count: 4, rows: [0]).csv()
        == "row,rank,neighbor,distance\n0,1,1,1\n0,2,2,1\n0,3,3,1\n0,4,4,1\n")
    let all = try CSV(table(cross, count: 3).csv(), file: "table")
    #expect(all.records.count == 15)
    #expect(all.records.suffix(3).map { $0.fields[2] } == ["0", "1", "2"])
  }

  @Test func `a copy of a row is its neighbour, the row itself never`() throws {
    let copies = [("copies.csv", "1,0\n1,0\n1,0\n0,1\n")]
    for rows in [nil, [0, 1, 2, 3]] {
      #expect(
        try table(copies, count: 2, metric: .cosine, rows: rows).csv()
          == "row,rank,neighbor,similarity\n0,1,1,1\n0,2,2,1\n1,1,0,1\n1,2,2,1\n2,1,0,1\n2,2,1,1\n"
          + "3,1,0,0\n3,2,1,0\n")
    }
  }

  @Test func `chosen rows stand in the order given, with the neighbours that all rows have`() throws
  {
    let line = [("line.csv", "0\n1\n3\n7\n12\n")]
    let all = try CSV(table(line, count: 2).csv(), file: "all")
    let chosen = try CSV(table(line, count: 2, rows: [4, 1]).csv(), file: "chosen")
    let (four, one) = (
      all.records.filter { $0.fields[0] == "4" }, all.records.filter { $0.fields[0] == "1" }
    )
    #expect(chosen.records.map(\.fields) == (four + one).map(\.fields))
  }

  @Test func `several inputs stand side by side, and every two are compared`() throws {
    let table = try table(
      [("x/a.csv", "0\n1\n3\n"), ("y/a.csv", "0\n1\n3\n"), ("b.csv", "0\n2\n3\n")], count: 1)
    #expect(
      table.csv()
        == "row,rank,neighbor_a,distance_a,neighbor_a-2,distance_a-2,neighbor_b,distance_b\n"
        + "0,1,1,1,1,1,1,2\n1,1,0,1,0,1,2,1\n2,1,1,2,1,2,1,1\n")
    #expect(
      table.messages == [
        "a and a-2: 100.0 % of the 1 nearest in common",
        "a and b: 66.7 % of the 1 nearest in common",
        "a-2 and b: 66.7 % of the 1 nearest in common",
      ])
  }

  @Test func `what does not fit is named`() throws {
    let three = ("three.csv", "0\n1\n3\n")
    for rows in [nil, [0]] {
      let message = problem { _ = try table([three], count: 3, rows: rows) }
      #expect(message.contains("three.csv: 3 neighbours") && message.contains("2"), "\(message)")
    }
    #expect(
      problem { _ = try table([three, ("two.csv", "0\n1\n")], count: 1) }
        .contains("two.csv: has 2 rows; "))
    #expect(
      problem { _ = try table([three], count: 1, rows: [1, 3]) }
        .contains("three.csv: has no row 3; its rows are 0 to 2"))
    #expect(
      problem { _ = try table([("zero.csv", "1,0\n0,0\n0,1\n")], count: 1, metric: .cosine) }
        .contains("zero.csv: row 1"))
  }
}
