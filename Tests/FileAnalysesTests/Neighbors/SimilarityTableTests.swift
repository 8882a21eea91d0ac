import Files
import Fixtures
import Testing

@testable import FileAnalyses

struct SimilarityTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(
    _ texts: [String], bins: Int = 4, sample: Int? = nil, seed: UInt64 = 0
  ) throws -> SimilarityTable {
    try SimilarityTable(
      inputs: texts.enumerated().map { try folder.write($1, "\($0).csv") }, bins: bins,
      sample: sample, seed: seed, isQuiet: true)
  }

  @Test func `the cosines of four rows, by hand`() throws {
    // Two opposite, one across, one a copy of the first: −1, 0, 1 (left out), 0, −1, 0.
    let table = try table(["1,0\n-2,0\n0,3\n5,0\n"])
    let name = folder.path + "/0.csv"
    #expect(
      table.csv
        == "input,low,high,count,share\n\(name),-1,-0.5,2,0.4\n\(name),-0.5,0,0,0\n"
        + "\(name),0,0.5,3,0.6\n\(name),0.5,1,0,0\n")
    let summary = try CSV(table.summary, file: "summary")
    #expect(
      summary.header == [
        "input", "rows", "pairs", "duplicates", "mean", "standard_deviation", "minimum", "maximum",
      ])
    let line = summary.records[0].fields
    #expect(line.prefix(5).joined(separator: " ") == "\(name) 4 5 1 -0.4")
    #expect(abs((Double(line[5]) ?? .nan) - 0.24.squareRoot()) < 1e-12)
    #expect(line.suffix(2) == ["-1", "0"])
    #expect(
      table.messages == [
        "\(name): 4 rows, 5 pairs, mean -0.400, standard deviation 0.490; "
          + "1 pairs of cosine 0.999 and more left out"
      ])
  }

  @Test func `edges of bins are the shortest that they can be`() throws {
    let rows = try CSV(table(["1,0\n0,1\n"], bins: 3).csv, file: "table").records
    #expect(rows.map { $0.fields[1] } == ["-1", "-0.3333333333333333", "0.3333333333333333"])
    let hundred = try CSV(table(["1,0\n0,1\n"], bins: 100).csv, file: "table").records
    #expect(hundred.allSatisfy { $0.fields[1].count <= 5 && $0.fields[2].count <= 5 })
    #expect(zip(hundred, hundred.dropFirst()).allSatisfy { $0.fields[2] == $1.fields[1] })
  }

  @Test func `several inputs follow one another`() throws {
    let rows = try CSV(table(["1,0\n0,1\n", "1,0\n-1,0\n"], bins: 2).csv, file: "table").records
    #expect(rows.map { $0.fields[3] } == ["0", "1", "1", "0"])
    #expect(rows.map { $0.fields[0].suffix(5) } == ["0.csv", "0.csv", "1.csv", "1.csv"])
  }

  @Test func `copies alone leave no number, and no nan`() throws {
    let table = try table(["1,2\n2,4\n"], bins: 1)
    #expect(table.csv.hasSuffix("0.csv,-1,1,0,\n"), "\(table.csv)")
    #expect(table.summary.hasSuffix("0.csv,2,0,1,,,,\n"), "\(table.summary)")
    #expect(table.messages[0].contains("0 pairs, so no mean; 1 pairs"))
  }

  @Test func `a sample of rows, drawn by a seed`() throws {
    let rows = (0..<30).map { "\($0),1,\($0 * $0 % 7)\n" }.joined()
    let drawn = try CSV(table([rows], sample: 5).summary, file: "summary").records[0].fields
    #expect(drawn[1] == "5")
    #expect((Int(drawn[2]) ?? 0) + (Int(drawn[3]) ?? 0) == 10)
    #expect(try table([rows], sample: 5).csv == table([rows], sample: 5).csv)
    #expect(try table([rows], sample: 5).csv != table([rows], sample: 5, seed: 1).csv)
    #expect(try table([rows], sample: 500).summary == table([rows]).summary)
  }

  @Test func `bad inputs are named`() {
    #expect(problem { _ = try table(["1,2\n"]) }.contains("0.csv: pairs need 2 rows"))
    #expect(
      problem { _ = try table(["1,2\n0,0\n"]) }.contains(
        "0.csv: row 1 (counted from 0) is all zeros"))
    #expect(
      problem { _ = try table(["1,2\n3,4\n", "nan,1\n"]) }.contains("1.csv: row 0, column 0"))
  }

  @Test func `pairs of nearly one direction can be kept`() throws {
    let path = try folder.write("1,0.01\n1,0.0\n1,-0.01\n", "cone.csv")
    func table(_ keeps: Bool) throws -> SimilarityTable {
      try SimilarityTable(
        inputs: [path], bins: 2, sample: nil, seed: 0, keepsDuplicates: keeps, isQuiet: true)
    }
    #expect(try table(true).csv.contains("\(path),0,1,3,1\n"))
    #expect(
      try table(true).messages == [
        "\(path): 3 rows, 3 pairs, mean 0.9999, standard deviation 0.0001"
      ])
    #expect(try table(false).messages[0].hasSuffix("left out (--keep-duplicates counts them)"))
  }
}
