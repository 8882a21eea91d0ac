import Files
import Fixtures
import Foundation
import ModelFixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// Baselines of the same images whose embeddings were made elsewhere.
@Suite(.serialized)
struct SweepBaselineTests {
  private let place: SweepWorkplace

  init() throws { place = try SweepWorkplace() }

  private func sweep(_ settings: [String]) throws {
    let few = ["noise.levels=0,1", "analyses=zeroshot,statistics"]
    _ = try place.sweep("run", few + settings).execute()
  }

  /// Another encoder's embeddings of the run's images; the run's own will do.
  private func importInto(_ name: String, _ settings: [String] = []) throws {
    let experiment = try experiment(
      [
        "embeddings=\(place.output("elsewhere"))", "output=\(place.output(name))",
        "analyses=zeroshot,statistics", "logit-scale=10",
      ] + settings)
    _ = try Sweep(experiment, arguments: ["test"], isQuiet: true).execute()
  }

  private func makeElsewhere(samples: (String) -> String = { $0 }) throws {
    let (run, folder) = (place.output("run"), place.output("elsewhere"))
    for name in ["clean.npy", "gaussian-1-s0.npy", "text.npy"] {
      try AtomicFile.write(FileContents.read("\(run)/embeddings/\(name)"), to: "\(folder)/\(name)")
    }
    try AtomicFile.write(FileContents.read("\(run)/classes.csv"), to: "\(folder)/classes.csv")
    try AtomicFile.write(
      samples(FileContents.readText("\(run)/samples.csv")), to: "\(folder)/samples.csv")
  }

  private func baselines(_ name: String) throws -> [String] {
    try CSV(path: place.output(name) + "/corruption.csv").records.map { $0.fields[2] }
  }

  @Test func `paths and classes decide, not what the files of embeddings hold`() throws {
    // Noise in another space is not compared with noise that was made elsewhere.
    try sweep(["noise.space=unit"])
    try makeElsewhere()
    try importInto("other")
    let (run, other) = (place.output("run"), place.output("other"))
    try sweep(["noise.space=unit", "statistics.baseline=\(other)"])
    #expect(try baselines("run") == [other])
    try importInto("another", ["statistics.baseline=\(run)"])
    #expect(try baselines("another") == [run])
    // And one import beside another.
    try importInto("third", ["statistics.baseline=\(other)"])
    #expect(try baselines("third") == [other])
  }

  @Test func `the first row that differs is named`() throws {
    try sweep([])
    try makeElsewhere { $0.replacing("banded/banded_2.jpg", with: "banded/elsewhere.jpg") }
    try importInto("other")
    let message = problem { try sweep(["statistics.baseline=\(place.output("other"))"]) }
    #expect(
      message.contains(
        "is of other images: row 2 (counted from 0) is banded/elsewhere.jpg of the class banded there and "
          + "banded/banded_2.jpg of the class banded in this run"), "\(message)")
  }

  @Test func `images that changed under their names are others`() throws {
    try sweep([])
    let (run, other) = (place.output("run"), place.output("other"))
    _ = try place.sweep("other", ["noise.levels=0,1", "analyses=zeroshot"]).execute()
    var manifest = try #require(try Manifest.read(RunDirectory(other)))
    manifest.data?.digest = "of other contents"
    try manifest.write(to: RunDirectory(other))
    let message = problem { try sweep(["statistics.baseline=\(other)"]) }
    #expect(message.contains("not the same contents"), "\(message)")
    // Nothing of the run was touched.
    #expect(try Manifest.read(RunDirectory(run))?.isFinished == true)
  }

  @Test func `noise of another space is another`() throws {
    try sweep([])
    let other = place.output("other")
    _ = try place.sweep(
      "other", ["noise.levels=0,1", "noise.space=unit", "analyses=zeroshot"]
    ).execute()
    let message = problem { try sweep(["statistics.baseline=\(other)"]) }
    #expect(message.contains("is of another kind of noise: noise.specification is "), "\(message)")
  }

  @Test func `tables without samples are compared by their data`() throws {
    try sweep([])
    let other = place.output("other")
    _ = try place.sweep("other", ["noise.levels=0,1", "analyses=zeroshot"]).execute()
    try FileManager.default.removeItem(atPath: other + "/samples.csv")
    try sweep(["statistics.baseline=\(other)"])
    #expect(try baselines("run") == [other])
    var manifest = try #require(try Manifest.read(RunDirectory(other)))
    manifest.data?.digest = ""
    try manifest.write(to: RunDirectory(other))
    #expect(
      problem { try sweep(["statistics.baseline=\(other)"]) }.contains("has no samples.csv"))
  }
}
