import Files
import Fixtures
import Foundation
import ModelFixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// A sweep into a folder that holds a run: nothing that is finished is lost.
@Suite(.serialized)
struct SweepExtensionTests {
  private let place: SweepWorkplace

  init() throws { place = try SweepWorkplace() }

  private func results(_ name: String = "run") throws -> [String: Data] {
    try SweepWorkplace.results(place.output(name))
  }

  private func manifest(_ name: String = "run") throws -> Manifest {
    try #require(try Manifest.read(RunDirectory(place.output(name))))
  }

  private func requireNamed(_ name: String = "run") throws {
    let (manifest, files) = (try manifest(name), try results(name))
    let digested = files.filter {
      !$0.key.hasPrefix("thumbnails/") && !$0.key.hasPrefix("examples/")
        && $0.key != "pictures.json"
    }
    #expect(manifest.outputs == digested.mapValues { "\(Digest(of: $0))" })
    #expect(manifest.isFinished)
  }

  @Test func `levels, seeds and kinds are added, and it is as if all had been asked for at once`()
    throws
  {
    let parts = [
      ["noise.levels=0,0.5"], ["noise.levels=2"], ["noise.levels=2", "noise.seeds=1"],
      ["noise.kind=gaussian,blur", "noise.levels=0.5", "noise.severities=3"],
    ]
    for settings in parts { _ = try place.sweep("run", settings).execute() }
    // A list that is smaller throws nothing away.
    _ = try place.sweep("run", ["noise.levels=0.5"]).execute()
    let names = ["clean", "gaussian-0.5-s0", "gaussian-2-s0", "gaussian-2-s1", "blur-3"]
    #expect(try manifest().conditionNames == names)
    try requireNamed()
    let all = ["noise.kind=gaussian,blur", "noise.severities=3", "noise.seeds=0,1"]
    _ = try place.sweep("more", all).execute()
    let (run, more) = (try results(), try results("more"))
    // The level 0.5 has a second seed there; conditions are measured one by one.
    for name in names {
      for file in ["embeddings/\(name).npy", "angles/\(name).csv", "confusion/\(name).csv"] {
        #expect(run[file] == more[file] && run[file] != nil, "\(file)")
      }
    }
    _ = try place.sweep("run", all).execute()
    #expect(try results() == more)
    #expect(try manifest().configuration == manifest("more").configuration)
    #expect(try manifest().outputs == manifest("more").outputs)
  }

  @Test func `fewer analyses leave the others, more join, other settings replace`() throws {
    _ = try place.sweep("run").execute()
    let before = try results()
    _ = try place.sweep("run", ["analyses=zeroshot"]).execute()
    #expect(try results() == before)
    #expect(try manifest().configuration["analyses"] == "all")
    _ = try place.sweep("run", ["analyses=topology", "topology.metric=cosine"]).execute()
    try requireNamed()
    let changed = try results()
    let differing = Set(before.keys.filter { before[$0] != changed[$0] })
    #expect(differing.isSuperset(of: ["distances.csv", "diagrams/all-clean.csv", "changes.csv"]))
    #expect(differing.allSatisfy { !$0.hasPrefix("layouts/") && !$0.hasPrefix("angles/") })
    _ = try place.sweep("whole", ["topology.metric=cosine"]).execute()
    #expect(try results("whole") == changed)
    #expect(try manifest("whole").configuration == manifest().configuration)

    _ = try place.sweep("parts", ["analyses=statistics"]).execute()
    for analysis in ["geometry", "zeroshot,probe", "failures", "angles", "layouts"] {
      _ = try place.sweep("parts", ["analyses=\(analysis)"]).execute()
    }
    _ = try place.sweep("parts", ["analyses=topology"]).execute()
    #expect(try results("parts") == before)
    #expect(try Set(manifest("parts").analyses.keys) == Set(AnalysisRegistry.names))
    try requireNamed("parts")
  }

  @Test func `files that an analysis no longer has go`() throws {
    let bands = "topology.band-replicates=20"
    _ = try place.sweep("run", ["analyses=layouts,topology", bands]).execute()
    #expect(try results().keys.contains("bands.csv"))
    _ = try place.sweep(
      "run", ["analyses=layouts,topology", "layouts.methods=pca", "topology.band-replicates=0"]
    ).execute()
    try requireNamed()
    let names = try results().keys
    #expect(!names.contains("bands.csv") && !names.contains("layouts/umap-clean.csv"))
    #expect(names.contains("layouts/pca-clean.csv"))
  }

