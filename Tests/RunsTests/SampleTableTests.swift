import Files
import Fixtures
import Testing

@testable import Runs

struct SampleTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, classes: [String]? = nil) throws -> SampleTable {
    try SampleTable(CSV(path: folder.write(text, "samples.csv")), classes: classes)
  }

  private func problem(_ text: String, classes: [String]? = nil) -> String {
    (#expect(throws: FileError.self) { try read(text, classes: classes) })?.problem ?? ""
  }

  @Test func `samples follow the list of classes, or the sorted names`() throws {
    let text = "row,path,class,split\n0,x.png,b,test\n1,y.png,a,\n"
    let table = try read(text, classes: ["b", "c", "a"])
    #expect(table.labels == [0, 2] && table.classes == ["b", "c", "a"])
    #expect(table.splits == ["test", ""] && table.paths == ["x.png", "y.png"])
    #expect(try read(text).labels == [1, 0])
  }

  @Test func `two spellings of a class are refused, also between the two files`() {
    let bytes = "\"e\u{301}\" (bytes 65 cc 81)"
    #expect(
      problem("class\n\u{E9}\ne\u{301}\n").hasPrefix(
        "the class \(bytes) at line 3 is spelled otherwise at line 2"))
    #expect(
      problem("class\na\ne\u{301}\n", classes: ["a", "\u{E9}"]).hasPrefix(
        "the class \(bytes) at line 3 is spelled otherwise at place 1 of the list of classes"))
    #expect(
      problem("class\na\n", classes: ["a", "\u{E9}", "e\u{301}"]).hasPrefix(
        "the class \(bytes) at place 2 of the list of classes is spelled otherwise at place 1"))
  }

  @Test func `classes that are not listed, or twice, are refused`() {
    #expect(
      problem("class\na\nc\n", classes: ["a", "b"]).contains("line 3: class \"c\" is not among"))
    #expect(
      problem("class\na\n", classes: ["b", "a", "c", "a"]).contains(
        "has one twice: \"a\", at places 2 and 4; name each once"))
    #expect(problem("class\n").contains("lists no sample"))
  }

  @Test func `a user's list of classes with points is one of whole numbers`() throws {
    func read(_ text: String, _ classes: [String]) throws -> SampleTable {
      try SampleTable(
        CSV(path: folder.write(text, "samples.csv")), classes: classes, listedIn: "classes.csv")
    }
    let table = try read("class\n1\n0\n10\n", ["0.0", "10.0", "1.0"])
    #expect(table.classes == ["0", "10", "1"] && table.labels == [2, 0, 1])
    #expect(
      table.remarks == [
        "classes.csv: classes such as \"0.0\" are whole numbers and are taken as such, \"0\""
      ])
    let both = try read("class\n1.0\n0.0\n", ["0.0", "1.0"])
    #expect(both.classes == ["0", "1"] && both.remarks.count == 2)
    #expect(try read("class\nNA\nDE\n", ["DE", "NA"]).labels == [1, 0])
    let versions = try read("class\n1.0\n1.5\n", ["1.0", "1.5"])
    #expect(versions.classes == ["1.0", "1.5"] && versions.remarks.isEmpty)
    #expect(try read("class\n1.0\n1\n", ["1", "1.0"]).labels == [1, 0])
  }

  @Test func `numbered classes stand by number`() throws {
    let text = "class\n10\n9\n0\n"
    #expect(try read(text).classes == ["0", "9", "10"])
    #expect(try read(text).labels == [2, 1, 0])
    // A list gives its own order.
    #expect(try read(text, classes: ["10", "0", "9"]).labels == [0, 2, 1])
  }

  @Test func `labels with a point are those of the list without, and the other way round`() throws {
    let table = try read("class\n1.0\n0.0\n", classes: ["0", "1"])
    #expect(table.labels == [1, 0] && table.classes == ["0", "1"])
    #expect(table.remarks.count == 1)
    let other = try read("class\n1\n0\n", classes: ["0.0", "1.0"])
    #expect(other.labels == [1, 0] && other.classes == ["0.0", "1.0"])
    #expect(try read("class\n1\n0\n", classes: ["0", "1"]).remarks.isEmpty)
    #expect(
      problem("class\n1.5\n", classes: ["1", "2"]).contains("class \"1.5\" is not among"))
  }

  @Test func `rows differ by path or class, and lists by their length`() {
    func table(_ paths: [String], _ names: [String], _ classes: [String]? = nil) -> SampleTable {
      SampleTable(
        paths: paths, classNames: names, splits: paths.map { _ in "" }, classes: classes)
    }
    func words(_ own: SampleTable, _ other: SampleTable) -> String? {
      own.difference(from: other, there: "there", here: "here")
    }
    let own = table(["x", "y"], ["a", "b"])
    // The order of the classes does not count.
    #expect(words(own, table(["x", "y"], ["a", "b"], ["b", "a"])) == nil)
    #expect(
      words(own, table(["x", "z"], ["a", "b"]))
        == "row 1 (counted from 0) is z of the class b there and y of the class b here")
    #expect(
      words(own, table(["x", "y"], ["b", "b"]))
        == "row 0 (counted from 0) is x of the class b there and x of the class a here")
    #expect(words(own, table(["x"], ["a"])) == "1 images there and 2 here")
  }
}
