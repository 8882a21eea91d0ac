import Analyses
import CLIP
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// The whole job on real small files: a tiny checkpoint, 18 images, three conditions.
@Suite(.serialized)
struct SweepTests {
  @Test func `writes the run directory`() throws {
    let place = try SweepWorkplace()
    let summary = try place.sweep("run").execute()
    #expect(summary.contains("| none | 0 |  | 18 |"))
    let path = place.output("run")
    let conditions = ["clean", "gaussian-0.5-s0", "gaussian-2-s0"]
    let expected =
      [
        "samples.csv", "classes.csv", "conditions.csv", "accuracy.csv", "accuracy.md",
        "accuracy.tex", "levels.tex",
        "predictions.csv", "embeddings/text.npy", "distances.csv", "geometry.csv", "geometry.json",
        "layouts/quality.csv", "layouts/quality.json", "levels.csv", "level_tests.csv",
        "reliability.csv", "corruption.csv", "changes.csv", "link.csv", "merges.csv",
        "class_means.csv", "merging_pairs.csv", "partial.csv", "added.csv",
        "cosines.csv", "diagram_tests.csv", "witnesses.csv", "examples.csv", "pictures.json",
        "probes.csv", "probe-fits.csv", "failures.csv", "failure_scores.csv",
      ]
      + conditions.flatMap {
        [
          "embeddings/\($0).npy", "confusion/\($0).csv", "angles/\($0).csv",
          "angles/heatmap-\($0).csv", "angles/heatmap-\($0).json", "layouts/tsne-\($0).csv",
          "layouts/umap-\($0).csv", "layouts/pca-\($0).csv", "layouts/tsne-joint-\($0).csv",
          "layouts/umap-joint-\($0).csv", "layouts/pca-joint-\($0).csv",
          "diagrams/all-\($0).csv", "diagrams/class-banded-\($0).csv",
          "diagrams/class-dotted-\($0).csv", "diagrams/class-grid-\($0).csv",
        ]
      }
    // The pictures, which PicturesTests look at, are views of what went in.
    let written = try SweepWorkplace.results(path).keys.filter {
      !$0.hasPrefix("thumbnails/") && !$0.hasPrefix("examples/")
    }
    #expect(Set(written) == Set(expected))

    let samples = try CSV(path: path + "/samples.csv")
    #expect(samples.header == ["row", "path", "class", "split"])
    #expect(samples.records.count == 18)
    #expect(samples.records[0].fields == ["0", "banded/banded_0.jpg", "banded", "train"])
    let accuracy = try CSV(path: path + "/accuracy.csv")
    #expect(
      accuracy.header.prefix(7) == [
        "noise", "level", "seed", "count", "top1", "top5", "mean_per_class",
      ])
    #expect(
      accuracy.records.map { Array($0.fields.prefix(4)) } == [
        ["none", "0", "", "18"], ["gaussian", "0.5", "0", "18"], ["gaussian", "2", "0", "18"],
      ])
    let angles = try CSV(path: path + "/angles/clean.csv")
    #expect(angles.header == ["class_a", "class_b", "k_a", "k_b", "index", "angle", "null"])
    #expect(angles.records.count == 3 * 2)  // three pairs, two angles each

    // The predictions and the confusion matrix tell one story, and accuracy is their count.
    let predictions = try CSV(path: path + "/predictions.csv")
    let clean = predictions.records.filter { $0.fields[2] == "none" }
    let right = clean.count { $0.fields[1] == $0.fields[5] }
    #expect(accuracy.records[0].fields[4] == (Double(right) / 18).shortestText)
    #expect(clean.allSatisfy { ($0.fields[7] == "1") == ($0.fields[1] == $0.fields[5]) })
    let confusion = try CSV(path: path + "/confusion/clean.csv")
    let diagonal = confusion.records.enumerated().reduce(0) {
      $0 + (Int($1.element.fields[$1.offset + 1]) ?? 0)
    }
    #expect(diagonal == right)

    let manifest = try #require(try Manifest.read(RunDirectory(path)))
    #expect(manifest.cells?.total == 3 && manifest.cells?.cached == 0)
    #expect(manifest.data?.images == 18 && manifest.noiseSeeds == [0])
    #expect(Set(manifest.outputs.keys) == Set(expected).subtracting(["pictures.json"]))
    for (name, digest) in manifest.outputs {
      #expect(try "\(Digest(ofFile: path + "/" + name))" == digest)
    }
  }

  @Test func `kinds of noise in one run: severities, and seeds where there is chance`() throws {
    let place = try SweepWorkplace()
    let path = place.output("kinds")
    _ = try place.sweep(
      "kinds",
      [
        "noise.kind=gaussian,shot,blur", "noise.severities=0,2", "noise.seeds=0,1",
        "analyses=zeroshot",
      ]
    ).execute()
    let names = [
      "clean", "gaussian-0.5-s0", "gaussian-0.5-s1", "gaussian-2-s0", "gaussian-2-s1", "shot-2-s0",
      "shot-2-s1", "blur-2",
    ]
    let accuracy = try CSV(path: path + "/accuracy.csv")
    #expect(
      accuracy.records.map { $0.fields.prefix(3).joined(separator: " ") } == [
        "none 0 ", "gaussian 0.5 0", "gaussian 0.5 1", "gaussian 2 0", "gaussian 2 1", "shot 2 0",
        "shot 2 1", "blur 2 ",
      ])
    // 18 images are one chunk: a cell a condition.
    let files = FileManager.default
    #expect(try files.contentsOfDirectory(atPath: path + "/cells").count == names.count)
    let embeddings = try names.map {
      try Data(contentsOf: URL(filePath: "\(path)/embeddings/\($0).npy"))
    }
    #expect(Set(embeddings).count == names.count)

    // Other kinds beside it change nothing of Gaussian noise, nor of its cells.
    let alone = place.output("alone")
    _ = try place.sweep("alone", ["analyses=zeroshot"]).execute()
    for (index, name) in names.enumerated() where name == "clean" || name.hasSuffix("5-s0") {
      #expect(
        try Data(contentsOf: URL(filePath: "\(alone)/embeddings/\(name).npy")) == embeddings[index])
    }
    let cells = try files.contentsOfDirectory(atPath: alone + "/cells")
    #expect(try Set(cells).isSubset(of: files.contentsOfDirectory(atPath: path + "/cells")))
  }

  @Test func `embeddings are unit rows in the order of the samples, and paired by image`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let model = try CLIPModel(directory: place.model.folder.path)
    let tower = try model.visionTower()
    let clean = try MatrixFile.read(place.output("run") + "/embeddings/clean.npy")
    // One image by the long way round, on its own.
    let samples = try CSV(path: place.output("run") + "/samples.csv")
    for row in [0, 7, 17] {
      let file = place.dataset.folder.appending(path: "images/" + samples.records[row].fields[1])
      let image = try model.preprocessing.pixels(
        of: .init(decoding: Data(contentsOf: file), file: "image"))
      let table = model.preprocessing.normalizationTable()
      let pixels = (0..<3).flatMap { channel in
        stride(from: channel, to: image.pixels.count, by: 3).map {
          table[channel][Int(image.pixels[$0])]
        }
      }
      let alone = try #require(tower.features(pixels, count: 1).withUnitRows())
      for j in 0..<16 { #expect(abs(Double(alone[0, j]) - clean[row, j]) < 1e-6) }
    }
  }

  @Test func `threads, a second run and a cache change no byte`() throws {
    let place = try SweepWorkplace()
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    _ = try place.sweep("one").execute()
    Parallel.workers = 3
    _ = try place.sweep("three", ["cache=\(place.output("cells"))"]).execute()
    let one = try SweepWorkplace.results(place.output("one"))
    #expect(try SweepWorkplace.results(place.output("three")) == one)
    // Again, all cells cached.
    _ = try place.sweep("one").execute()
    #expect(try SweepWorkplace.results(place.output("one")) == one)
    let manifest = try #require(try Manifest.read(RunDirectory(place.output("one"))))
    #expect(manifest.cells?.cached == 3)
    _ = try place.sweep("other", ["cache=\(place.output("cells"))"]).execute()
    #expect(try Manifest.read(RunDirectory(place.output("other")))?.cells?.cached == 3)
    #expect(try SweepWorkplace.results(place.output("other")) == one)
  }

  @Test func `a sweep goes on from the cells that are there`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("whole").execute()
    // Half of the levels first: the rest is added, the half is found.
    _ = try place.sweep("parts", ["noise.levels=0,0.5"]).execute()
    _ = try place.sweep("parts").execute()
    #expect(
      try SweepWorkplace.results(place.output("parts"))
        == SweepWorkplace.results(place.output("whole")))
    #expect(try Manifest.read(RunDirectory(place.output("parts")))?.cells?.cached == 2)
  }

  @Test func `beginning anew leaves no stale file behind, and keeps what is finished`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let units = try FileManager.default.contentsOfDirectory(atPath: place.output("run/units"))
    _ = try place.sweep("run", ["noise.levels=0", "analyses=angles"], overwrites: true).execute()
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: place.output("run/units")))
        .isSuperset(of: units))
    #expect(try Manifest.read(RunDirectory(place.output("run")))?.cells?.cached == 1)
    let names = try Set(SweepWorkplace.results(place.output("run")).keys)
    #expect(!names.contains("embeddings/gaussian-2-s0.npy"))
    #expect(!names.contains("accuracy.csv"))
    #expect(names.contains("angles/clean.csv") && !names.contains("angles/gaussian-2-s0.csv"))
  }

  @Test func `a damaged manifest stops the run before it removes what an earlier one left`() throws
  {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let before = try SweepWorkplace.results(place.output("run"))
    let manifest = place.output("run") + "/manifest.json"
    try AtomicFile.write("{\"configuration\": ", to: manifest)
    let error = #expect(throws: FileError.self) { try place.sweep("run").execute() }
    #expect(error?.file == manifest && error?.problem.contains("delete it") == true)
    #expect(try SweepWorkplace.results(place.output("run")) == before)
    // Nobody can say any more what the tables are of.
    try FileManager.default.removeItem(atPath: manifest)
    let message = problem { _ = try place.sweep("run").execute() }
    #expect(
      message.contains("without its manifest") && message.contains("--overwrite"), "\(message)")
    #expect(try SweepWorkplace.results(place.output("run")) == before)
    _ = try place.sweep("run", overwrites: true).execute()
    #expect(try SweepWorkplace.results(place.output("run")) == before)
  }

  @Test func `missing and damaged images stop the run before it starts, all named`() throws {
    let place = try SweepWorkplace()
    let images = place.dataset.folder.appending(path: "images")
    try FileManager.default.removeItem(at: images.appending(path: "grid/grid_1.png"))
    let jpeg = images.appending(path: "banded/banded_2.jpg")
    try Data(contentsOf: jpeg).dropLast(200).write(to: jpeg)
    try Data("not an image".utf8).write(to: images.appending(path: "dotted/dotted_3.png"))
    do {
      _ = try place.sweep("run").execute()
      Issue.record("ran")
    } catch {
      let message = "\(error)"
      #expect(message.contains("3 images are missing or damaged"))
      for name in ["grid/grid_1.png", "banded/banded_2.jpg", "dotted/dotted_3.png"] {
        #expect(message.contains(name))
      }
      #expect(message.contains("--skip-broken"))
    }
    let list = try CSV(path: place.output("run") + "/unusable-images.csv")
    #expect(list.records.count == 3)
    #expect(!FileManager.default.fileExists(atPath: place.output("run") + "/cells"))

    _ = try place.sweep("run", ["dataset.skip-broken=true"]).execute()
    let manifest = try #require(try Manifest.read(RunDirectory(place.output("run"))))
    #expect(manifest.data?.images == 15)
    #expect(
      try Set(#require(manifest.data).leftOut.map(\.path))
        == ["grid/grid_1.png", "banded/banded_2.jpg", "dotted/dotted_3.png"])
  }

  @Test func `too few images for the angles stop the run before it starts`() throws {
    let place = try SweepWorkplace()
    for (settings, part) in [
      (
        ["dataset.per-class=1", "angles.rank=auto"], "class banded has 1 images; the angles need 2"
      ),
      (["angles.rank=6"], "class banded has 6 images; the angles need 7"),
      (["dataset.classes=grid"], "two classes or more"),
    ] {
      do {
        _ = try place.sweep("run", settings).execute()
        Issue.record("ran")
      } catch {
        #expect("\(error)".contains(part), "\(error)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: place.output("run") + "/cells"))
    _ = try place.sweep("run", ["dataset.per-class=1", "analyses=zeroshot"]).execute()
  }

  @Test func `a dry run counts cells and writes nothing`() throws {
    let place = try SweepWorkplace()
    func stage(_ name: String, _ estimate: RunEstimate) -> RunEstimate.Stage? {
      estimate.stages.first { $0.name == name }
    }
    let estimate = try place.sweep("run").estimate()
    for condition in ["clean", "gaussian-0.5-s0", "gaussian-2-s0"] {
      let embedding = try #require(stage("embed \(condition)", estimate))
      #expect(embedding.toDo == "18 images" && embedding.finished == "0" && embedding.seconds > 0)
    }
    for analysis in AnalysisRegistry.names {
      let units = try #require(stage(analysis, estimate), "\(analysis)")
      #expect(units.toDo != "0 units" && units.finished == "0" && units.seconds > 0, "\(analysis)")
    }
    #expect(stage("pictures", estimate)?.toDo == "18 images")
    #expect(estimate.seconds == estimate.stages.reduce(0) { $0 + $1.seconds })
    #expect(estimate.table.hasPrefix("stage"))
    #expect(!FileManager.default.fileExists(atPath: place.output("run")))
    _ = try place.sweep("run").execute()
    let again = try place.sweep("run").estimate()
    #expect(stage("embed clean", again)?.toDo == "0 images")
    #expect(stage("embed clean", again)?.finished == "18")
    for analysis in AnalysisRegistry.names {
      #expect(stage(analysis, again)?.toDo == "0 units", "\(analysis)")
    }
    // One setting of topology: its own units that read it, and what depends on them.
    let changed = try place.sweep("run", ["topology.halvings=3"]).estimate()
    #expect(stage("topology", changed)?.toDo == "1 units")
    #expect(stage("layouts", changed)?.toDo == "0 units")
    // The control is part of the whole, with stages of its own.
    let control = try place.sweep("run", ["control=true"]).estimate()
    #expect(stage("control: embed clean", control)?.toDo == "18 images")
    #expect(stage("control: topology", control) != nil)
    #expect(stage("control: layouts", control) == nil)
  }

  @Test func `a changed image changes its cells only by content, not by name`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let images = place.dataset.folder.appending(path: "images/grid")
    // Renaming changes no cell.
    try FileManager.default.moveItem(
      at: images.appending(path: "grid_0.jpg"), to: images.appending(path: "grid_zero.jpg"))
    let list = place.dataset.folder.appending(path: "labels/train1.txt")
    let text = try String(contentsOf: list, encoding: .utf8)
    try Data(text.replacing("grid_0.jpg", with: "grid_zero.jpg").utf8).write(to: list)
    // It stands elsewhere among the others, though.
    _ = try place.sweep("run", overwrites: true).execute()
    #expect(try Manifest.read(RunDirectory(place.output("run")))?.cells?.cached == 3)
    try TinyDataset.image(classIndex: 1, index: 9).jpegData(quality: 80)
      .write(to: images.appending(path: "grid_zero.jpg"))
    _ = try place.sweep("run", overwrites: true).execute()
    #expect(try Manifest.read(RunDirectory(place.output("run")))?.cells?.cached == 0)
  }

  @Test func `imported embeddings give the same tables`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let source = place.output("run") + "/embeddings"
    let experiment = try Experiment(
      file: nil,
      assignments: [
        "embeddings=\(source)", "output=\(place.output("imported"))", "angles.rank=2",
        "angles.null-draws=5",
      ].map { try .init(argument: $0) })
    _ = try Sweep(experiment, arguments: [], isQuiet: true).execute()
    let original = try SweepWorkplace.results(place.output("run"))
    let imported = try SweepWorkplace.results(place.output("imported"))
    for name in original.keys where name.hasPrefix("angles/") || name.hasPrefix("merg") {
      #expect(imported[name] == original[name], "\(name)")
    }
    // Confidences differ: files of embeddings do not say what the model multiplies cosines by.
    func accuracies(_ files: [String: Data]) throws -> [[String]] {
      let text = String(decoding: try #require(files["accuracy.csv"]), as: UTF8.self)
      return try CSV(text, file: "accuracy.csv").records.map { Array($0.fields.prefix(7)) }
    }
    #expect(try accuracies(imported) == accuracies(original))
  }

  @Test func `another model, or embeddings alone, leave no table of old embeddings`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    _ = try place.sweep("run").execute(onlyEmbeddings: true)
    // The same embeddings: the tables hold still.
    #expect(try SweepWorkplace.results(place.output("run")).keys.contains("accuracy.csv"))
    let outputs = try Manifest.read(RunDirectory(place.output("run")))?.outputs
    #expect(outputs?.keys.contains("accuracy.csv") == true)
    let file = place.dataset.folder.appending(path: "images/grid/grid_1.png")
    try TinyDataset.image(classIndex: 0, index: 8).pngData().write(to: file)
    _ = try place.sweep("run", overwrites: true).execute(onlyEmbeddings: true)
    let names = try SweepWorkplace.results(place.output("run")).keys
    #expect(!names.contains("accuracy.csv") && !names.contains("embeddings/text.npy"))
  }

  @Test func `a cut cell is computed again`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run").execute()
    let before = try SweepWorkplace.results(place.output("run"))
    let cells = URL(filePath: place.output("run")).appending(path: "cells")
    let names = try FileManager.default.contentsOfDirectory(atPath: cells.path).sorted()
    let cell = cells.appending(path: names[0])
    try Data(contentsOf: cell).dropLast(8).write(to: cell)
    _ = try place.sweep("run").execute()
    #expect(try Manifest.read(RunDirectory(place.output("run")))?.cells?.cached == 2)
    #expect(try SweepWorkplace.results(place.output("run")) == before)
  }

  /// The development model's predictions by transformers, torch and Pillow, image by image.
  private struct Reference: Decodable {
    struct Prediction: Decodable {
      let predicted: String
      let margin: Double
    }
    let predictions: [String: Prediction]
  }

  @Test(
    .enabled(
      if: SharedData.has("dtd10") && SharedData.has("models/dev-clip"),
      "needs ../shared/data/dtd10 and models/dev-clip, which are not here"))
  func `600 textures: predictions equal the reference's, accuracy falls with the level`() throws {
    let output = FileManager.default.temporaryDirectory.appending(path: "dtd10-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: output) }
    let folder = SharedData.folder
    let settings = [
      "dataset.path=\(folder.appending(path: "dtd10").path)", "noise.levels=0,2",
      "model=\(folder.appending(path: "models/dev-clip").path)", "output=\(output)",
      // Of what is looked at here they change nothing.
      "statistics.replicates=50", "statistics.permutations=99",
    ]
    let experiment = try Experiment(
      file: nil, assignments: settings.map { try .init(argument: $0) })
    _ = try Sweep(experiment, arguments: [], isQuiet: true).execute()

    let reference = try JSONDecoder().decode(
      Reference.self,
      from: Data(contentsOf: folder.appending(path: "models/dev-clip/expected.json")))
    let clean = try CSV(path: output + "/predictions.csv").records.filter { $0.fields[2] == "none" }
    #expect(clean.count == 600 && reference.predictions.count == 600)
    let disagreements = clean.count { row in
      reference.predictions[row.fields[0]]?.predicted != row.fields[5]
    }
    #expect(disagreements <= 1)
    let embeddings = try MatrixFile.read(output + "/embeddings/clean.npy")
    let expected = try MatrixFile.read(
      folder.appending(path: "models/dev-clip/expected-embeddings.npy").path)
    let worst = zip(embeddings.values, expected.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(worst < 2e-5)
    let accuracy = try CSV(path: output + "/accuracy.csv").records.compactMap {
      Double($0.fields[4])
    }
    #expect(accuracy.count == 2 && accuracy[1] < accuracy[0] - 0.05)
  }
}
