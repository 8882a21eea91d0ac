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
}
