import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct CSVTests {
  private func table(_ text: String) throws -> CSV { try CSV(text, file: "table.csv") }

  private func problem(_ text: String) -> String? {
    let error = #expect(throws: FileError.self) { try table(text) }
    #expect(error?.file == "table.csv")
    return error?.problem
  }

  @Test func `fields are separated by commas and records by line ends`() throws {
    let csv = try table("a,b\n1,2\n3,4\n")
    #expect(csv.header == ["a", "b"])
    #expect(csv.records.map(\.fields) == [["1", "2"], ["3", "4"]])
    #expect(csv.records.map(\.line) == [2, 3])
  }

  /// What a spreadsheet and `to_csv(sep=)` write; the header tells.
  @Test(arguments: [";", "\t"], ["\n", "\r\n"])
  func `semicolons or tabs in the header separate in place of commas`(
    _ separator: String, _ end: String
  ) throws {
    let lines = ["row,class,note", "0,\"a;\tb\",x", "1,\"c\"\"d\",", "2,,\"y\nz\""]
    let text = lines.map { $0.replacing(",", with: separator) + end }.joined()
    let csv = try table(end + text)
    #expect(csv.header == ["row", "class", "note"])
    #expect(
      csv.records.map(\.fields) == [["0", "a;\tb", "x"], ["1", "c\"d", ""], ["2", "", "y\nz"]])
    #expect(csv.records.map(\.line) == [3, 4, 5])
    #expect(
      problem(text + "3\(separator)x\n".replacing(separator, with: separator))
        == "line 6: 2 fields, the header has 3"
    )
    // Commas in fields are part of them.
    #expect(
      try table("a\(separator)b\n1,5\(separator)2\n").records[0].fields == ["1,5", "2"])
  }

  @Test func `a comma in the header, or one column alone, is what it was`() throws {
    #expect(try table("a;x,b\ty\n1;2,3\n").header == ["a;x", "b\ty"])
    #expect(try table("\"a;b\"\nx;y\n").records[0].fields == ["x;y"])
    #expect(try table("class\na;b\nc\td\n").records.map(\.fields) == [["a;b"], ["c\td"]])
    #expect(try table("\"a,b\";c\n1;2\n").header == ["a,b", "c"])
    #expect(try table("a;b\tc\n1;2\n").header == ["a", "b\tc"])
  }

  @Test func `the last line needs no end`() throws {
    for end in ["", "\n", "\r\n", "\r"] {
      #expect(try table("a,b\n1,2" + end).records.map(\.fields) == [["1", "2"]])
    }
    #expect(try table("a,b").records.isEmpty)
  }

  @Test func `line ends may be CRLF`() throws {
    let csv = try table("a,b\r\n1,2\r\n\"3\",\"4\"\r\n")
    #expect(csv.header == ["a", "b"])
    #expect(csv.records.map(\.fields) == [["1", "2"], ["3", "4"]])
    #expect(csv.records.map(\.line) == [2, 3])
  }

  @Test func `quoted fields hold commas, doubled quotes and line ends`() throws {
    let csv = try table("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"one\ntwo\r\nthree\",\"\"\nlast,z\n")
    #expect(csv.records[0].fields == ["x,y", "say \"hi\""])
    #expect(csv.records[1].fields == ["one\ntwo\r\nthree", ""])
    #expect(csv.records.map(\.line) == [2, 3, 6])
    #expect(try table("a\n\"\"\"\"\n").records[0].fields == ["\""])
  }

  @Test func `spaces belong to their field`() throws {
    #expect(try table("a, b\n 1 ,\t2\n").header == ["a", " b"])
    #expect(try table("a, b\n 1 ,\t2\n").records[0].fields == [" 1 ", "\t2"])
  }

  @Test func `an empty field is a field`() throws {
    #expect(try table("a,b,c\n,,\n").records[0].fields == ["", "", ""])
    #expect(try table("a,b\n1,").records[0].fields == ["1", ""])  // a trailing comma at the end
    #expect(problem("a,b\n1,2,\n") == "line 2: 3 fields, the header has 2")
  }

  @Test func `blank lines are passed over and counted`() throws {
    let csv = try table("\n\na\n\n1\n\r\n2\n\n")
    #expect(csv.header == ["a"])
    #expect(csv.records == [.init(line: 5, fields: ["1"]), .init(line: 7, fields: ["2"])])
  }

  @Test func `an empty quoted field is no blank line`() throws {
    #expect(try table("a\n\"\"\n").records == [.init(line: 2, fields: [""])])
  }

  @Test func `faults are named with their line`() {
    #expect(problem("a,b\n1,\"2\n3,4\n") == "line 2: a quoted field is never closed")
    #expect(problem("a,b\n\"1\n\n2\",\"3") == "line 4: a quoted field is never closed")
    #expect(problem("a,b\n\"1\n\"x,2\n") == "line 3: text after the closing quote of a field")
    #expect(problem("a,b\n\"1\" ,2\n") == "line 2: text after the closing quote of a field")
    #expect(problem("a,b\n\"1\n2\",3\n4\n") == "line 4: 1 fields, the header has 2")
    #expect(problem("") == "is empty; expected a header line")
    #expect(problem("\n\r\n") == "is empty; expected a header line")
  }

  @Test func `nothing after a lone carriage return is lost`() {
    #expect(problem("a,b\n1,\"2\"\r3,4\n") == "line 2: text after the closing quote of a field")
    #expect(
      problem("a,b\r1,2\r")?.hasPrefix("line 1: a carriage return without a line feed") == true)
  }

  @Test func `a quote inside a field that is not quoted is refused`() {
    #expect(problem("a,b\nx, \"y,z\"\n")?.hasPrefix("line 2: a quote inside a field") == true)
  }

  @Test func `columns are found by name`() throws {
    let csv = try table("path,class\n")
    #expect(try csv.column("class") == 1)
    let error = #expect(throws: FileError.self) { try csv.column("label") }
    #expect(error?.problem == "has no column \"label\"; its columns are path, class")
  }

  @Test func `a column that is there twice is refused`() {
    #expect(problem("a,b,a\n")?.contains("two columns named \"a\"") == true)
  }

  @Test func `a byte-order mark is no part of the header`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("\u{FEFF}path,class\nx,y\n", "marked.csv")
    #expect(try CSV(path: path).header == ["path", "class"])
  }

  @Test func `a quote with a mark above it is doubled as any`() throws {
    let fields = ["\"\u{301}a", "b\u{600}\"", "\r\u{301}\n"]
    let read = try CSV("a,b,c\n" + CSV.line(fields), file: "marks.csv")
    #expect(read.records[0].fields.map { Array($0.utf8) } == fields.map { Array($0.utf8) })
  }

  @Test func `written lines are quoted only where they must be`() {
    #expect(CSV.line(["a", "b c", ""]) == "a,b c,\n")
    #expect(CSV.line(["a,b", "\"", "\n", "\r"]) == "\"a,b\",\"\"\"\",\"\n\",\"\r\"\n")
    #expect(CSV.line([""]) == "\"\"\n")
  }

  /// Found by fuzzing: a column alone whose name has what separates fields elsewhere.
  @Test(arguments: ["x;", ";", "a\tb", "a;b\tc", "a", ""])
  func `a column alone reads back, whatever is in its name`(name: String) throws {
    let read = try CSV([[name], ["1;2"], ["\t"], [""]].map(CSV.line).joined(), file: "alone.csv")
    #expect(read.header == [name])
    #expect(read.records.map(\.fields) == [["1;2"], ["\t"], [""]])
  }

  @Test func `what is written reads back`() throws {
    var stream = RandomStream(domain: "test/csv", seed: 0)
    let alphabet = Array("ab,,\"\"\n\r é,🂡") + ["\r\n"]
    let rows = (0..<500).map { _ in
      (0..<Int.random(in: 1...4, using: &stream)).map { _ in
        String(
          (0..<Int.random(in: 0...5, using: &stream)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &stream)]
          })
      }
    }
    let text = rows.map(CSV.line).joined()
    let read = try CSV.records(text, file: "random.csv")
    #expect(read.count == rows.count)
    var line = 1
    for (record, row) in zip(read, rows) {
      #expect(record == .init(line: line, fields: row))
      line += CSV.line(row).utf8.count { $0 == UInt8(ascii: "\n") }
    }
  }

  @Test func `two spellings of a column are told, and a million columns are read`() throws {
    #expect(
      problem("\u{E9},a,e\u{301}\n")?.contains("at field 3 is spelled otherwise at field 1") == true
    )
    let names = (0..<1_000_000).map { "\($0)" }
    let table = try CSV(CSV.line(names), file: "wide.csv")
    #expect(table.header == names)
    let error = #expect(throws: FileError.self) { try table.column("x") }
    #expect((error?.problem.utf8.count ?? .max) < 1000)
  }
}
