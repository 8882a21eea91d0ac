import Fixtures
import Testing

@testable import Files

struct SpellingTests {
  private let composed = "\u{E9}"
  private let decomposed = "e\u{301}"

  @Test func `names of one spelling pass, however often they occur`() throws {
    try requireOneSpelling(["a", "b", "a"], in: "f", what: "the class")
    try requireOneSpelling([composed, "e", composed], in: "f", what: "the class")
    try requireOneSpelling([decomposed, "a", decomposed], in: "f", what: "the class")
    try requireOneSpelling([], in: "f", what: "the class")
  }

  @Test func `two spellings are told with their bytes and places`() {
    let error = #expect(throws: FileError.self) {
      try requireOneSpelling(
        ["a", composed, composed, decomposed], in: "f.csv", what: "the class"
      ) { "line \($0 + 2)" }
    }
    #expect(error?.file == "f.csv")
    #expect(
      error?.problem.hasPrefix(
        "the class \"\(decomposed)\" (bytes 65 cc 81) at line 5 is spelled otherwise at line 3: "
          + "\"\(composed)\" (bytes c3 a9); the two look alike") == true,
      "\(String(describing: error))")
    let without = #expect(throws: FileError.self) {
      try requireOneSpelling([decomposed, composed], in: "d", what: "the folder")
    }
    #expect(without?.problem.contains("(bytes c3 a9) is spelled otherwise: \"") == true)
  }

  @Test func `letters that stand for others are spellings too`() {
    // The signs for kelvin and ångström.
    for (sign, letter) in [("\u{212A}", "K"), ("\u{212B}", "\u{C5}")] {
      #expect(throws: FileError.self) {
        try requireOneSpelling([letter, sign], in: "f", what: "the class")
      }
    }
  }

  @Test func `the other spelling of a name is found where the name itself is not`() {
    #expect(["a", composed].otherSpelling(of: decomposed)?.utf8.count == 2)
    #expect(["a", composed, decomposed].otherSpelling(of: decomposed) == nil)
    #expect(["a", "e"].otherSpelling(of: decomposed) == nil)
  }

  @Test func `a path that is missing is told when its folder spells it otherwise`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("x", "caf\(decomposed)/\(decomposed)0.png")
    var spellings = SpellingsOnDisk()
    let inFolder = spellings.problem(ofMissing: "\(folder.path)/caf\(composed)/\(decomposed)0.png")
    #expect(
      inFolder?.hasPrefix(
        "\"caf\(composed)\" (bytes 63 61 66 c3 a9) is spelled otherwise in \(folder.path): "
          + "\"caf\(decomposed)\" (bytes 63 61 66 65 cc 81); ") == true, "\(inFolder ?? "")")
    let inFile = spellings.problem(ofMissing: "\(folder.path)/caf\(decomposed)/\(composed)0.png")
    #expect(inFile?.contains("(bytes 65 cc 81 30 2e 70 6e 67)") == true)
    #expect(spellings.problem(ofMissing: "\(folder.path)/caf\(decomposed)/\(composed)1.png") == nil)
    #expect(spellings.problem(ofMissing: "\(folder.path)/absent.png") == nil)
  }

  @Test func `reading a file that is spelled otherwise says so`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("x", "\(decomposed).csv")
    let path = "\(folder.path)/\(composed).csv"
    for read in [
      { _ = try FileContents.read(path) }, { _ = try NumPyFile.RowReader(path: path) },
    ] as [() throws -> Void] {
      let error = #expect(throws: FileError.self) { try read() }
      #expect(error?.problem.contains("is spelled otherwise in \(folder.path)") == true)
    }
  }
}
