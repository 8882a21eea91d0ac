import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

/// `persistence` as a user meets it.
@Suite(.serialized)
struct PersistenceCommandTests {
  private let folder: TemporaryFolder
  private let square = "0,0\n1,0\n1,1\n0,1\n"
  private let squareBars =
    "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,1.4142135381698608\n"

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test func `the bars of a square, from points, distances, text and edges`() throws {
    let points = try folder.write(square, "points.csv")
    let matrix = try folder.write(
      "0,1,1.4142135,1\n1,0,1,1.4142135\n1.4142135,1,0,1\n1,1.4142135,1,0\n", "matrix.csv")
    let triangle = try folder.write(
      "1\n1.4142135,1\n1,1.4142135,1\n", "square.lower_distance_matrix")
    let edges = try folder.write(
      "i,j,distance\n0,1,1\n2,1,1\n2,3,1\n0,3,1\n0,2,1.4142135\n1,3,1.4142135\n", "edges.csv")
    for outcome in [
      try run("persistence", points), try run("persistence", matrix, "--distances"),
      try run("persistence", triangle, "--distances"), try run("persistence", edges, "--sparse"),
      try run("persistence", points, "--prime", "3", "--threads", "1"),
    ] {
      #expect(outcome.code == 0 && outcome.output == squareBars, "\(outcome)")
    }
    let quiet = try run("persistence", points, "--quiet")
    #expect(quiet.error.isEmpty && quiet.output == squareBars)
  }

