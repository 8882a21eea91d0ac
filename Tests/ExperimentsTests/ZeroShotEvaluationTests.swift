import Files
import Fixtures
import Foundation
import ModelFixtures
import Runs
import Testing

@testable import Experiments

@Suite(.serialized)
struct ZeroShotEvaluationTests {
  @Test func `zero-shot of a finished run, whole or of a split`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let before = try SweepWorkplace.results(place.output("run"))
    _ = try ZeroShotEvaluation.ofRun(
      place.output("run"), split: nil, templates: nil, model: nil, logitScale: nil, output: nil)
    #expect(try SweepWorkplace.results(place.output("run")) == before)
    let table = try ZeroShotEvaluation.ofRun(
      place.output("run"), split: "test", templates: nil, model: nil, logitScale: nil,
      output: place.output("test"))
    #expect(table.contains("| none | 0 |  | 6 |"))
    let scale = try #require(try Manifest.read(RunDirectory(place.output("run")))?.zeroShot)
    let files = try ZeroShotEvaluation.ofEmbeddings(
      place.output("run") + "/embeddings/clean.npy",
      text: place.output("run") + "/embeddings/text.npy",
      labels: place.output("run") + "/samples.csv", classNames: nil, logitScale: scale.logitScale,
      output: nil)
    let accuracy = try String(
      decoding: #require(before["accuracy.csv"]), as: UTF8.self
    ).split(separator: "\n")
    #expect(files.split(separator: "\n").prefix(2) == accuracy.prefix(2))
  }

  @Test func `tables of a part go to a folder of their own, with where they come from`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let run = place.output("run")
    let before = try SweepWorkplace.results(run)
    for output in [run + "/", run + "/../run"] {
      #expect(throws: FileError.self) {
        try ZeroShotEvaluation.ofRun(
          run, split: "test", templates: nil, model: nil, logitScale: nil, output: output)
      }
    }
    _ = try place.sweep("other", ["noise.levels=0"]).execute()
    #expect(throws: FileError.self) {
      try ZeroShotEvaluation.ofRun(
        run, split: "test", templates: nil, model: nil, logitScale: nil,
        output: place.output("other"))
    }
    #expect(try SweepWorkplace.results(run) == before)
    for _ in 0..<2 {  // the second time over its own tables
      _ = try ZeroShotEvaluation.ofRun(
        run, split: "test", templates: nil, model: nil, logitScale: nil,
        output: place.output("part"))
    }
    let manifest = try #require(try Manifest.read(RunDirectory(place.output("part"))))
    #expect(manifest.configuration["zeroshot.split"] == "test")
    #expect(manifest.configuration["zeroshot.run"]?.hasSuffix("/run") == true)
    // Another model is not the one that made the images' embeddings.
    let another = try TinyModel(seed: 5)
    defer { another.remove() }
    #expect(throws: FileError.self) {
      try ZeroShotEvaluation.ofRun(
        run, split: nil, templates: nil, model: another.folder.path, logitScale: nil,
        output: place.output("mixed"))
    }
  }
}
