import Fixtures
import Foundation
import ModelFixtures
import Testing

/// `tokenize` as a user meets it.
struct TokenizeCommandTests {
  @Test func `tokenize writes an array a line`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let outcome = try ProgramRun(
      ["tokenize", "--model", model.folder.path, "--plain"], input: "\"ab\"\n\"A b\"\n\"\"\n")
    #expect(outcome.code == 0)
    // Byte symbols in CLIP's order start at "!"; a word's last one is 256 higher.
    #expect(outcome.output == "[64, 321]\n[320, 321]\n[]\n")
    let padded = try ProgramRun(["tokenize", "--model", model.folder.path], input: "\"ab\"\n")
    let ids = padded.output.dropFirst().dropLast(2).split(separator: ", ")
    #expect(ids.count == 77 && ids.prefix(4) == ["512", "64", "321", "513"])
    let bad = try ProgramRun(["tokenize", "--model", model.folder.path], input: "\"a\"\nb\n")
    #expect(bad.code == 1 && bad.error.contains("line 2 is not a JSON string"))
  }

  @Test func `tokenize reads the built-in vocabulary`() throws {
    let outcome = try ProgramRun(
      ["tokenize", "--model", "builtin"], input: "\"a woven texture.\"\n")
    let ids = outcome.output.dropFirst().dropLast(2).split(separator: ", ")
    #expect(outcome.code == 0 && ids.count == 32, "\(outcome)")
  }

  @Test func `a model must be named and be there`() throws {
    let none = try ProgramRun(["tokenize"])
    #expect(none.code == 2 && none.output.isEmpty && !none.error.isEmpty, "\(none)")
    let absent = try ProgramRun(["tokenize", "--model", "/nowhere"])
    #expect(absent.code == 1 && absent.error.contains("/nowhere"), "\(absent)")
  }
}
