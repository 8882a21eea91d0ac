import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// Analyses of a finished run's embeddings: the run itself stays as it is, whatever becomes of the new one.
@Suite(.serialized)
struct ReanalysisTests {
  private func analyse(
    _ place: SweepWorkplace, _ run: String = "run", to output: String, _ settings: [String] = []
  ) throws -> String {
    try Reanalysis(
      place.output(run), output: place.output(output),
      assignments: settings.map { try Assignment(argument: $0) }, arguments: ["test"],
      isQuiet: true
    ).execute()
  }

  /// The bytes of every file of a run directory and when each was written.
  private func state(_ path: String) throws -> [String: [String]] {
    var files: [String: [String]] = [:]
    for case let name as String in try #require(FileManager.default.enumerator(atPath: path)) {
      let date = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
      // A lock comes and goes in a folder that is read.
      guard date[.type] as? FileAttributeType == .typeRegular else { continue }
      files[name] = [
        "\(date[.modificationDate] ?? "")", "\(date[.size] ?? "")",
        "\(Digest(of: (try? Data(contentsOf: URL(filePath: path + "/" + name))) ?? Data()))",
      ]
    }
    return files
  }

  private func problem(_ body: () throws -> Any) -> String {
    do {
      _ = try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func `without other settings the tables are the run's, with control and pictures`() throws {
    let place = try SweepWorkplace()
    let summary = try place.sweep(
      "run",
      [
        "control=true", "noise.seeds=0,3", "layouts.sample-classes=2", "layouts.class-seed=4",
        "statistics.groups.some=banded", "topology.landmarks=5", "geometry.overlap-neighbors=3",
      ]
    ).execute()
    let before = try state(place.output("run"))
    let said = try analyse(place, to: "again")
    #expect(try state(place.output("run")) == before)
    #expect(
      said.replacing(place.output("again"), with: "")
        == summary.replacing(
          place.output("run"), with: ""))
    // Cells are not copied, and nothing had to be computed.
    let results = try SweepWorkplace.results(place.output("run")).filter {
      !$0.key.contains("control/cells/") && !$0.key.contains("control/units/")
    }
    let again = try SweepWorkplace.results(place.output("again"))
    #expect(Set(again.keys) == Set(results.keys))
    for (name, data) in results where !name.hasSuffix("manifest.json") {
      #expect(again[name] == data, "\(name)")
    }
    #expect(results["control/corruption.csv"] != nil && results["thumbnails/00000.jpg"] != nil)
    #expect(!FileManager.default.fileExists(atPath: place.output("again") + "/units"))
    #expect(!FileManager.default.fileExists(atPath: place.output("again") + "/cells"))

    let (source, copy) = (
      try #require(try Manifest.read(RunDirectory(place.output("run")))),
      try #require(try Manifest.read(RunDirectory(place.output("again"))))
    )
    #expect(copy.outputs == source.outputs && copy.finishedAt != nil)
    #expect(copy.model?.digest == source.model?.digest && copy.noiseSeeds == [0, 3])
    #expect(copy.zeroShot?.logitScale == source.zeroShot?.logitScale)
    #expect(copy.configuration["analyse.run"] == place.output("run"))
    #expect(
      try copy.configuration["analyse.manifest"]
        == "\(Digest(ofFile: place.output("run") + "/manifest.json"))")
    var settings = copy.configuration
    settings["analyse.run"] = nil
    settings["analyse.manifest"] = nil
    #expect(settings == source.configuration)

    // The new run is one like others: it is classified again, and analysed.
    _ = try ZeroShotEvaluation.ofRun(
      place.output("again"), split: nil, templates: nil, model: nil, logitScale: nil, output: nil)
    _ = try analyse(place, "again", to: "third", ["control=false"])
    let third = try SweepWorkplace.results(place.output("third"))
    #expect(third["accuracy.csv"] == results["accuracy.csv"])
    #expect(!third.keys.contains { $0.hasPrefix("control") })
  }

  @Test func `another metric gives the tables of a sweep with it`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    _ = try place.sweep("cosine", ["topology.metric=cosine"]).execute()
    _ = try analyse(place, to: "changed", ["topology.metric=cosine"])
    let sweep = try SweepWorkplace.results(place.output("cosine"))
    let changed = try SweepWorkplace.results(place.output("changed"))
    #expect(Set(sweep.keys) == Set(changed.keys))
    for (name, data) in sweep { #expect(changed[name] == data, "\(name)") }
    let run = try SweepWorkplace.results(place.output("run"))
    #expect(run["distances.csv"] != changed["distances.csv"])
    // Layouts are the run's own; diagrams had to be computed.
    let units = try FileManager.default.contentsOfDirectory(
      atPath: place.output("changed") + "/units")
    let all = try FileManager.default.contentsOfDirectory(atPath: place.output("cosine") + "/units")
    let known = try FileManager.default.contentsOfDirectory(atPath: place.output("run") + "/units")
    #expect(Set(units) == Set(all).subtracting(known))

    // Again, and then fewer analyses in the same folder: the others' files stay, and what they are of.
    _ = try analyse(place, to: "changed", ["topology.metric=cosine"])
    #expect(try SweepWorkplace.results(place.output("changed")) == changed)
    _ = try analyse(place, to: "changed", ["analyses=zeroshot"])
    #expect(try SweepWorkplace.results(place.output("changed")) == changed)
    let manifest = try #require(try Manifest.read(RunDirectory(place.output("changed"))))
    #expect(manifest.analyses["topology"]?.settings["topology.metric"] == "cosine")
    #expect(
      manifest.outputs["distances.csv"] == "\(Digest(of: changed["distances.csv"] ?? Data()))")
    // Another setting is computed, and what is made of it.
    _ = try analyse(place, to: "changed", ["analyses=topology"])
    #expect(try SweepWorkplace.results(place.output("changed")) == run)
  }

  @Test func `analyses that are there are extended, and those of other images are left alone`()
    throws
  {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0,2", "analyses=geometry"]).execute()
    _ = try analyse(place, to: "out")
    let target = RunDirectory(place.output("out"))
    let before = try state(target.path)
    let table = try #require(before.keys.first { $0.hasPrefix("geometry") && $0.hasSuffix(".csv") })
    _ = try analyse(place, to: "out", ["analyses=angles"])
    #expect(try state(target.path)[table] == before[table])
    let manifest = try #require(try Manifest.read(target))
    #expect(Set(manifest.analyses.keys) == ["angles", "geometry"] && manifest.isFinished)
    #expect(manifest.outputs[table] == before[table]?[2])
    let extended = try state(target.path)

    let found = problem { try analyse(place, to: "out", ["analyse.split=test"]) }
    #expect(found.contains("holds finished analyses of 20"), "\(found)")
    #expect(found.contains("analyse.split: not set there, test asked for"), "\(found)")
    #expect(found.hasSuffix("give another --output"), "\(found)")
    #expect(try state(target.path) == extended)

    // The run has a level more: all that is there is computed of it too.
    _ = try place.sweep("run", ["noise.levels=0,0.5,2", "analyses=geometry"]).execute()
    _ = try analyse(place, to: "out", ["analyses=geometry,angles"])
    _ = try analyse(place, to: "anew", ["analyses=geometry,angles"])
    #expect(
      try SweepWorkplace.results(target.path) == SweepWorkplace.results(place.output("anew")))

    // Tables without their manifest are nobody's.
    try FileManager.default.removeItem(atPath: target.file("manifest.json"))
    let lost = try state(target.path)
    let unknown = problem { try analyse(place, to: "out") }
    #expect(unknown.contains("without its manifest") && !unknown.contains("--overwrite"))
    #expect(try state(target.path) == lost)
  }

  @Test func `a run that another process writes is not read`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0", "analyses=geometry"]).execute()
    try RunLock.hold(place.output("run")) {
      let found = ElsewhereThread.problem {
        try Reanalysis.alone(place.output("run"), place.output("out")) {
          _ = try self.analyse(place, to: "out")
        }
      }
      #expect(found.contains("works in it; wait for it"), "\(found)")
      let zeroShot = ElsewhereThread.problem {
        _ = try ZeroShotEvaluation.ofRun(
          place.output("run"), split: nil, templates: nil, model: nil, logitScale: 10,
          output: place.output("out"))
      }
      #expect(zeroShot.contains("works in it; wait for it"), "\(zeroShot)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.output("out")))
    try RunLock.holdForReading(place.output("run")) {
      let beside = ElsewhereThread.problem { _ = try self.analyse(place, to: "out") }
      #expect(beside == "no error")
    }
  }

  @Test func `a part of the images: a split, classes, so many of each`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let run = RunDirectory(place.output("run"))
    _ = try analyse(place, to: "test", ["analyse.split=test", "analyses=zeroshot,geometry"])
    let test = RunDirectory(place.output("test"))
    let (all, some) = (try run.readSamples(), try test.readSamples())
    let rows = all.splits.indices.filter { all.splits[$0] == "test" }
    #expect(some == all.selecting(rows) && rows.count == 6)
    for condition in try run.conditions() {
      #expect(
        try test.readEmbeddings(condition, rowCount: 6)
          == run.readEmbeddings(condition, rowCount: 18).selectingRows(rows))
    }
    for (place, row) in rows.enumerated() {
      #expect(
        try Data(contentsOf: URL(filePath: test.file(Thumbnails.file(row: place))))
          == Data(contentsOf: URL(filePath: run.file(Thumbnails.file(row: row)))))
    }
    _ = try ZeroShotEvaluation.ofRun(
      run.path, split: "test", templates: nil, model: nil, logitScale: nil,
      output: place.output("tables"))
    let (ours, theirs) = (
      try CSV(path: test.file("accuracy.csv")),
      try CSV(path: place.output("tables") + "/accuracy.csv")
    )
    #expect(ours.records.map { $0.fields.prefix(7) } == theirs.records.map { $0.fields.prefix(7) })
    let manifest = try #require(try Manifest.read(test))
    #expect(manifest.configuration["analyse.split"] == "test" && manifest.data?.images == 6)
    #expect(try manifest.data?.digest != Manifest.read(run)?.data?.digest)

    // Classes with their text; of that again a part, which no longer names the first one's choice.
    _ = try analyse(
      place, to: "two", ["analyse.classes=grid,banded", "analyses=zeroshot", "control=false"])
    let two = RunDirectory(place.output("two"))
    #expect(try two.readSamples().classes == ["banded", "grid"])
    #expect(
      try two.readClassEmbeddings(classCount: 2)
        == run.readClassEmbeddings(classCount: 3).selectingRows([0, 2]))
    _ = try analyse(place, "two", to: "few", ["analyse.per-class=2"])
    #expect(try RunDirectory(place.output("few")).readSamples().labels == [0, 0, 1, 1])
    let few = try #require(try Manifest.read(RunDirectory(place.output("few"))))
    #expect(few.configuration["analyse.classes"] == nil)
    #expect(few.configuration["analyse.per-class"] == "2" && few.data?.classes == 2)

    for (setting, message) in [
      ("analyse.classes=gird", "did you mean grid?"), ("analyse.split=dev", "expected one of"),
      ("analyse.limit=0", "analyse.limit is \"0\""),
      ("analyse.noise=x", "no setting analyse.noise"),
    ] {
      let found = problem { try analyse(place, to: "x", [setting]) }
      #expect(found.contains(message), "\(found)")
    }
    #expect(!FileManager.default.fileExists(atPath: place.output("x")))
  }

  @Test func `a run without text, and one imported`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["noise.levels=0,2"]).execute(onlyEmbeddings: true)
    _ = try analyse(place, to: "later")
    let later = try SweepWorkplace.results(place.output("later"))
    #expect(later["angles/clean.csv"] != nil && later["accuracy.csv"] == nil)
    #expect(
      problem { try analyse(place, to: "none", ["analyses=zeroshot"]) }.contains(
        "embeddings of the classes"))
    #expect(!FileManager.default.fileExists(atPath: place.output("none")))

    let settings = [
      "embeddings=\(place.output("run"))/embeddings", "angles.rank=2", "angles.null-draws=5",
      "output=\(place.output("imported"))",
    ]
    _ = try Sweep(try experiment(settings), arguments: ["test"], isQuiet: true).execute()
    _ = try analyse(place, "imported", to: "again")
    #expect(
      try SweepWorkplace.results(place.output("again"))
        == SweepWorkplace.results(place.output("imported")))
  }

  @Test func `what is no finished run, or not what it was, is named before anything is written`()
    throws
  {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["analyses=geometry"]).execute()
    let run = place.output("run")
    let manager = FileManager.default
    #expect(problem { try analyse(place, "nowhere", to: "x") }.contains("is not there"))
    for output in ["run", "run/x", "run/../run", "run/control"] {
      #expect(
        problem { try analyse(place, to: output) }.contains("a finished run stays as it is"),
        "\(output)")
    }
    try manager.createSymbolicLink(atPath: place.output("link"), withDestinationPath: run)
    #expect(problem { try analyse(place, to: "link/x") }.contains("a finished run stays as it is"))

    _ = try place.sweep("other", ["noise.levels=0", "analyses=geometry"]).execute()
    let other = try state(place.output("other"))
    #expect(problem { try analyse(place, to: "other") }.contains("holds another run"))
    #expect(try state(place.output("other")) == other)
    try manager.createDirectory(atPath: place.output("mine"), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: place.output("mine/notes.txt")))
    #expect(
      problem { try analyse(place, to: "mine") }.contains("files that are not a run's: notes.txt"))

    // A bit of the embeddings, and then an unfinished run.
    let file = run + "/embeddings/clean.npy"
    let bytes = try Data(contentsOf: URL(filePath: file))
    var flipped = bytes
    flipped[flipped.count - 3] ^= 1
    try flipped.write(to: URL(filePath: file))
    #expect(
      problem { try analyse(place, to: "x") }.contains("embeddings/clean.npy (changed)"))
    try manager.removeItem(atPath: file)
    #expect(problem { try analyse(place, to: "x") }.contains("embeddings/clean.npy (missing)"))
    try bytes.write(to: URL(filePath: file))
    try manager.removeItem(atPath: run + "/manifest.json")
    #expect(problem { try analyse(place, to: "x") }.contains("holds no finished run"))
    #expect(!manager.fileExists(atPath: place.output("x")))
  }

  @Test(arguments: [
    ("noise.levels=0", "noise.levels decides the embeddings"),
    ("model=builtin", "model decides the embeddings"),
    ("dataset.limit=3", "dataset.limit decides the embeddings"),
    ("noise.seeds=1", "decides the embeddings"), ("templates=x", "decides the embeddings"),
    ("topolgy.metric=cosine", "did you mean topology?"),
    ("topology.metrc=cosine", "did you mean topology.metric?"),
    ("topology.metric=near", "topology.metric is \"near\"; expected one of"),
    ("control=true", "the run has none"), ("analyses=angels", "expected a list of"),
    ("output=y", "output is no setting of an analysis"),
  ])
  func `a setting that analyses do not have is refused with what is wrong`(
    setting: String, message: String
  ) throws {
    let manifest = try handmade(experiment())
    let found = problem {
      try Experiment(
        of: manifest, file: "run/manifest.json",
        assignments: [try Assignment(argument: setting)], output: "x")
    }
    #expect(found.contains(message), "\(found)")
    #expect(found.hasPrefix("--set \(setting): "), "\(found)")
  }

  @Test func `settings come back from what a manifest says of them`() throws {
    let known = try experiment([
      "angles.rank=3", "angles.center=false", "layouts.methods=umap,pca", "layouts.perplexity=12.5",
      "layouts.sample-classes=3", "layouts.class-seed=9", "topology.metric=cosine",
      "topology.threshold=0.25", "topology.landmarks=40", "statistics.baseline=runs/a",
      "statistics.groups.some=banded,dotted", "probe.neighbors=1,3", "geometry.overlap-neighbors=4",
      "seed=7", "analyses=angles,layouts", "name=n",
    ])
    var manifest = try handmade(known)
    func read(_ more: [Assignment] = []) throws -> Experiment {
      try Experiment(of: manifest, file: "m", assignments: more, output: "x")
    }
    let again = try read()
    #expect(
      again.analysisSettings.canonicalSettings.map { "\($0)" }
        == known.analysisSettings.canonicalSettings.map { "\($0)" })
    #expect(again.analyses == known.analyses && again.name == "n" && again.modelSeed == 7)
    let drawn = try read([Assignment("layouts.class-seed", "2", place: "--set")])
    #expect(
      drawn.analysisSettings[LayoutsAnalysis.self].sampleClasses == .sample(count: 3, seed: 2))
    // A point in a group's name is not one between keys.
    manifest.configuration["statistics.groups.a.b"] = "woven"
    let groups = try read().analysisSettings[StatisticsAnalysis.self].groups
    #expect(groups.map(\.name) == ["a.b", "some"])
    // A setting that only another version has is not passed over.
    manifest.configuration["topology.colour"] = "red"
    #expect(problem { try read() }.hasPrefix("m: there is no setting topology.colour"))
  }

  /// A manifest with the settings of an experiment.
  private func handmade(_ experiment: Experiment) throws -> Manifest {
    let settings = Dictionary(
      uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) })
    return try JSONDecoder().decode(
      Manifest.self, from: JSONEncoder().encode(["configuration": settings]))
  }
}
