import Foundation
import Testing

@testable import Files

@Suite struct JSONScannerTests {
  private func scanner(_ json: String) throws -> JSONScanner {
    try JSONScanner(Data(json.utf8), file: "a.json")
  }

  @Test func `members are handed over in the file's order, keys as their bytes`() throws {
    // The second and the third key are equivalent, and different.
    var scanner = try scanner("{\"b\": 2, \"\u{E9}\": 3, \"e\u{301}\": [4], \"b\": 5}")
    var found: [([UInt8], Int)] = []
    try scanner.object { key, scanner in
      if scanner.isAtArray {
        try scanner.array { found.append((key, try $0.integer())) }
      } else {
        found.append((key, try scanner.integer()))
      }
    }
    try scanner.end()
    #expect(found.map(\.0) == [[0x62], [0xC3, 0xA9], [0x65, 0xCC, 0x81], [0x62]])
    #expect(found.map(\.1) == [2, 3, 4, 5])
  }

  @Test func `of a key that is there twice the last counts, unless it is refused`() throws {
    let json = Data(#"{"a": 1, "a": 2}"#.utf8)
    var lenient = try JSONScanner(json, file: "a.json")
    #expect(try lenient.value() == .object(["a": .integer(2)]))
    var strict = try JSONScanner(json, file: "a.json", refusesRepeatedKeys: true)
    #expect(throws: FileError("a.json", "byte 15: an object has the key \"a\" twice")) {
      try strict.value()
    }
  }

  @Test func `what is not an integer is an error that leaves the scanner before it`() throws {
    var scanner = try scanner(" 6.5 ")
    #expect(throws: FileError("a.json", "byte 1: expected an integer, found 6.5")) {
      try scanner.integer()
    }
    #expect(try scanner.value() == .number(6.5))
    #expect(scanner.fault("x") == FileError("a.json", "byte 4: x"))
  }

  @Test func `a scanner that has failed at the end can be asked again`() throws {
    var scanner = try scanner(#""\"#)
    #expect(throws: FileError.self) { try scanner.string() }
    #expect(throws: FileError.self) { try scanner.integer() }
    #expect(throws: FileError.self) { try scanner.value() }
  }
}
