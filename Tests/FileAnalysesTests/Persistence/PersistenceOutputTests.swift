import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing
import Topology

@testable import FileAnalyses

struct PersistenceOutputTests {
  private func output(
    _ path: String?, _ format: PersistenceOutput.Format = .csv, summaries: String? = nil,
    cocycles: String? = nil
  ) throws -> PersistenceOutput {
    try PersistenceOutput(path: path, format: format, summaries: summaries, cocycles: cocycles)
  }

  @Test func `one input goes into a file, several into a folder with names of their own`() throws {
    #expect(try output(nil).files(["a.npy"]).isEmpty)
    #expect(try output("o.csv", cocycles: "c").files(["a.npy"]) == ["c", "o.csv"])
    #expect(try output(nil).files(["a.npy", "b.npy"]).isEmpty)
    #expect(try output("o", .npz).files(["a.npy", "x/a.csv"]) == ["o/a.npz", "o/a-2.npz"])
    // A summary's name is not an input's.
    #expect(
      try output("o", summaries: "betti,image").files(["betti.npy"])
        == ["o/betti-2.csv", "o/betti.csv", "o/image.npz"])
  }

  @Test func `options that do not go together are named`() {
    for (message, body) in [
      ("--output: expected a path", { try output("") }),
      ("--summaries beti: expected betti, entropy", { try output("o", summaries: "beti") }),
      ("--summaries needs --output DIR", { try output(nil, summaries: "betti") }),
      ("--format npz needs --output", { try output(nil, .npz) }),
    ] as [(String, () throws -> PersistenceOutput)] {
      let found = problem { _ = try body() }
      #expect(found.hasPrefix(message), "\(found)")
    }
  }

  @Test func `what the files hold is one thing, with the options of that`() throws {
    #expect(
      try TopologyInput.Kind(distances: false, sparse: false, vertices: nil, metric: nil)
        == .points(.euclidean))
    #expect(
      try TopologyInput.Kind(distances: false, sparse: true, vertices: 3, metric: nil)
        == .sparse(vertexCount: 3))
    #expect(throws: OptionError.self) {
      try TopologyInput.Kind(distances: true, sparse: true, vertices: nil, metric: nil)
    }
    #expect(throws: OptionError.self) {
      try TopologyInput.Kind(distances: true, sparse: false, vertices: nil, metric: .cosine)
    }
    #expect(try TopologyInput.Scale(option: "2") == .number(2))
    for scale in ["0", "nan", "inf", "mean"] {
      #expect(throws: OptionError.self) { try TopologyInput.Scale(option: scale) }
    }
    #expect(throws: OptionError.self) {
      try VietorisRips(
        maxDimension: -1, threshold: nil, prime: 2, keepsZero: false, cocycles: nil)
    }
  }
}
