import Foundation
import Testing

@testable import Files

struct JSONKeysTests {
  @Test(arguments: [
    (#"{"a": 1, "b": 2, "a": 3}"#, "a"), (#"{"x": {"a": 1, "a": 1}}"#, "a"),
    (#"[{"a": [], "a" : 1}]"#, "a"), (#"{"a": {"a": 1}, "b": 1, "a": 2}"#, "a"),
    (#"{"é": 1, "\u00e9": 2}"#, "é"), (#"{"a\"": 1, "a\"": 2}"#, "a\""), (#"{"": 1, "": 2}"#, ""),
  ])
  func `a key that is there twice is found`(json: String, key: String) {
    #expect(JSONKeys.firstRepeated(in: Data(json.utf8)) == key)
  }

  @Test(arguments: [
    "{}", "[]", "3", #""a""#, "", #"{"a": 1, "b": {"a": 1, "b": 2}, "c": {"a": 1}}"#,
    #"{"a": "a", "b": "a"}"#, #"{"a": ["a", "a"], "b": "\"a\":\"a\":"}"#, #"[{"a": 1}, {"a": 1}]"#,
    #"{"a\\": 1, "a": 2, "A": 3}"#,
  ])
  func `values and keys of different objects may be equal`(json: String) {
    #expect(JSONKeys.firstRepeated(in: Data(json.utf8)) == nil)
  }

  @Test func `text that is no JSON is survived`() {
    for json in ["{\"a", "\"", "\\", "}]", "{\"a\\", "{\"a\":1,\"a\""] {
      #expect(JSONKeys.firstRepeated(in: Data(json.utf8)) == nil)
    }
  }
}
