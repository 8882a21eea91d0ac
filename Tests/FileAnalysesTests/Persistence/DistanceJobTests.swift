import Files
import Fixtures
import Foundation
import Testing
import Topology

@testable import FileAnalyses

struct DistanceJobTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func job(
    _ diagrams: [String], pairs: String? = nil, dimension: Int? = nil
  ) throws -> DistanceJob {
    try DistanceJob(
      diagrams: diagrams, pairs: pairs, metric: .bottleneck, order: nil, ground: .infinity,
      dimension: dimension, tolerance: 0, matching: nil, output: nil, isQuiet: true)
  }

  private func result(_ diagrams: [String], pairs: String? = nil) throws -> String {
    try job(diagrams, pairs: pairs).run()
  }

  private func problem(_ work: () throws -> String) -> String {
    (#expect(throws: FileError.self) { _ = try work() }).map { "\($0)" } ?? ""
  }

  /// [0, 1) and [0, 3) are 1.5 apart: the second is nearer to the diagonal than to the first.
  @Test func `diagrams of every format are compared`() throws {
    let a = try folder.write("dimension;birth;death\n0;0;1\n", "a.csv")
    for (name, text) in [
      ("b.tsv", "dimension\tbirth\tdeath\n0\t0\t3\n"), ("b.json", "[[0, [0, 3]]]"),
      ("b.txt", "0 0 3\n"), ("r.txt", "persistence intervals in dim 0:\n [0,3)\n"),
    ] {
      #expect(
        try result([a, folder.write(text, name)]) == "dimension,distance\n0,1.5\n", "\(name)")
    }
  }

  @Test func `a table of several inputs is refused`() throws {
    let a = try folder.write("dimension,birth,death\n0,0,1\n", "a.csv")
    let both = try folder.write(
      "input,dimension,birth,death\nx.npy,0,0,1\ny.npy,0,0,1\n", "both.csv")
    for paths in [[a, both], [both, a]] {
      #expect(
        problem { try result(paths) }.hasPrefix(
          "\(both): line 3: input is \"y.npy\", and on line 2 \"x.npy\""))
    }
    let one = try folder.write("input,dimension,birth,death\nx.npy,0,0,1\n", "one.csv")
    #expect(try result([a, one]) == "dimension,distance\n0,0\n")
  }

  @Test func `a dimension that one file has no diagram of is said`() throws {
    let a = try folder.write("dimension,birth,death\n0,0,1\n2,1,2\n", "a.csv")
    let b = try folder.write("dimension,birth,death\n0,0,1\n", "b.csv")
    let words = "compared as a diagram without bars, which is wrong where it was not computed"
    let two = try job([a, b]).compared()
    #expect(two.text == "dimension,distance\n0,0\n2,0.5\n")
    #expect(two.remarks == ["\(b): no bar of dimension 2; \(words)"])
    #expect(try job([a, a]).compared().remarks.isEmpty)
    #expect(
      try job([a, b], dimension: 1).compared().remarks
        == ["\(a), \(b): no bar of dimension 1; \(words)"])
    // A diagram without bars is one.
    let json = try folder.write(#"{"diagrams": [[[0, 1]], [], []]}"#, "c.json")
    #expect(try job([a, json]).compared().remarks.isEmpty)
    let list = try folder.write("a,b\n\(a),\(b)\n\(b),\(a)\n\(a),\(json)\n", "list.csv")
    #expect(
      try job([], pairs: list).compared().remarks == ["\(b): no bar of dimension 2; \(words)"])
  }

  @Test func `what is guessed of a file is said`() throws {
    let a = try folder.write("0 0 1\n", "a.txt")
    let list = try folder.write("a,b\n\(a),\(a)\n", "list.csv")
    #expect(try job([], pairs: list).compared().remarks.count == 1)
    #expect(try job([a, a]).compared().remarks[0].contains("taken for dimension, birth and death"))
  }

  @Test(arguments: [",", ";", "\t"])
  func `a list of pairs has any separator`(_ separator: String) throws {
    let a = try folder.write("dimension,birth,death\n0,0,1\n", "a.csv")
    let b = try folder.write("dimension,birth,death\n0,0,3\n", "b.csv")
    let list = try folder.write("a\(separator)b\n\(a)\(separator)\(b)\n", "list.csv")
    #expect(
      try result([], pairs: list) == "a,b,dimension,distance\n\(a),\(b),0,1.5\n")
  }

  @Test func `a file that a list names and that is not there is told with where it was looked for`()
    throws
  {
    _ = try folder.write("dimension,birth,death\n0,0,1\n", "topoclip-beside.csv")
    let current = FileManager.default.currentDirectoryPath
    let list = try folder.write("a,b\ntopoclip-beside.csv,topoclip-none.csv\n", "list.csv")
    let text = problem { try result([], pairs: list) }
    #expect(
      text.hasPrefix(
        "\(list): line 2: topoclip-beside.csv: no such file in the current folder, \(current), where paths"
      ))
    #expect(
      text.hasSuffix("beside the list there is \(folder.path)/topoclip-beside.csv"), "\(text)")
    let absolute = try folder.write("a,b\n\(folder.path)/x.csv,y.csv\n", "absolute.csv")
    #expect(problem { try result([], pairs: absolute) }.hasSuffix("x.csv: no such file"))
    for field in ["", "NaN"] {
      let empty = try folder.write("a,b\n\(list),\(field)\n", "empty.csv")
      #expect(problem { try result([], pairs: empty) }.contains("line 2: b is "))
    }
  }

  @Test func `standard input holds no diagram`() throws {
    let a = try folder.write("dimension,birth,death\n0,0,1\n", "a.csv")
    #expect(
      problem { try result([a, "-"]) }.hasPrefix(
        "-: no such file: - stands for standard input only where a matrix of numbers is read"))
  }
}
