import Testing

@testable import Runs

struct ScopeTests {
  private let diagrams: FilePattern = "diagrams/SCOPE-CONDITION.csv"

  @Test(arguments: ["clean", "gaussian-0.5-s0", "gaussian-1e-05-s12", "shot-3-s1", "blur-3"])
  func `a run's diagrams are known by their names`(name: String) throws {
    let condition = try #require(Condition(name: name))
    for scope in ["all", "class-dotted", "class-a/b", "class-x-clean", "class-blur-2"] {
      let file = Scope(name: scope, rows: []).diagramFile(condition)
      #expect(diagrams.matches(file, of: [condition]), "\(file)")
    }
  }

  @Test(arguments: [
    "notes.csv", "all.csv", "all-.csv", "all-clean.png", "class-dotted.csv", "all-blur-9.csv",
    "all-blur-3-s0.csv", "all-gaussian-1.csv", "mine-clean.csv",
  ])
  func `files of the user's own are none`(name: String) {
    #expect(!diagrams.matches("diagrams/" + name))
  }

  @Test(arguments: ["clean", "gaussian-1e-05-s12"])
  func `a class of any name has a file of its own, which is known`(name: String) throws {
    let condition = try #require(Condition(name: name))
    let names =
      (240...300).map { String(repeating: "x", count: $0) }
      + [
        String(repeating: "é", count: 200), "a\nb", "a\0b", "/\u{301}../../up", "\u{301}x",
        "x\u{600}", "..", "a%2Fb", "",
      ]
    let files = names.map { Scope.diagramFile("class-" + $0, condition) }
    #expect(Set(files).count == names.count)
    for file in files {
      let parts = file.utf8.split(separator: UInt8(ascii: "/"))
      #expect(parts.count == 2 && parts[1].count <= 255, "\(file)")
      #expect(diagrams.matches(file, of: [condition]), "\(file)")
      #expect(!diagrams.matches(file, of: []))
    }
  }
}
