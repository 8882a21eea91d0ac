import Files
import Fixtures
import Testing
import Topology

@testable import FileAnalyses

struct DiagramTextTests {
  private let folder: TemporaryFolder

  private static let bars = [
    PersistenceBar(dimension: 0, birth: 0, death: 0.25),
    PersistenceBar(dimension: 0, birth: 0, death: .infinity),
    PersistenceBar(dimension: 1, birth: 0.5, death: 1e10),
  ]

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> DiagramText? {
    try DiagramText(folder.write(text, "d.txt"))
  }

  private func problem(_ text: String) -> String {
    (#expect(throws: FileError.self) { try read(text) })?.problem ?? ""
  }

  @Test(arguments: [
    "0 0.0 0.25\n0 0.0 inf\n1 0.5 1e10\n", "0 0.0 0.25\r\n0 0.0 inf\r\n\r\n1 0.5 1e10",
    "# dimension birth death\n 0\t0 .25\n 0\t0 inf \n 1\t0.5 1e10\n",
    "0,0.0,0.25\n0,0.0,inf\n1,0.5,1e10\n", "0;0;0.25\n0;0;inf\n1;.5;1e10\n",
    "0.000e+00 0.000e+00 2.500e-01\n0.000e+00 0.000e+00 inf\n1.000e+00 5.000e-01 1.000e+10\n",
  ])
  func `GUDHI's lines are dimension, birth and death, and that is said`(text: String) throws {
    let read = try #require(try read(text))
    #expect(read.bars == Self.bars && read.dimensions == [0, 1])
    #expect(
      read.remark?.hasSuffix(
        "d.txt: has no names of columns; its numbers are taken for dimension, birth and death, as GUDHI writes them"
      ) == true)
  }

  @Test func `the characteristic of the field may come before them`() throws {
    let read = try #require(try read("2 0 0.0 0.25\n2 0 0.0 inf\n2 1 0.5 1e10\n"))
    #expect(read.bars == Self.bars && read.remark?.contains("the field, dimension") == true)
    #expect(problem("2 0 0 1\n3 0 0 1\n").hasPrefix("line 2: \"3 0 0 1\"; lines of numbers"))
  }

  @Test func `what Ripser prints is read, dimensions without bars too`() throws {
    let text = """
      value range: [0.1,3]
      distance matrix with 60 points
      persistence intervals in dim 0:
       [0,0.25)
       [0, )
      persistence intervals in dim 1:
       [0.5,1e+10):  {[1,2] (0.5)}
      persistence intervals in dim 2:

      """
    let read = try #require(try read(text))
    #expect(read.bars == Self.bars && read.dimensions == [0, 1, 2] && read.remark == nil)
    let windows = try #require(try self.read(text.replacing("\n", with: "\r\n")))
    #expect(windows.bars == Self.bars)
    #expect(problem(text + "0 0 1\n").hasPrefix("line 9: \"0 0 1\"; expected an interval"))
    #expect(problem(text + " [2,1)\n").hasPrefix("line 9: birth 2, death 1; expected a birth"))
    #expect(problem(text + " [nan,1)\n").hasPrefix("line 9: "))
    #expect(problem("persistence intervals in dim x:\n").hasPrefix("line 1: dimension is \"x\""))
  }

  @Test(arguments: [
    "dimension,birth,death\n0,0,1\n", "dimension birth death\n0 0 1\n", "", "\n", "x\n1 2 3\n",
  ])
  func `tables with names are for another reader`(text: String) throws {
    #expect(try read(text) == nil)
  }

  @Test(arguments: [
    ("0.7 1.2\n0.8 0.9\n", "line 1: 2 numbers; lines of numbers without names above are dimension"),
    ("5\n", "line 1: 1 number; "), ("0 0 0 1\n", "line 1: 4 numbers; "),
    ("0.5 1.2 1\n", "line 1: dimension is \"0.5\"; expected a whole number"),
    ("0 0 1\n\n-1 0 1\n", "line 3: dimension is \"-1\""),
    ("0 0 1\n0 0\n", "line 2: \"0 0\"; lines of numbers without names"),
    ("0 0 1\n0 0 x\n", "line 2: birth is \"0\" and death \"x\""),
    ("0 0 1\n0 0x1 2\n", "line 2: birth is \"0x1\""), ("0 0 1\n0 nan 2\n", "line 2: birth is"),
    ("0 2 1\n", "line 1: birth 2, death 1; expected a birth"),
    ("0 inf inf\n", "line 1: birth inf, death inf; expected a birth"),
    ("0;0,5;1,2\n", "line 1: 5 numbers; "),
  ])
  func `what is wrong is named with its line`(text: String, words: String) {
    #expect(problem(text).hasPrefix(words), "\(problem(text))")
  }
}
