import Testing

@testable import Experiments

struct ProgramResultTests {
  @Test func `streams and code are those of the program`() throws {
    let result = try ProgramResult(
      running: "sh", ["-c", "echo \"$1\"; echo wrong >&2; exit 3", "sh", "a b'c"])
    #expect(result == ProgramResult(code: 3, output: "a b'c\n", error: "wrong"))
  }

  @Test func `a signal is a code of its own, and so is no program`() throws {
    #expect(try ProgramResult(running: "sh", ["-c", "kill -9 $$"]).code == 137)
    #expect(try ProgramResult(running: "no-program-of-this-name", []).code == 127)
  }
}
