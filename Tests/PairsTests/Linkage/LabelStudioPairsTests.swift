import Files
import Fixtures
import Foundation
import Testing

@testable import Pairs

struct LabelStudioPairsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A task with the choices of its annotations; nil for one that was cancelled.
  private func task(_ a: Any, _ b: Any, _ choices: [String?]) -> [String: Any] {
    [
      "data": ["a": a, "b": b],
      "annotations": choices.map { choice -> [String: Any] in
        [
          "was_cancelled": choice == nil,
          "result": [
            ["type": "choices", "value": ["choices": [choice ?? "Same"]]] as [String: Any]
          ],
        ]
      },
    ]
  }

  private func read(_ tasks: [[String: Any]]) throws -> LabelStudioPairs {
    let path = try folder.write(
      JSONSerialization.data(withJSONObject: tasks), "export.json")
    return try LabelStudioPairs(path: path, keys: ("a", "b"), choice: "Same")
  }

  @Test func `chains of Same are one label, Different alone is its own, the rest has none`() throws
  {
    let pairs = try read([
      task("x", "y", ["Same"]), task("z", "y", ["same"]), task("v", "w", ["Different"]),
      task("x", "z", ["Different"]), task("u", "x", ["Same", "Different"]),
      task("t", "x", [nil]), task(7, "v", ["Same", "Same", "Different"]),
    ])
    #expect(pairs.undecided == 2)
    let found = try pairs.labels(
      of: ["w", "x", "t", "y", "z", "7", "v", "x"], reserved: "1", source: "pairs.csv")
    // Labels in order of their first rows, without the reserved 1.
    #expect(found.labels == ["0", "2", nil, "2", "2", "3", "3", "2"])
    #expect(found.contradictions == 1)  // x and z, through y
  }

  @Test func `a record that is not there is named`() throws {
    let pairs = try read([task("x", "lost", ["Same"])])
    let error = #expect(throws: FileError.self) {
      try pairs.labels(of: ["x"], reserved: "999", source: "pairs.csv")
    }
    #expect(error?.problem.contains("\"lost\", which is not in pairs.csv") == true)
  }

  @Test(arguments: [
    ("{}", "list of tasks"), ("[1]", "list of tasks"), ("[{\"a\": \"x\"}]", "task 0"),
    ("[{\"data\": {\"a\": \"x\"}, \"annotations\": []}]", "no \"b\""),
    ("[{\"data\": {\"a\": \"x\", \"b\": \"\"}, \"annotations\": []}]", "no \"b\""),
    ("[{\"data\": {\"a\": \"x\", \"a\": \"y\", \"b\": \"z\"}, \"annotations\": []}]", "twice"),
  ])
  func `an export that is not as expected is refused`(text: String, message: String) throws {
    let path = try folder.write(text, "bad.json")
    let error = #expect(throws: FileError.self) {
      try LabelStudioPairs(path: path, keys: ("a", "b"), choice: "Same")
    }
    #expect(error?.problem.contains(message) == true, "\(String(describing: error))")
  }

  @Test func `a record's number is found with a point and without`() throws {
    let pairs = try read([task("3.0", 7, ["Same"])])
    #expect(try pairs.labels(of: ["7", "3"], reserved: "1", source: "p").labels == ["0", "0"])
  }
}
