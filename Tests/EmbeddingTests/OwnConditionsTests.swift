import Files
import Runs
import Testing

@testable import Embedding

struct OwnConditionsTests {
  private func lines(_ text: String) throws -> [OwnConditions.Line] {
    try OwnConditions(CSV(text, file: "conditions.csv")).lines
  }

  @Test func `kinds, levels and seeds as people write them`() throws {
    let found = try lines(
      "file,noise,level,seed\nx,none,,\na, haze ,3.0,\nb,haze,1e-3,2\nc,shot,5,1.0\nd,jpeg,2,\n")
    #expect(found.map(\.file) == ["x", "a", "b", "c", "d"])
    #expect(
      found.map(\.condition.name) == ["clean", "haze-3", "haze-0.001-s2", "shot-5-s1", "jpeg-2"])
    #expect(try lines("file,kind,level\nx,fog,0\n").map(\.condition) == [.clean])
    let semicolons = try lines("file;kind;level;seed\na b;haze;0.5;\nc;shot;5;1\n")
    #expect(semicolons.map(\.condition.name) == ["haze-0.5", "shot-5-s1"])
    #expect(semicolons.map(\.file) == ["a b", "c"])
  }

  @Test(arguments: [
    ("file,kind,level\nx,fog,high\n", "line 2, column level: \"high\"; expected a number from 0"),
    ("file,kind,level\nx,fog,-1\n", "line 2, column level: \"-1\"; expected a number from 0"),
    ("file,kind,level\nx,fog,nan\n", "line 2, column level: \"nan\"; expected a number from 0"),
    ("file,kind,level\nx,clean,1\n", "line 2, column level: \"1\"; expected 0"),
    ("file,kind,level\nx,my fog,1\n", "line 2, column kind: \"my fog\"; expected clean, or a name"),
    ("file,kind,level\n,fog,1\n", "line 2, column file: \"\"; expected the name of a file"),
    (
      "file,kind,level,seed\na,fog,1,\nb,fog,1,x\n",
      "line 3, column seed: \"x\"; expected a whole number from 0"
    ),
    ("file,kind,level,seed\nb,fog,1,0.5\n", "line 2, column seed: \"0.5\"; expected a whole"),
    ("file,kind,level\nx,gaussian,1\n", "line 2, column kind: gaussian draws random numbers"),
    (
      "file,kind,level\nx,fog,1\ny,fog,1.0\n", "line 3: the condition fog-1 stands on line 2 too"
    ),
    ("file,kind\nx,fog\n", "has no column \"level\""),
    ("file,level\nx,1\n", "has no column \"kind\" or \"noise\""),
    ("file,kind,level\n", "lists no file of embeddings"),
    (
      "file,kind,level,Seed\nx,fog,1,2\n", "has the column \"Seed\"; expected \"seed\""
    ),
    ("file,kind,level, seed\nx,fog,1,2\n", "has the column \" seed\"; expected \"seed\""),
    (
      "file,kind,noise,level\na,clean,none,0\nx,fog,rain,1\n",
      "line 3, column noise: \"rain\"; expected \"fog\" as in the column kind"
    ),
    (
      "file,kind,level\nx,\(String(repeating: "k", count: 101)),1\n",
      "line 2, column kind: the name of its kind has 101 letters; expected at most 100"
    ),
    ("file,kind,level\nx,x-5e,3\n", "column kind: x-5e of level 3 would be called x-5e-3"),
  ])
  func `what is no condition is named with line and column`(text: String, words: String) {
    let error = #expect(throws: FileError.self) { try lines(text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func `columns that are not used are named`() throws {
    let table = try OwnConditions(
      CSV(",file,kind,level,note\n0,x,fog,1,mine\n", file: "conditions.csv"))
    #expect(table.lines.map(\.condition.name) == ["fog-1"])
    #expect(
      table.remarks == [
        "conditions.csv: not used: a column without a name, the column \"note\"; expected file,kind,level,seed"
      ])
    #expect(
      try OwnConditions(CSV("file,noise,level\nx,fog,1\n", file: "c")).remarks.isEmpty)
  }
}
