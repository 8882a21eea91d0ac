import Fixtures
import Foundation
import Testing

@testable import Files

struct LabelsFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, rowCount: Int? = nil) throws -> LabelsFile {
    try LabelsFile(path: folder.write(text, "labels.csv"), rowCount: rowCount)
  }

  private func problem(_ text: String, rowCount: Int? = nil) -> String {
    let error = #expect(throws: FileError.self) { try read(text, rowCount: rowCount) }
    #expect(error?.file.hasSuffix("labels.csv") == true)
    return error?.problem ?? ""
  }

  @Test func `labels by row or by path or both`() throws {
    let byRow = try read("row,class\n0,dotted\n1,\"a, b\"\n", rowCount: 2)
    #expect(byRow.classes == ["dotted", "a, b"])
    #expect(byRow.paths == nil)
    let byPath = try read("path,class\nx.png,dotted\ny.png,zigzag\n")
    #expect(byPath.classes == ["dotted", "zigzag"])
    #expect(byPath.paths == ["x.png", "y.png"])
    let both = try read("class,split,path,row\ndotted,test,x.png,0\n", rowCount: 1)
    #expect(both.classes == ["dotted"] && both.paths == ["x.png"])
  }

  @Test func `the column of classes is named class or label, and both must say the same`() throws {
    #expect(try read("row,label\n0,dotted\n1,woven\n").classes == ["dotted", "woven"])
    #expect(try read("label,class\na,a\nb,b\n").classes == ["a", "b"])
    #expect(
      problem("label,class\na,a\n\n0,b\n").hasPrefix(
        "line 4: class is \"b\" and label is \"0\", and either names the class"))
    #expect(problem("row,label\n0,\n") == "line 2: the class is empty")
  }

  @Test func `rows out of order are named with their line`() {
    #expect(
      problem("row,class\n0,a\n2,b\n1,c\n")
        == "line 3: row is \"2\"; expected 1, rows stand in order from 0")
    #expect(problem("row,class\n1,a\n").hasPrefix("line 2: row is \"1\"; expected 0"))
    #expect(problem("row,class\n0,a\nx,b\n").hasPrefix("line 3: row is \"x\""))
  }

  @Test func `an empty class and a wrong count are refused`() {
    #expect(problem("row,class\n0,a\n\n1,\n") == "line 4: the class is empty")
    #expect(problem("row,class\n0,a\n", rowCount: 2) == "labels 1 rows; the matrix has 2")
    #expect(problem("row,class\n0,a\n1,b\n", rowCount: 1) == "labels 2 rows; the matrix has 1")
  }

  @Test func `a file without classes is refused`() {
    #expect(
      problem("row,kind\n0,a\n")
        == "has no column \"class\" or \"label\"; its columns are row, kind")
    #expect(problem("").contains("is empty"))
    #expect(problem("row,class\n0,a,b\n").contains("line 2: 3 fields"))
  }

  @Test func `two spellings of a class or a path are told with both lines`() {
    #expect(
      problem("row,path,class\n0,a,\u{E9}\n1,b,e\u{301}\n2,c,x\n").hasPrefix(
        "the class \"e\u{301}\" (bytes 65 cc 81) at line 3 is spelled otherwise at line 2: "
          + "\"\u{E9}\" (bytes c3 a9); "))
    #expect(
      problem("path,class\n\u{E9}.png,a\ne\u{301}.png,a\n").hasPrefix(
        "the path \"e\u{301}.png\" (bytes 65 cc 81 2e 70 6e 67) at line 3 is spelled otherwise"))
  }

  @Test func `a word for a missing class is refused with its line, as an empty one`() throws {
    let words = "a word for a missing one, as an empty field is"
    #expect(problem("class\n1.0\nNaN\n0.0\n") == "line 3: the class is \"NaN\", \(words)")
    #expect(problem("row,label\n0,b\n\n1,NA\n") == "line 4: the class is \"NA\", \(words)")
    #expect(problem("class,label\n1,1\nnull,\n") == "line 3: the class is \"null\", \(words)")
    // A run may have such a class: its list says so.
    func classes(known: [String]) throws -> [String] {
      try LabelsFile(
        path: folder.write("class\nNA\nDE\n", "labels.csv"), rowCount: 2, known: known
      ).classes
    }
    #expect(try classes(known: ["DE", "NA"]) == ["NA", "DE"])
    let error = #expect(throws: FileError.self) { try classes(known: ["DE", "FR"]) }
    #expect(error?.problem == "line 2: the class is \"NA\", \(words)")
  }

  @Test(arguments: [";", "\t"])
  func `labels may be separated by semicolons and tabs`(_ separator: String) throws {
    let text = "row,path,class\n0,x.png,1.0\n1,\"y,z.png\",0.0\n"
    let file = text.replacing(",", with: separator)
    let labels = try read(file, rowCount: 2)
    #expect(labels.classes == ["1", "0"])
    #expect(labels.paths == ["x.png", "y\(separator)z.png"])
    #expect(
      problem(file.replacing("row", with: "line").replacing("class", with: "kind")).hasSuffix(
        "its columns are line, path, kind"))
  }

  @Test func `numbered classes are in the order of their numbers`() throws {
    let labels = try read("class\n" + (0..<12).map { "\($0)\n" }.joined())
    #expect(labels.indexed.names == (0..<12).map(String.init))
    #expect(labels.indexed.indices == Array(0..<12) && labels.remarks.isEmpty)
  }

  @Test func `classes and rows with a point are whole numbers, and that is said`() throws {
    let labels = try read("row,class\n0.0,1.0\n1.0,0.0\n", rowCount: 2)
    #expect(labels.classes == ["1", "0"] && labels.indexed.indices == [1, 0])
    #expect(labels.remarks.count == 1 && labels.remarks[0].contains("such as \"1.0\""))
    #expect(problem("row,class\n0.0,a\n1.5,b\n").hasPrefix("line 3: row is \"1.5\""))
    #expect(try read("class\n1.0\n1.5\n").classes == ["1.0", "1.5"])
    let known = try LabelsFile(
      path: folder.write("class\n0.0\nb\n", "labels.csv"), rowCount: 2, known: ["b", "0"])
    #expect(known.classes == ["0", "b"])
    #expect(try read("class,label\n1,1.0\n").classes == ["1"])
  }
}