  @Test func `another model, data set, selection or noise space stops, and begins anew if asked`()
    throws
  {
    _ = try place.sweep("run").execute()
    let (before, finished) = (try results(), try manifest())
    let model = try TinyModel(seed: 5)
    defer { model.remove() }
    for (setting, part) in [
      ("model=\(model.folder.path)", "\n  the model: "),
      ("dataset.limit=15", "\n  dataset.limit:  there, 15 asked for"),
      ("dataset.split=test", "\n  dataset.split: all there, test asked for"),
      ("noise.space=unit", "\n  noise.specification: "),
      ("backend=openblas", "\n  the arithmetic: "),
    ] {
      let message = problem { _ = try place.sweep("run", [setting, "angles.rank=1"]).execute() }
      #expect(message.hasPrefix("\(place.output("run")): holds a finished run of 20"), "\(message)")
      #expect(message.contains(part) && message.contains("--overwrite"), "\(message)")
      #expect(try results() == before)
      #expect(try manifest().outputs == finished.outputs)
    }
    let cells = try RunDirectory(place.output("run")).contents("cells")
    _ = try place.sweep(
      "run", ["model=\(model.folder.path)", "analyses=angles"], overwrites: true
    ).execute()
    try requireNamed()
    #expect(try !results().keys.contains("accuracy.csv"))
    #expect(try RunDirectory(place.output("run")).contents("cells").count == 2 * cells.count)
    #expect(try manifest().model?.digest != finished.model?.digest)
  }

  @Test func `embeddings that are lost are made again, tables that are edited stay`() throws {
    _ = try place.sweep("run").execute()
    let before = try results()
    let run = RunDirectory(place.output("run"))
    try FileManager.default.removeItem(atPath: run.file("embeddings/gaussian-2-s0.npy"))
    try AtomicFile.write("mine", to: run.file("geometry.csv"))
    _ = try place.sweep("run", ["noise.levels=0", "analyses=angles"]).execute()
    #expect(try results()["embeddings/gaussian-2-s0.npy"] == before["embeddings/gaussian-2-s0.npy"])
    #expect(try results()["geometry.csv"] == Data("mine".utf8))
    // Its digest is of what the sweep wrote.
    let written = try #require(before["geometry.csv"])
    #expect(try manifest().outputs["geometry.csv"] == "\(Digest(of: written))")
  }

  @Test func `another seed of the control stops before anything is written`() throws {
    let settings = ["control=true", "analyses=zeroshot,statistics"]
    _ = try place.sweep("run", settings).execute()
    let before = try results()
    let message = problem { _ = try place.sweep("run", settings + ["seed=1"]).execute() }
    #expect(message.contains("the control's seed: 0 there, 1 asked for"), "\(message)")
    // The control is extended with its run, asked for or not.
    _ = try place.sweep("run", ["noise.levels=1", "analyses=zeroshot,statistics"]).execute()
    #expect(try CSV(path: place.output("run/control/accuracy.csv")).records.count == 4)
    let table = try CSV(path: place.output("run/corruption.csv"))
    #expect(table.records.map { $0.fields[2] } == ["random:\(place.model.folder.path)"])
    #expect(try results()["samples.csv"] == before["samples.csv"])
  }

  @Test func `folders of others are refused, and the data set itself`() throws {
    try AtomicFile.write("mine", to: place.output("thesis/chapter.tex"))
    #expect(
      problem { _ = try place.sweep("thesis").execute() }.contains("chapter.tex; give another"))
    let images = place.dataset.folder.path + "/images"
    for (output, part) in [
      ("output=\(images)", "is the data set"), ("output=\(images)/run", "among the class folders"),
      ("output=\(images)/grid", "among the class folders"),
    ] {
      let message = problem {
        _ = try place.sweep("run", ["dataset.path=\(images)", output]).execute()
      }
      #expect(message.contains(part), "\(message)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.output("thesis")).count == 1)
  }

  @Test func `imported embeddings are extended by conditions, and others stop`() throws {
    _ = try place.sweep("run").execute()
    let source = place.output("run") + "/embeddings"
    func sweep(_ output: String, leaving out: String? = nil) throws -> String {
      let folder = place.output("source-\(UUID())")
      for name in ["samples.csv", "classes.csv"] {
        try AtomicFile.write(
          Data(contentsOf: URL(filePath: source + "/../" + name)), to: folder + "/" + name)
      }
      for name in try FileManager.default.contentsOfDirectory(atPath: source) where name != out {
        try AtomicFile.write(
          Data(contentsOf: URL(filePath: source + "/" + name)), to: folder + "/" + name)
      }
      return try Sweep(
        experiment([
          "name=x", "embeddings=\(folder)", "output=\(place.output(output))", "angles.rank=2",
          "angles.null-draws=5",
        ]), arguments: [], isQuiet: true
      ).execute()
    }
    _ = try sweep("whole")
    _ = try sweep("parts", leaving: "gaussian-0.5-s0.npy")
    #expect(try manifest("parts").conditionNames == ["clean", "gaussian-2-s0"])
    _ = try sweep("parts", leaving: "gaussian-2-s0.npy")
    #expect(try results("parts") == results("whole"))
    #expect(try manifest("parts").data?.digest == manifest("whole").data?.digest)
    try requireNamed("parts")
    let before = try results("parts")
    let message = problem { _ = try place.sweep("parts").execute() }
    #expect(message.contains("the model: embeddings made elsewhere there"), "\(message)")
    #expect(problem { _ = try sweep("run") }.contains("embeddings made elsewhere asked for"))
    #expect(try results("parts") == before)
  }
}