  @Test func `absent edges never enter, and the threshold is closed`() throws {
    let edges = try folder.write("i,j,distance\n0,1,1\n1,2,1\n2,3,1\n0,3,1\n", "edges.csv")
    let open = try run("persistence", edges, "--sparse", "--vertices", "5")
    #expect(
      open.output
        == "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n0,0,inf\n1,1,inf\n")
    let points = try folder.write(square, "points.csv")
    #expect(
      try run("persistence", points, "--threshold", "1").output
        == "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,inf\n")
    #expect(
      try run("persistence", points, "--threshold", "0.999").output
        == "dimension,birth,death\n0,0,inf\n0,0,inf\n0,0,inf\n0,0,inf\n")
  }

  @Test func `float64 keeps what float32 rounds, and the scale divides`() throws {
    let points = try folder.write(square, "points.csv")
    let double = try run("persistence", points, "--distance-precision", "float64")
    #expect(double.output.hasSuffix("\n1,1,1.4142135623730951\n"), "\(double)")
    let halved = try run("persistence", points, "--scale", "2", "--threshold", "0.5")
    #expect(
      halved.output == "dimension,birth,death\n0,0,0.5\n0,0,0.5\n0,0,0.5\n0,0,inf\n1,0.5,inf\n")
    let median = try run("persistence", points, "--scale", "median", "--max-dimension", "0")
    #expect(median.output.hasPrefix("dimension,birth,death\n0,0,1\n"), "\(median)")
  }

  @Test func `several inputs: a first column, or a file each`() throws {
    let a = try folder.write(square, "a.csv")
    let b = try folder.write("0\n3\n", "b.csv")
    let both = try run("persistence", a, b, "--max-dimension", "0")
    #expect(
      both.output == "input,dimension,birth,death\n" + "\(a),0,0,1\n\(a),0,0,1\n\(a),0,0,1\n"
        + "\(a),0,0,inf\n\(b),0,0,3\n\(b),0,0,inf\n")
    let output = folder.path + "/out"
    #expect(try run("persistence", a, b, "--output", output).code == 0)
    #expect(try text("out/a.csv") == squareBars)
    #expect(try text("out/b.csv") == "dimension,birth,death\n0,0,3\n0,0,inf\n")
  }

  @Test func `no output replaces an input or another output`() throws {
    let a = try folder.write(square, "x.csv")
    let b = try folder.write("0\n3\n", "x-2.csv")
    let c = try folder.write("0\n5\n", "sub/x.csv")
    let d = try folder.write("0\n7\n", "betti.csv")
    let output = folder.path + "/many"
    let outcome = try run(
      "persistence", a, b, c, d, "--max-dimension", "0", "--output", output, "--summaries", "betti")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try text("many/x-2.csv").contains("0,0,3\n"))
    #expect(try text("many/x-3.csv").contains("0,0,5\n"))
    #expect(try text("many/betti-2.csv").contains("0,0,7\n"))
    #expect(try text("many/betti.csv").hasPrefix("input,dimension,value,count\n"))
    #expect(try run("persistence", a, "--output", a).code == 2)
    let same = folder.path + "/same"
    #expect(try run("persistence", a, "--output", same, "--cocycles", same).code == 2)
    #expect(try run("persistence", a, "--output", folder.path).code == 1)
    #expect(try text("x.csv") == square)
  }

  @Test func `what succeeded is written although another input failed`() throws {
    let a = try folder.write(square, "a.csv")
    let bad = try folder.write("0\nnan\n", "bad.csv")
    let c = try folder.write("0\n3\n", "c.csv")
    let outcome = try run("persistence", a, bad, c, "--output", folder.path + "/out")
    #expect(outcome.code == 1 && outcome.error.contains("bad.csv"))
    #expect(try text("out/a.csv") == squareBars)
    #expect(try text("out/c.csv") == "dimension,birth,death\n0,0,3\n0,0,inf\n")
  }

  @Test func `JSON, NPZ, cocycles and the distances for a peer`() throws {
    let points = try folder.write(square, "points.csv")
    let json = try run("persistence", points, "--format", "json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["prime"] as? Int == 2 && object["metric"] as? String == "euclidean")
    let diagrams = try #require(object["diagrams"] as? [[[Any]]])
    #expect(diagrams.count == 2 && diagrams[0].count == 4 && diagrams[0][3][1] is NSNull)
    #expect(json.output.contains("[[1, 1.4142135381698608]]"))

    let archive = folder.path + "/d.npz"
    #expect(try run("persistence", points, "--format", "npz", "--output", archive).code == 0)
    #expect(
      try MatrixFile.read(archive + ":dgm1")
        == Matrix<Double>([[1, 1.4142135381698608]]))

    let chains = folder.path + "/cocycles.json"
    let matrix = folder.path + "/distances.npy"
    let outcome = try run(
      "persistence", points, "--cocycles", chains, "--write-distances", matrix)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try run("persistence", matrix, "--distances").output == squareBars)
    let bars = try #require(
      JSONSerialization.jsonObject(with: Data(text("cocycles.json").utf8)) as? [[String: Any]])
    #expect(bars.count == 5)
    let cycle = try #require(bars[4]["cycle"] as? [String: Any])
    let edges = try #require(cycle["simplices"] as? [[Int]])
    #expect(Set(edges) == [[1, 0], [2, 1], [3, 2], [3, 0]])
  }

  @Test func `nothing is written over what is read`() throws {
    let a = try folder.write(square, "a.csv")
    let b = try folder.write(square, "b.csv")
    let alias = folder.path + "/alias.csv"
    try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: a)
    for arguments in [
      ["persistence", a, "--output", alias], ["persistence", a, "--cocycles", a],
      ["persistence", a, b, "--output", folder.path],
      ["persistence", a, "--write-distances", alias],
    ] {
      let outcome = try ProgramRun(arguments)
      #expect(
        outcome.code == 2 && outcome.error.contains("is read, and would be overwritten"),
        "\(arguments): \(outcome)")
    }
    let twice = try run(
      "persistence", a, "--output", folder.path + "/c", "--cocycles", folder.path + "/c")
    #expect(twice.code == 2 && twice.error.contains("is named for two results"))
    #expect(try text("a.csv") == square && text("b.csv") == square)
  }

  @Test func `landmarks say how far every bar may be off`() throws {
    let points = try folder.write(square, "points.csv")
    let outcome = try run(
      "persistence", points, "--landmarks", "2", "--max-dimension", "0")
    #expect(outcome.output == "dimension,birth,death\n0,0,1.4142135381698608\n0,0,inf\n")
    #expect(outcome.error.contains("within 2 of the whole set's"), "\(outcome)")
  }

  @Test func `summaries stand beside the diagrams`() throws {
    let points = try folder.write(square, "points.csv")
    let output = folder.path + "/out"
    let outcome = try run(
      "persistence", points, "--summaries", "betti,entropy,total,landscape,image", "--output",
      output)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(try text("out/points.csv") == squareBars)
    let betti = try CSV(path: output + "/betti.csv")
    #expect(betti.header == ["input", "dimension", "value", "count"])
    let curve = betti.records.filter { $0.fields[1] == "0" }.map {
      $0.fields[2] + ":" + $0.fields[3]
    }
    #expect(curve == ["0:4", "1:1"])
    for name in ["entropy.csv", "total.csv", "landscape.csv", "image.npz"] {
      #expect(FileManager.default.fileExists(atPath: output + "/" + name), "\(name)")
    }
  }

  @Test func `bad inputs fail with what, where and what to do`() throws {
    let asymmetric = try folder.write("0,1\n2,0\n", "asymmetric.csv")
    let rectangle = try folder.write("0,1,2\n1,0,2\n", "rectangle.csv")
    let repeated = try folder.write("i,j,distance\n0,1,1\n1,0,2\n", "repeated.csv")
    let negative = try folder.write("i,j,distance\n0,1,-1\n", "negative.csv")
    let zero = try folder.write("0,0\n1,0\n", "zero.csv")
    let cases: [([String], String)] = [
      ([asymmetric, "--distances"], "row 0, column 1"),
      ([rectangle, "--distances"], "2"), ([repeated, "--sparse"], "line 3"),
      ([negative, "--sparse"], "line 2"),
      ([zero, "--metric", "cosine"], "point 0 (rows count from 0) is all zeros"),
      ([folder.path + "/nowhere.npy"], "no such file"),
      ([try folder.write("", "empty.txt"), "--distances"], "holds no distances"),
      ([try folder.write("i,j,distance\n", "none.csv"), "--sparse"], "lists no edge"),
    ]
    for (arguments, expected) in cases {
      let outcome = try ProgramRun(["persistence"] + arguments)
      #expect(outcome.code == 1 && outcome.output.isEmpty)
      #expect(outcome.error.contains(expected), "\(arguments): \(outcome.error)")
    }
  }

  @Test func `a hundred thousand points are refused before anything is allocated`() throws {
    let path = folder.path + "/large.npy"
    let points = Matrix<Float>(
      rows: 100_000, columns: 2, values: (0..<200_000).map { Float($0) })
    try AtomicFile.write(NumPyFile.encode(points), to: path)
    let outcome = try run("persistence", path)
    #expect(outcome.code == 1)
    #expect(
      outcome.error.contains("37.3 GiB") && outcome.error.contains("set a threshold"), "\(outcome)")
    #expect(outcome.error.contains("choose landmarks"))
  }

  @Test(arguments: [
    [],
    ["x.npy", "--prime", "4"],
    ["x.npy", "--prime", "65537"],
    ["x.npy", "--distances", "--sparse"],
    ["x.npy", "--scale", "0"],
    ["x.npy", "--metric", "hamming"],
    ["x.npy", "--distances", "--metric", "cosine"],
    ["x.npy", "--threshold", "nan"],
    ["x.npy", "--summaries", "betti"],
    ["x.npy", "--format", "npz"],
    ["x.npy", "--summaries", "beti", "--output", "o"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let outcome = try ProgramRun(["persistence"] + arguments)
    #expect(outcome.code == 2, "\(outcome)")
    #expect(outcome.output.isEmpty && !outcome.error.isEmpty)
  }
}
