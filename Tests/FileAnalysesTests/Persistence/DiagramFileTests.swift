import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing
import Topology

@testable import FileAnalyses

struct DiagramFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ text: String) throws -> String {
    let path = try folder.write(text, "d.json")
    return (#expect(throws: FileError.self) { try DiagramFile(path) })?.problem ?? ""
  }

  @Test func `the three formats that are written are read alike`() throws {
    let expected = [
      PersistenceBar(dimension: 0, birth: 0, death: 0.5),
      PersistenceBar(dimension: 0, birth: 0, death: .infinity),
      PersistenceBar(dimension: 2, birth: 1, death: 1.25),
    ]
    let csv = try folder.write("dimension,birth,death\n0,0,0.5\n0,0,inf\n2,1,1.25\n", "d.csv")
    let json = try folder.write(
      #"{"diagrams": [[[0, 0.5], [0, null]], [], [[1, 1.25]]], "threshold": null}"#, "d.json")
    let npz = folder.path + "/d.npz"
    let empty = Matrix<Double>(rows: 0, columns: 2)
    try AtomicFile.write(
      NumPyArchive.encode([
        ("dgm0", Matrix<Double>([[0, 0.5], [0, .infinity]])), ("dgm1", empty),
        ("dgm2", Matrix<Double>([[1, 1.25]])),
      ]), to: npz)
    for path in [csv, json, npz] { #expect(try DiagramFile(path).bars == expected, "\(path)") }
  }

  @Test func `what Python writes for infinity, and GUDHI's and Ripser's lists, are read`() throws {
    let expected = [
      PersistenceBar(dimension: 0, birth: 0, death: 0.5),
      PersistenceBar(dimension: 0, birth: 0, death: .infinity),
      PersistenceBar(dimension: 1, birth: 1, death: 1.25),
    ]
    for text in [
      #"{"diagrams": [[[0.0, 0.5], [0.0, Infinity]], [[1.0, 1.25]]]}"#,
      #"{"dgms": [[[0.0, 0.5], [0.0, Infinity]], [[1.0, 1.25]]]}"#,
      "[[0, [0.0, 0.5]], [0, [0.0, Infinity]], [1, [1.0, 1.25]]]",
    ] {
      #expect(try DiagramFile(folder.write(text, "d.json")).bars == expected, "\(text)")
    }
    #expect(
      try problem(#"{"diagrams": [[[0, 1], [0, NaN]]]}"#)
        .hasPrefix("diagrams, dimension 0, bar 1 (counted from 0): birth 0.0, death nan; expected"))
    #expect(try problem(#"{"diagrams": [[[0, Infinite]]]}"#).contains("byte"))
    #expect(try problem("[[0, [0.0, 0.5]], [-1, [0, 1]]]").hasPrefix("bar 1 (counted from 0): dim"))
  }

  @Test func `the dimensions that there is a diagram of, with bars or without`() throws {
    let csv = try folder.write("dimension,birth,death\n0,0,1\n2,1,2\n", "d.csv")
    #expect(try DiagramFile(csv).dimensions == [0, 2])
    let json = try folder.write(#"{"diagrams": [[[0, 1]], []]}"#, "d.json")
    #expect(try DiagramFile(json).dimensions == [0, 1])
    let npz = folder.path + "/d.npz"
    try AtomicFile.write(
      NumPyArchive.encode([
        ("dgm0", Matrix<Double>([[0, 1]])), ("dgm1", Matrix<Double>(rows: 0, columns: 2)),
      ]), to: npz)
    #expect(try DiagramFile(npz).dimensions == [0, 1])
  }

  @Test func `a bar born before all distances is refused`() throws {
    let path = folder.path + "/d.npz"
    try AtomicFile.write(
      NumPyArchive.encode([("dgm0", Matrix<Double>([[-.infinity, 1]]))]), to: path)
    let error = #expect(throws: FileError.self) { try DiagramFile(path) }
    #expect(
      error?.problem.hasSuffix("expected a finite birth, and a death no less than it") == true)
  }

  @Test func `faults are named with their place`() throws {
    #expect(try problem("[{}, {}]").hasPrefix("holds a list of 2 diagrams"))
    #expect(try problem("{}").hasPrefix("has no list diagrams"))
    #expect(
      try problem(#"{"diagrams": [[[0, 1], [2, 1]]]}"#)
        .hasPrefix("diagrams, dimension 0, bar 1 (counted from 0): birth 2.0, death 1.0"))
    #expect(try problem(#"{"diagrams": [[[0]]]}"#).contains("expected [birth, death]"))
    let npz = folder.path + "/d.npz"
    try AtomicFile.write(NumPyArchive.encode([("x", Matrix<Double>([[0, 1]]))]), to: npz)
    let error = #expect(throws: FileError.self) { try DiagramFile(npz) }
    #expect(error?.problem.hasPrefix("member x.npy is no diagram") == true)
    let born = try folder.write("dimension,birth,death\n0,0,1\n0,inf,inf\n", "born.csv")
    let infinite = #expect(throws: FileError.self) { try DiagramFile(born) }
    #expect(infinite?.problem.hasPrefix("line 3: birth is \"inf\"") == true)
  }

  @Test func `a diagram without a finite bar has images of nothing`() throws {
    let diagram = try PersistenceDiagram([
      PersistenceBar(dimension: 0, birth: 0, death: .infinity)
    ])
    try DiagramSummary.image.write([("one.npy", diagram)], maximumDimension: 1, folder: folder.path)
    for member in ["one-dgm0", "one-dgm1"] {
      let image = try MatrixFile.read(folder.path + "/image.npz:" + member)
      #expect(image.rows == 32 && image.columns == 32)
      #expect(image.values.allSatisfy { $0 == 0 })
    }
  }
}
