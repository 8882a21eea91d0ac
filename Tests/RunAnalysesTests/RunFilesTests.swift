import Files
import Fixtures
import Runs
import Testing

@testable import RunAnalyses

@Suite struct RunFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ kind: OutputFolder.Kind) -> String {
    problem { try OutputFolder.require(folder.path, for: kind) }
      .replacing(folder.path, with: "out")
  }

  @Test func `outputs without those of an analysis`() {
    let outputs = [
      "angles/clean.csv": "a", "angles/heatmap-clean.json": "b", "distances.csv": "c",
      "embeddings/clean.npy": "d", "embeddings/text.npy": "e", "diagrams/class-a-b-clean.csv": "f",
    ]
    #expect(
      Set(RunFiles.outputs(outputs, without: AnglesAnalysis.files + TopologyAnalysis.files).keys)
        == ["embeddings/clean.npy", "embeddings/text.npy"])
    #expect(RunFiles.outputs(outputs, without: ZeroShotAnalysis.files).count == 5)
  }

  @Test(arguments: ["{\"name\": \"a web application\"}", "no JSON"])
  func `a manifest of others is their file`(text: String) throws {
    _ = try folder.write(text, "manifest.json")
    #expect(refusal(.run).hasPrefix("out: holds files that are not a run's: manifest.json;"))
  }

  @Test func `a damaged manifest beside tables is a run's`() throws {
    _ = try folder.write("{", "manifest.json")
    _ = try folder.write("x", "samples.csv")
    #expect(refusal(.run) == "")
  }

  @Test func `zero-shot tables and runs are not each other`() throws {
    _ = try folder.write(
      "{\"configuration\": {\"zeroshot.run\": \"results/x\"}}", "manifest.json")
    #expect(refusal(.run).hasPrefix("out: holds zero-shot tables of results/x, not a run"))
    #expect(refusal(.zeroShot) == "")
    _ = try folder.write("{\"configuration\": {\"name\": \"x\"}}", "manifest.json")
    #expect(refusal(.zeroShot).hasPrefix("out: is a run directory of its own"))
    #expect(refusal(.run) == "")
  }

  @Test func `what an end by force leaves is a run's`() throws {
    for name in ["lock", ".A.tmp", "cells/.B.tmp", "units/x.json", "unusable-images.csv"] {
      _ = try folder.write("x", name)
    }
    #expect(refusal(.run) == "")
    _ = try folder.write("x", "notes.md")
    #expect(refusal(.run).contains("notes.md"))
  }
}
