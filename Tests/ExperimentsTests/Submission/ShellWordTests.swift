import Files
import Foundation
import Testing

@testable import Experiments

struct ShellWordTests {
  @Test func `plain words stay as they are`() throws {
    #expect(try ShellWord.quoted("/runs/dtd-1_2.x,y:z=@+") == "/runs/dtd-1_2.x,y:z=@+")
    #expect(try ShellWord.quoted("") == "''")
    #expect(try ShellWord.quoted("a b") == "'a b'")
    #expect(try ShellWord.quoted("it's") == #"'it'\''s'"#)
    #expect(try ShellWord.quoted("~") == "'~'")
  }

  @Test(arguments: [
    "a b", "it's", "''", "\"", "$HOME", "`date`", "a\\b", "\\", "!x", "*", "{a,b}", "#", "a\tb",
    "é 漢",
    "'", ";exit", "-n", "'\u{301}$(echo 1)", "a'\u{200D}'b", "$\u{301}{HOME}", "\\\u{301}",
    "e\u{301}",
  ])
  func `Bash reads every word as it was`(word: String) throws {
    let result = try ProgramResult(
      running: "bash", ["-c", "printf '%s|' \(try ShellWord.line([word, "end"]))"])
    #expect(result.output == word + "|end|")
  }

  @Test(arguments: ["a\nb", "a\r\nb", "a\rb", "a\0b"])
  func `a line end is refused`(word: String) {
    #expect(throws: FileError.self) { try ShellWord.quoted(word) }
  }
}
