import Analyses
import Experiments
import Files
import Fixtures
import Foundation
import ModelFixtures
import Runs
import Testing

/// A sweep beside the same through random weights.
struct SweepControlTests {
  @Test func `the control is a run of its own, and the baseline of corruption errors`() throws {
    let place = try SweepWorkplace()
    let settings = ["control=true", "analyses=zeroshot,statistics", "seed=5"]
    _ = try place.sweep("run", settings).execute()
    let control = place.output("run") + "/control"
    let manifest = try #require(try Manifest.read(RunDirectory(control)))
    #expect(manifest.model?.name == "random:\(place.model.folder.path)")
    let (model, random) = try (
      CSV(path: place.output("run") + "/accuracy.csv"), CSV(path: control + "/accuracy.csv")
    )
    #expect(random.records.count == 3 && random.records != model.records)
    let table = try CSV(path: place.output("run") + "/corruption.csv")
    #expect(table.records.map { $0.fields[2] } == ["random:\(place.model.folder.path)"])
    let expected = CorruptionError(
      errors: model.records[1...].map { 1 - (Double($0.fields[4]) ?? 0) },
      clean: 1 - (Double(model.records[0].fields[4]) ?? 0),
      baselineErrors: random.records[1...].map { 1 - (Double($0.fields[4]) ?? 0) },
      baselineClean: 1 - (Double(random.records[0].fields[4]) ?? 0))
    #expect(table.records[0].fields[4] == expected.corruption?.shortestText)
  }

  @Test func `without zero-shot accuracy the control is no baseline`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["control=true", "analyses=angles,statistics", "angles.rank=2"])
      .execute()
    let run = RunDirectory(place.output("run"))
    #expect(try Manifest.read(run)?.finishedAt != nil)
    #expect(FileManager.default.fileExists(atPath: run.file("control/angles/clean.csv")))
    #expect(!FileManager.default.fileExists(atPath: run.file("corruption.csv")))
  }
}
