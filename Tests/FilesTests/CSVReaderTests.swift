import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct CSVReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func records(_ text: String) throws -> [CSV.Record] {
    try records(Data(text.utf8))
  }

  private func records(_ data: Data) throws -> [CSV.Record] {
    var reader = try CSVReader(path: folder.write(data, "table.csv"))
    var records: [CSV.Record] = []
    while let record = try reader.next() { records.append(record) }
    #expect(reader.digest == Digest(of: data))
    return records
  }

  private func problem(_ data: Data, limit: Int = 1 << 24) throws -> String? {
    let path = try folder.write(data, "table.csv")
    let error = #expect(throws: FileError.self) {
      var reader = try CSVReader(path: path, recordLimit: limit)
      while try reader.next() != nil {}
    }
    return error?.problem
  }

  @Test func `records come one by one with their lines`() throws {
    let found = try records("\u{FEFF}a,b\n1,2\r\n\n\"x\ny\",\"say \"\"hi\"\"\"\nlast,")
    #expect(found.map(\.fields) == [["1", "2"], ["x\ny", "say \"hi\""], ["last", ""]])
    #expect(found.map(\.line) == [2, 4, 6])
  }

  /// Two routes: cut anywhere, the bytes give what they give as a whole.
  @Test func `a scanner that gets its bytes one by one reads what it reads of the whole`() throws {
    let texts = [
      "a;b\n1;2\r\n\"x;\"\"y\n\"\"\";z", "a,b\r\n\r\n1,2\r", "a\tb\n1\t\"2\"\n", "é,🙂\nü,\"ß\"\n",
      "a,b\n1,\n,2\n\"\",\"\"\n", "\n\n\"a\nb\",c\n1,2",
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      let whole = try CSV.records(text, file: "t", separator: nil)
      var scanner = CSVScanner(file: "t")
      var found: [CSV.Record] = []
      var given: [UInt8] = []
      loop: while true {
        switch try scanner.next(in: given, isWhole: given.count == bytes.count) {
        case .record(let record): found.append(record)
        case .end: break loop
        case .more: given.append(bytes[given.count])
        }
      }
      #expect(found == whole, "\(text)")
    }
  }

  @Test func `a file of several pieces is read like its text`() throws {
    var stream = RandomStream(domain: "test/csv", seed: 1)
    var text = "id,caption,plain\n"
    for row in 0..<20_000 {
      let length = Int.random(in: 0..<60, using: &stream)
      let field = String(repeating: ["é", "\"\"", ",", "\n", "🙂"][row % 5], count: length)
      // Characters of several bytes lie over the ends of pieces, in quotes and outside.
      let plain = String(repeating: "🙂é", count: length / 8)
      text += "\(row),\"\(field)\",\(plain)\(row % 3 == 0 ? "\r\n" : "\n")"
    }
    #expect(text.utf8.count > 3 << 18)
    let found = try records(text)
    #expect(found == (try CSV(text, file: "t").records))
  }

  @Test func `bytes that are no text are told by line and byte`() throws {
    let bytes = Data("a,b\n1,2\nx,".utf8) + [0xC3, 0x28] + Data("\n".utf8)
    let expected = "line 3, byte 10 of the file: is not UTF-8 text; save it as UTF-8"
    #expect(try problem(bytes) == expected)
    let path = try folder.write(bytes, "other.csv")
    #expect(throws: FileError(path, expected)) { try CSV(path: path) }
    let late = Data(("a\n" + String(repeating: "x\n", count: 300_000)).utf8) + [0xFF]
    #expect(try problem(late)?.hasPrefix("line 300002, byte 600002 of the file") == true)
  }

  @Test func `what is wrong far behind is told with its line`() throws {
    let rows = String(repeating: "1,2\n", count: 200_000)
    #expect(
      try problem(Data(("a,b\n" + rows + "3\n").utf8))?.hasPrefix("line 200002: 1 fields") == true)
    #expect(
      try problem(Data(("a,b\n" + rows + "3,\"4\n").utf8))
        == "line 200002: a quoted field is never closed")
    let open = Data(("a,b\n1,\"" + String(repeating: "x", count: 3 << 20)).utf8)
    #expect(
      try problem(open, limit: 1 << 20)?.hasPrefix("line 2: the record that begins here") == true)
    #expect(try problem(Data())?.hasPrefix("is empty") == true)
    #expect(try problem(Data("a,a\n".utf8))?.contains("two columns named") == true)
    #expect(try problem(Data([0x1F, 0x8B, 8, 0]))?.contains("gzip") == true)
  }

  @Test func `folders and pipes are refused`() throws {
    #expect(throws: FileError.self) { try CSVReader(path: folder.path) }
    #expect(throws: FileError.self) { try CSVReader(path: "/dev/null") }
    #expect(throws: FileError.self) { try CSVReader(path: folder.path + "/none.csv") }
  }
}
