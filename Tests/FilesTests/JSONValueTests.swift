import Foundation
import Testing

@testable import Files

@Suite struct JSONValueTests {
  private func value(_ json: String) throws -> JSONValue {
    try JSONValue(Data(json.utf8), file: "a.json", expecting: "a list of things")
  }

  private func problem(_ json: String) -> String {
    let error = #expect(throws: FileError.self) { try value(json) }
    return error?.description ?? ""
  }

  @Test func `every kind of value is read`() throws {
    let json =
      #" {"a": [null, true, false], "b": {"c": "d\u00e9\n"}, "n": [0, -7, 1.5, 1E2, 2e-1]} "#
    #expect(
      try value(json)
        == .object([
          "a": .array([.null, .boolean(true), .boolean(false)]),
          "b": .object(["c": .string("dé\n")]),
          "n": .array([.integer(0), .integer(-7), .number(1.5), .number(100), .number(0.2)]),
        ]))
    #expect(try value("\u{FEFF}3") == .integer(3))
  }

  @Test func `integers are exact as far as an Int goes, and whole numbers are integers`() throws {
    #expect(try value("9007199254740993").integer == 9_007_199_254_740_993)
    #expect(try value("9223372036854775807").integer == .max)
    #expect(try value("9223372036854775808").integer == nil)
    #expect(try value("9223372036854775808").double == 0x1p63)
    #expect(try value("7.0").integer == 7)
    #expect(try value("7.5").integer == nil)
    #expect(try value("true").integer == nil)
    #expect(try value("\"7\"").double == nil)
  }

  @Test func `members and elements are there of their kinds alone`() throws {
    let object = try value(#"{"n": [1, 2.0], "t": ["x"], "mixed": [1, "x"]}"#)
    #expect(object["n"]?.integers == [1, 2])
    #expect(object["t"]?.texts == ["x"])
    #expect(object["mixed"]?.integers == nil && object["mixed"]?.texts == nil)
    #expect(object["none"] == nil && object["n"]?["x"] == nil)
    #expect(object.elements == nil && object["n"]?.members == nil && object.text == nil)
  }

  @Test(arguments: [
    (#"{"a": 1, "b": 2, "a": 3}"#, "a"), (#"{"x": {"a": 1, "a": 1}}"#, "a"),
    (#"[{"a": [], "a" : 1}]"#, "a"), (#"{"a": {"a": 1}, "b": 1, "a": 2}"#, "a"),
    (#"{"é": 1, "\u00e9": 2}"#, "é"), (#"{"a\"": 1, "a\"": 2}"#, "a\""), (#"{"": 1, "": 2}"#, ""),
  ])
  func `a key that is there twice is refused`(json: String, key: String) {
    #expect(problem(json).contains("an object has the key \"\(key)\" twice"))
  }

  @Test(arguments: [
    "{}", "[]", "3", #""a""#, #"{"a": 1, "b": {"a": 1, "b": 2}, "c": {"a": 1}}"#,
    #"{"a": "a", "b": "a"}"#, #"{"a": ["a", "a"], "b": "\"a\":\"a\":"}"#, #"[{"a": 1}, {"a": 1}]"#,
    #"{"a\\": 1, "a": 2, "A": 3}"#,
  ])
  func `values and keys of different objects may be equal`(json: String) throws {
    #expect(throws: Never.self) { try value(json) }
  }

  @Test(arguments: [
    ("", "byte 0: expected a value, found the end of the file"),
    (#"{"a" 1}"#, "byte 5: expected ':' after a key, found '1'"),
    ("[1 2]", "byte 3: expected ',' or ']', found '2'"),
    ("{}x", "byte 2: expected the end of the file, found 'x'"),
    ("[nul]", "byte 1: expected a value, found 'n'"),
    ("[\"a\n\"]", "byte 1: the string has no closing quote"),
    (#""\ud800""#, "byte 1: not an escape sequence of JSON, or half a surrogate pair"),
    (#""\"#, "byte 1: the escape sequence is cut short"),
    ("[01]", "byte 1: expected a value, found 01"), ("[+1]", "byte 1: expected a value, found +1"),
    ("[1.]", "byte 1: expected a value, found 1."), ("[.5]", "byte 1: expected a value, found .5"),
    ("[1e]", "byte 1: expected a value, found 1e"), ("[-]", "byte 1: expected a value, found -"),
    ("[1e999]", "byte 1: the number 1e999 is beyond the range of double precision"),
  ])
  func `a fault names its byte and what the file has to be`(json: String, fault: String) {
    #expect(problem(json) == "a.json: is not a list of things: \(fault)")
  }

  @Test func `bytes that are no text, nesting without end and any cut are errors`() throws {
    let error = #expect(throws: FileError.self) {
      try JSONValue(Data([0x22, 0xFF, 0x22]), file: "a.json", expecting: "text")
    }
    #expect(error?.problem == "is not text: byte 1: not valid UTF-8 text")
    #expect(problem(String(repeating: "[", count: 100_000)).contains("nested more than 64 deep"))
    let whole = Array(#"{"a": [1, -2.5e3, "\u00e9\\", null], "b": {"c": true}}"#.utf8)
    for count in whole.indices {
      #expect(throws: FileError.self) {
        try JSONValue(Data(whole.prefix(count)), file: "a.json", expecting: "whole")
      }
    }
    // Any byte in any place: a value or an error, no trap.
    for place in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = whole
        bytes[place] = byte
        _ = try? JSONValue(Data(bytes), file: "a.json", expecting: "whole")
      }
    }
  }
}
