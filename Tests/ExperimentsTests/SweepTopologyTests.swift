import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Experiments

/// What a sweep makes of the tables of topology.
@Suite(.serialized)
struct SweepTopologyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Two classes: a square and three points on a line; conditions give the square's side.
  private func run(sides: [String: Double], output: String, overwrites: Bool = false) throws {
    for (condition, side) in sides {
      let points = Matrix<Float>([
        [0, 0], [Float(side), 0], [Float(side), Float(side)], [0, Float(side)],
        [10, 0], [11, 0], [13, 0],
      ])
      _ = try folder.write(NumPyFile.encode(points), "in/\(condition).npy")
    }
    let classes = [String](repeating: "square", count: 4) + [String](repeating: "a/b", count: 3)
    _ = try folder.write(
      "row,class\n" + classes.enumerated().map { "\($0),\($1)\n" }.joined(), "in/samples.csv")
    let experiment = try experiment([
      "embeddings=\(path("in"))", "output=\(path(output))", "analyses=topology",
      "topology.halvings=3", "topology.band-replicates=20",
    ])
    _ = try Sweep(experiment, arguments: ["test"], isQuiet: true, overwrites: overwrites)
      .execute()
  }

  @Test func `a run gives the same bytes again, and begun anew removes what it left`() throws {
    try run(sides: ["clean": 1, "gaussian-1-s0": 2], output: "a")
    let manifest = try #require(try Manifest.read(RunDirectory(path("a"))))
    for name in ["bands.csv", "diagram_tests.csv", "witnesses.csv"] {
      #expect(manifest.outputs.keys.contains(name))
    }
    Parallel.workers = 1
    try run(sides: ["clean": 1, "gaussian-1-s0": 2], output: "b")
    Parallel.workers = 2
    let names = [
      "distances.csv", "bands.csv", "diagram_tests.csv", "witnesses.csv", "diagrams/all-clean.csv",
      "diagrams/class-square-clean.csv",
    ]
    for name in names {
      #expect(
        try Data(contentsOf: URL(filePath: path("a/" + name)))
          == Data(contentsOf: URL(filePath: path("b/" + name))))
    }
    try FileManager.default.removeItem(atPath: path("in/gaussian-1-s0.npy"))
    try AtomicFile.write("mine\n", to: path("a/diagrams/notes.csv"))
    try run(sides: ["clean": 1], output: "a", overwrites: true)
    for name in ["diagram_tests.csv", "witnesses.csv"] {
      #expect(!FileManager.default.fileExists(atPath: path("a/" + name)))
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: path("a/diagrams")).sorted()
    #expect(
      left == ["all-clean.csv", "class-a%2Fb-clean.csv", "class-square-clean.csv", "notes.csv"])
  }
}
