import Files
import Fixtures
import Foundation
import Testing
import Topology

@testable import RunAnalyses

@Suite struct DiagramTableTests {
  private func read(_ text: String) throws -> [PersistenceBar] {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + "d.csv"
    try AtomicFile.write(text, to: path)
    return try DiagramTable.read(path)
  }

  private func problem(_ text: String) -> String {
    do {
      _ = try read(text)
      return "read without an error"
    } catch { return "\(error)" }
  }

  @Test func `a table reads back as it was, infinities included`() throws {
    let bars = [
      PersistenceBar(dimension: 0, birth: 0, death: 0.1),
      PersistenceBar(dimension: 0, birth: 0, death: .infinity),
      PersistenceBar(dimension: 2, birth: 1.0 / 3, death: 1e-300 + 1),
    ]
    let diagram = try PersistenceDiagram(bars)
    #expect(DiagramTable.csv(diagram).hasPrefix("dimension,birth,death\n0,0,0.1\n0,0,inf\n"))
    #expect(try read(DiagramTable.csv(diagram)) == bars)
  }

  @Test func `columns may come in any order, beside others`() throws {
    let bars = try read("death,note,dimension,birth\n2,x,1,-inf\n")
    #expect(bars == [PersistenceBar(dimension: 1, birth: -.infinity, death: 2)])
  }

  @Test func `the table of one input, and other separators, are read`() throws {
    let bars = [
      PersistenceBar(dimension: 0, birth: 0, death: 0.5),
      PersistenceBar(dimension: 1, birth: 1, death: .infinity),
    ]
    #expect(try read("input,dimension,birth,death\nx,0,0,.5\nx,1,1,inf\n") == bars)
    #expect(try read("dimension;birth;death\n0;0;0.5\n1;1;inf\n") == bars)
    #expect(try read("\tdimension\tbirth\tdeath\n0\t0\t0\t0.5\n1\t1\t1\tinf\n") == bars)
  }

  @Test(arguments: [
    ("dimension,birth,death\n0,0,1\n0,nan,1\n", "line 3: birth is \"nan\""),
    ("dimension,birth,death\n0,0,NaN\n", "line 2: death is \"NaN\""),
    ("dimension,birth,death\n0,2,1\n", "line 2: death is \"1\"; expected no less than the birth 2"),
    ("dimension,birth,death\n-1,0,1\n", "line 2: dimension is \"-1\""),
    ("dimension,birth,death\n0,a,1\n", "line 2: birth is \"a\""),
    (
      "input,dimension,birth,death\nx,0,0,1\nx,1,1,2\ny,0,0,1\n",
      "line 4: input is \"y\", and on line 2 \"x\": the diagrams of several inputs in one table"
    ),
    ("birth,death\n0,1\n", "has no column \"dimension\""),
  ])
  func `what is wrong is named with its line`(text: String, expected: String) {
    #expect(problem(text).contains(expected), "\(problem(text))")
  }
}
