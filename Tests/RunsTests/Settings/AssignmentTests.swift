import Fixtures
import Foundation
import Testing

@testable import Runs

struct AssignmentTests {
  @Test func `the first equals sign parts the path from the text`() throws {
    let assignment = try Assignment(argument: "a.b=c=d")
    #expect(assignment.keys == ["a", "b"] && assignment.text == "c=d")
    #expect(assignment.place == "--set a.b=c=d")
  }

  @Test(arguments: ["", "=", "=1", "a"])
  func `a key and a value are needed`(argument: String) {
    #expect(
      problem { _ = try Assignment(argument: argument) }
        == "--set \(argument): expected key.path=value")
  }

  @Test(arguments: [0, 17, 50_000])
  func `one that a plan keeps has a path of some keys`(count: Int) throws {
    let keys = String(repeating: "\"a\",", count: count).dropLast()
    let json = Data("{\"keys\": [\(keys)], \"text\": \"1\", \"place\": \"--set\"}".utf8)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Assignment.self, from: json)
    }
    #expect(error?.problem == "keys: \(count) keys; expected 1 to 16")
  }

  @Test func `a path of many keys is refused, and its message is short`() throws {
    let path = Array(repeating: "a", count: 16).joined(separator: ".")
    #expect(try Assignment(argument: path + "=1").keys.count == 16)
    let told = problem {
      _ = try Assignment(argument: String(repeating: "a.", count: 50_000) + "b=1")
    }
    #expect(
      told.hasSuffix("…: has a path of 50001 keys; expected at most 16, as in key.path=value"))
    #expect(told.count < 400)
  }
}
