import CLIP
import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Experiments

/// Embeddings made elsewhere: what is read, what is refused, and that nothing is lost by a refusal.
final class SweepImportTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ rows: [[Float]], _ name: String) throws {
    try AtomicFile.write(NumPyFile.encode(Matrix(rows)), to: path(name))
  }

  /// Four samples of two classes along the axes, class b first in classes.csv.
  private func makeSource(_ name: String = "in") throws {
    try write([[1, 0.1], [1, 0], [0.1, 1], [0, 1]], name + "/clean.npy")
    try write([[0, 1], [1, 0]], name + "/text.npy")
    try AtomicFile.write("row,class\n0,a\n1,a\n2,b\n3,b\n", to: path(name + "/samples.csv"))
    try AtomicFile.write("index,class\n0,b\n1,a\n", to: path(name + "/classes.csv"))
  }

  @discardableResult
  private func sweep(_ source: String, _ output: String, _ settings: [String] = []) throws -> String
  {
    let experiment = try experiment(
      ["embeddings=\(path(source))", "output=\(path(output))"] + settings)
    return try Sweep(experiment, arguments: [], isQuiet: true).execute()
  }

  @Test func `the order of classes is that of classes.csv`() throws {
    try makeSource()
    #expect(try sweep("in", "out", ["analyses=zeroshot"]).contains("| 4 | 1.0000 |"))
    // An index out of order would name the rows of text.npy wrongly.
    try AtomicFile.write("index,class\n1,b\n0,a\n", to: path("in/classes.csv"))
    let message = problem { try sweep("in", "out") }
    #expect(message.contains("classes.csv: line 2: index is \"1\"; expected 0"))
  }

  @Test func `rows of any length are classified by direction`() throws {
    try makeSource()
    try write([[0, 500], [0.1, 0]], "in/text.npy")
    try write([[3, 0.3], [1, 0], [0.01, 0.1], [0, 1]], "in/clean.npy")
    #expect(try sweep("in", "out", ["analyses=zeroshot"]).contains("| 4 | 1.0000 |"))
    let table = try ZeroShotEvaluation.ofEmbeddings(
      path("in/clean.npy"), text: path("in/text.npy"), labels: path("in/samples.csv"),
      classNames: ["b", "a"], logitScale: 100, output: nil)
    #expect(try table == String(contentsOfFile: path("out/accuracy.csv"), encoding: .utf8))
  }

  @Test func `one condition under two names is refused`() throws {
    try makeSource()
    try write([[1, 0], [1, 0], [0, 1], [0, 1]], "in/gaussian-1-s0.npy")
    try write([[1, 0], [1, 0], [0, 1], [0, 1]], "in/gaussian-1.0-s0.npy")
    #expect(problem { try sweep("in", "out") }.contains("is the same condition as"))
  }

  @Test func `a refusal leaves a finished run as it was`() throws {
    try makeSource()
    try sweep("in", "out", ["angles.rank=1"])
    let before = try FileManager.default.subpathsOfDirectory(atPath: path("out")).sorted()
    let manifest = try Data(contentsOf: URL(filePath: path("out/manifest.json")))
    // Too few rows, a number that float32 does not hold, a source inside the run.
    try write([[1, 0]], "in/clean.npy")
    #expect(problem { try sweep("in", "out") }.contains("clean.npy: has 1 rows"))
    try AtomicFile.write(Data("not numpy".utf8), to: path("in/clean.npy"))
    #expect(problem { try sweep("in", "out") }.contains("in/clean.npy"))
    try makeSource()
    let rank = problem { try sweep("in", "out", ["angles.rank=2"]) }
    #expect(rank.contains("class b has 2 images; the angles need 3"))
    #expect(
      problem { try sweep("out/embeddings", "out") }.contains("lies in the run directory"))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: path("out")).sorted() == before)
    #expect(try Data(contentsOf: URL(filePath: path("out/manifest.json"))) == manifest)
  }

  @Test func `settings that have no part in it are refused`() throws {
    try makeSource()
    for setting in ["model=m", "dataset.limit=3", "noise.levels=1", "templates=t"] {
      let message = problem { try sweep("in", "out", [setting]) }
      #expect(message.contains("embeddings stand in place of it"), "\(setting): \(message)")
    }
    try sweep("in", "out", ["angles.rank=1"])
    let manifest = try #require(try Manifest.read(RunDirectory(path("out"))))
    #expect(manifest.configuration["noise.conditions"] == "clean")
  }
}
