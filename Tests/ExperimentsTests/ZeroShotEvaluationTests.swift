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

  /// Tables of a run elsewhere.
  private func tables(
    _ place: SweepWorkplace, _ run: String, _ output: String, split: String? = nil
  ) throws {
    _ = try ZeroShotEvaluation.ofRun(
      place.output(run), split: split, templates: nil, model: nil, logitScale: 50,
      output: place.output(output))
  }

  /// Tables of a run's clean embeddings, taken for embeddings made elsewhere.
  private func embeddings(_ place: SweepWorkplace, _ run: String, _ output: String) throws {
    let folder = place.output(run)
    _ = try ZeroShotEvaluation.ofEmbeddings(
      folder + "/embeddings/clean.npy", text: folder + "/embeddings/text.npy",
      labels: folder + "/samples.csv", classNames: nil, logitScale: 100,
      output: place.output(output))
  }

  @Test func `embeddings made elsewhere and tables of another run are left alone`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0,2", "analyses=zeroshot"]).execute()
    let mine = place.output("mine")
    let manager = FileManager.default
    try manager.createDirectory(atPath: mine + "/embeddings", withIntermediateDirectories: true)
    for name in ["samples.csv", "classes.csv", "embeddings/clean.npy", "embeddings/text.npy"] {
      try manager.copyItem(atPath: place.output("run/" + name), toPath: mine + "/" + name)
    }
    try manager.copyItem(
      atPath: place.output("run/embeddings/gaussian-2-s0.npy"),
      toPath: mine + "/embeddings/gaussian-1-s0.npy")
    let before = try SweepWorkplace.results(mine)
    let onto: [() throws -> Void] = [
      { try tables(place, "run", "mine") }, { try embeddings(place, "run", "mine") },
    ]
    for attempt in onto {
      let found = problem(attempt)
      #expect(found.contains("without a manifest that says what they are of"), "\(found)")
      #expect(try SweepWorkplace.results(mine) == before)
    }

    _ = try place.sweep("other", ["noise.levels=0", "analyses=zeroshot"]).execute()
    try tables(place, "run", "tables")
    try Data("mine".utf8).write(to: URL(filePath: place.output("tables/levels.csv")))
    let first = try SweepWorkplace.results(place.output("tables"))
    let others: [() throws -> Void] = [
      { try tables(place, "other", "tables") }, { try embeddings(place, "run", "tables") },
    ]
    for attempt in others {
      let found = problem(attempt)
      #expect(found.contains("holds zero-shot tables of \(place.output("run")) (of 20"), "\(found)")
      #expect(try SweepWorkplace.results(place.output("tables")) == first)
    }
    // Of the same run they are replaced; what is not theirs stays.
    try tables(place, "run", "tables", split: "test")
    let second = try SweepWorkplace.results(place.output("tables"))
    #expect(second["levels.csv"] == Data("mine".utf8))
    #expect(second["predictions.csv"] != first["predictions.csv"])
    #expect(problem { _ = try place.sweep("tables").execute() }.contains("zero-shot tables of"))
  }

  @Test
  func `tables of embeddings say in a manifest what they are of, unfinished until all is there`()
    throws
  {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0", "analyses=zeroshot"]).execute()
    let folder = RunDirectory(place.output("tables"))
    // As a kill leaves it.
    var begun = try ZeroShotOutput(
      folder.path, of: .embeddings(place.output("run/embeddings/clean.npy")))
    try begun.begin(ZeroShotOutput.blank, [:])
    try Data("half".utf8).write(to: URL(filePath: folder.file("samples.csv")))
    #expect(try Manifest.read(folder)?.isFinished == false)

    try embeddings(place, "run", "tables")
    let manifest = try #require(try Manifest.read(folder))
    #expect(manifest.isFinished && manifest.zeroShot?.logitScale == 100)
    #expect(try Verification(run: folder).isUnchanged)
    #expect(
      Set(manifest.outputs.keys).isSuperset(of: [
        "samples.csv", "classes.csv", "embeddings/clean.npy", "embeddings/text.npy", "accuracy.csv",
      ]))
    let before = try SweepWorkplace.results(folder.path)
    try embeddings(place, "run", "tables")
    #expect(try SweepWorkplace.results(folder.path) == before)
  }

  @Test func `tables that are added to a run are kept by the next sweep`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0,2", "analyses=angles"]).execute()
    let run = RunDirectory(place.output("run"))
    _ = try ZeroShotEvaluation.ofRun(
      run.path, split: nil, templates: nil, model: nil, logitScale: nil, output: nil)
    let before = try SweepWorkplace.results(run.path)
    let added = try #require(try Manifest.read(run))
    #expect(Set(added.analyses.keys) == ["angles", "zeroshot"])
    #expect(added.analyses["zeroshot"]?.conditions == ["clean", "gaussian-2-s0"])
    #expect(added.analyses["zeroshot"]?.settings["statistics.folds"] == "5")
    _ = try place.sweep("run", ["noise.levels=0,2", "analyses=angles"]).execute()
    // What a sweep with zero-shot accuracy has beside, such as pictures of examples, comes along.
    let after = try SweepWorkplace.results(run.path)
    #expect(before["accuracy.csv"] != nil && before.allSatisfy { after[$0.key] == $0.value })
    let outputs = try #require(try Manifest.read(run)).outputs
    #expect(added.outputs.allSatisfy { outputs[$0.key] == $0.value })
  }
}
