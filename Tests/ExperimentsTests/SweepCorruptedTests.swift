import Embedding
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Runs
import Testing

@testable import Experiments

/// A sweep over images that were corrupted beforehand.
@Suite(.serialized)
struct SweepCorruptedTests {
  private let place: SweepWorkplace
  private let folder: TemporaryFolder

  init() throws {
    (place, folder) = try (SweepWorkplace(), TemporaryFolder())
    // Under fog/1 the images are those of the clean folder, under fog/2 those of the next class.
    for (index, name) in TinyDataset.classes.enumerated() {
      for image in 0..<2 {
        let next = (index + 1) % TinyDataset.classes.count
        for (prefix, shown) in [("clean", index), ("fog/1", index), ("fog/2", next)] {
          _ = try folder.write(
            TinyDataset.image(classIndex: shown, index: image).pngData(),
            "\(prefix)/\(name)/\(image).png")
        }
      }
    }
  }

  private func sweep(_ name: String, _ settings: [String] = []) throws -> Sweep {
    let base = [
      "name=tiny", "model=\(place.model.folder.path)", "dataset.path=\(folder.path)",
      "angles.rank=1", "angles.null-draws=5", "output=\(place.output(name))", "analyses=angles",
    ]
    return Sweep(try experiment(base + settings), arguments: ["test"], isQuiet: true)
  }

  @Test func `the folders are the conditions, and nothing is added to their images`() throws {
    _ = try sweep("out").execute()
    let run = RunDirectory(place.output("out"))
    #expect(try run.conditions().map(\.name) == ["clean", "fog-1", "fog-2"])
    let samples = try run.readSamples()
    #expect(samples.paths.first == "banded/0.png" && samples.labels == [0, 0, 1, 1, 2, 2])
    func rows(_ name: String) throws -> [[Float]] {
      let matrix = try MatrixFile.readFloats(run.file("embeddings/\(name).npy"))
      return (0..<matrix.rows).map { Array(matrix.row($0)) }
    }
    let clean = try rows("clean")
    #expect(try rows("fog-1") == clean)
    // The images of the next class are embedded as they are as well.
    #expect(try rows("fog-2") == Array(clean[2...]) + clean[..<2])
    let manifest = try #require(try Manifest.read(run))
    #expect(manifest.data?.source == "\(folder.path) (images corrupted beforehand)")
    #expect(manifest.noiseSeeds.isEmpty)
    // Again, and with a setting that is not the images'.
    #expect(try sweep("out").execute().contains("6 samples, 3 conditions"))
  }

  @Test func `an image that a folder lacks stops the run, or is left out under its path`() throws {
    try FileManager.default.removeItem(atPath: folder.path + "/fog/2/grid/1.png")
    let message = problem { _ = try sweep("out").execute(onlyEmbeddings: true) }
    #expect(
      message.contains("fog/2/grid/1.png: is not there, but in another folder of the tree; "),
      "\(message)")
    _ = try folder.write("", "fog/2/grid/1.jpg")
    let other = problem { _ = try sweep("out").execute(onlyEmbeddings: true) }
    #expect(other.contains("under one name, and here its name ends in .jpg"), "\(other)")
    try FileManager.default.removeItem(atPath: folder.path + "/fog/2/grid/1.jpg")
    _ = try sweep("out", ["dataset.skip-broken=true"]).execute(onlyEmbeddings: true)
    let run = RunDirectory(place.output("out"))
    #expect(try run.readSamples().paths.count == 5)
    #expect(try Manifest.read(run)?.data?.leftOut.map(\.path) == ["fog/2/grid/1.png"])
  }

  @Test func `a run is extended by what is added to the tree, and keeps what is gone from it`()
    throws
  {
    _ = try sweep("out", ["analyses=zeroshot"]).execute()
    let run = RunDirectory(place.output("out"))
    let manager = FileManager.default
    // The images of snow/1 are those of fog/2.
    try manager.createDirectory(atPath: folder.path + "/snow", withIntermediateDirectories: true)
    try manager.moveItem(atPath: folder.path + "/fog/2", toPath: folder.path + "/snow/1")
    _ = try sweep("out", ["analyses=zeroshot"]).execute()
    #expect(try run.conditions().map(\.name) == ["clean", "fog-1", "fog-2", "snow-1"])
    let bytes = try ["fog-2", "snow-1"].map {
      try FileContents.read(run.file("embeddings/\($0).npy"))
    }
    #expect(bytes[0] == bytes[1])
    let accuracy = try CSV(path: run.file("accuracy.csv"))
    #expect(accuracy.records.map { $0.fields[0] } == ["none", "fog", "fog", "snow"])
    #expect(accuracy.records[2].fields[3...] == accuracy.records[3].fields[3...])
    let data = try #require(try Manifest.read(run)?.data)
    #expect(data.variants?.keys.sorted() == ["clean", "fog/1", "fog/2", "snow/1"])
    #expect(data.variants?["fog/2"] == data.variants?["snow/1"])
    // No picture is made of images that are gone.
    let examples = try CSV(path: run.file("examples.csv")).records.map {
      $0.fields[2] + $0.fields[3]
    }
    #expect(Set(examples) == ["none0", "fog1", "snow1"])
    // A dry run says the same.
    #expect(throws: Never.self) { _ = try sweep("out", ["analyses=zeroshot"]).estimate() }

    _ = try folder.write(
      TinyDataset.image(classIndex: 2, index: 1).pngData(), "fog/1/banded/0.png")
    for attempt in [
      { _ = try sweep("out").execute() }, { _ = try sweep("out").estimate() },
    ] as [() throws -> Void] {
      let message = problem(attempt)
      #expect(message.contains("the images in fog/1: 6 of \(folder.path)"), "\(message)")
      #expect(!message.contains("snow"))
    }
  }

  @Test func `a run of an earlier version, which says nothing of the folders, is of all or none`()
    throws
  {
    _ = try sweep("out").execute()
    let run = RunDirectory(place.output("out"))
    var manifest = try #require(try Manifest.read(run))
    let digest = manifest.data?.digest
    manifest.data?.variants = nil
    try manifest.write(to: run)
    _ = try sweep("out").execute()
    #expect(try Manifest.read(run)?.data?.digest == digest)
    #expect(try Manifest.read(run)?.data?.variants?.count == 3)
    try manifest.write(to: run)
    try FileManager.default.copyItem(
      atPath: folder.path + "/fog", toPath: folder.path + "/snow")
    #expect(problem { _ = try sweep("out").execute() }.contains("the images: 6 of "))
  }

  @Test(arguments: ["out", "clean/out", "fog/1/out"])
  func `nothing is written into the tree`(name: String) throws {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let inside = folder.path + "/" + name
    let attempts: [() throws -> Void] = [
      { _ = try sweep("x", ["output=\(inside)"]).execute() },
      { _ = try sweep("x", ["output=\(inside)"]).estimate() },
      { _ = try sweep("x", ["cache=\(inside)"]).execute() },
    ]
    for attempt in attempts {
      let message = problem(attempt)
      #expect(message.contains("lies in the data set \(folder.path), whose folders"), "\(message)")
    }
    _ = try sweep("run", ["analyses=zeroshot"]).execute()
    let later: [() throws -> Void] = [
      {
        _ = try Reanalysis(
          place.output("run"), output: inside, assignments: [], arguments: [], isQuiet: true
        ).execute()
      },
      {
        _ = try ZeroShotEvaluation.ofRun(
          place.output("run"), split: nil, templates: nil, model: nil, logitScale: nil,
          output: inside)
      },
    ]
    for attempt in later {
      #expect(problem(attempt).contains("lies in the data set \(folder.path), whose folders"))
    }
    // Zero-shot locks its output before it knows.
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    #expect(left == before)
  }

  @Test func `analyses of a run that was extended are extended too, those of a part as well`()
    throws
  {
    _ = try sweep("run").execute()
    func analyse(_ output: String, _ classes: String?) throws {
      let assignments = (classes.map { ["analyse.classes=\($0)"] } ?? []) + ["analyses=angles"]
      _ = try Reanalysis(
        place.output("run"), output: place.output(output),
        assignments: assignments.map { try Assignment(argument: $0) }, arguments: [], isQuiet: true
      ).execute()
    }
    try analyse("whole", nil)
    try analyse("part", "banded,grid")
    try FileManager.default.copyItem(
      atPath: folder.path + "/fog/2", toPath: folder.path + "/fog/3")
    _ = try sweep("run").execute()
    try analyse("whole", nil)
    try analyse("part", "banded,grid")
    for output in ["whole", "part"] {
      let run = RunDirectory(place.output(output))
      #expect(try run.conditions().map(\.name) == ["clean", "fog-1", "fog-2", "fog-3"])
    }
    #expect(problem { try analyse("part", "banded,dotted") }.contains("the images in clean, fog/1"))
  }

  @Test func `images of a list in a tree are not taken for its corruptions`() throws {
    let split = try folder.write(
      "{\"train\": [[\"clean/banded/0.png\", 0, \"banded\"], [\"clean/grid/0.png\", 1, \"grid\"]], "
        + "\"val\": [], \"test\": []}", "split.json")
    let message = problem {
      _ = try sweep("out", ["dataset.split-file=\(split)"]).execute(onlyEmbeddings: true)
    }
    #expect(message.contains(folder.path) && !message.isEmpty, "\(message)")
    #expect(!FileManager.default.fileExists(atPath: place.output("out") + "/embeddings"))
  }

  @Test func `a class of which no image is left is named`() throws {
    for image in 0..<2 {
      try FileManager.default.removeItem(atPath: folder.path + "/fog/2/grid/\(image).png")
    }
    let sweep = try sweep("out", ["dataset.skip-broken=true"])
    let (model, store) = try sweep.openModel()
    #expect(try sweep.plan(model: model, store: store).lostClasses == ["grid"])
  }

  @Test func `a damaged image is named with its folder`() throws {
    _ = try folder.write("no image", "fog/1/grid/0.png")
    let message = problem { _ = try sweep("out").execute(onlyEmbeddings: true) }
    #expect(message.contains("1 images are missing or damaged"))
    #expect(message.contains("\n  fog/1/grid/0.png: "))
  }

  @Test func `settings of noise are refused, and a tree without clean images says what is missing`()
    throws
  {
    let message = problem { _ = try sweep("out", ["noise.levels=0,1"]) }
    #expect(message.contains("are corrupted already, and its folders say how: clean, fog/1, fog/2"))
    // Of a kind that this program does not have too.
    let own = problem { _ = try sweep("out", ["noise.kind=snow"]) }
    #expect(own.contains("are corrupted already, and its folders say how: clean, fog/1"), "\(own)")
    try FileManager.default.removeItem(atPath: folder.path + "/clean")
    _ = try sweep("out", ["analyses=angles,geometry"]).execute()
    let run = RunDirectory(place.output("out"))
    #expect(try run.conditions().map(\.name) == ["fog-1", "fog-2"])
    #expect(
      try Manifest.read(run)?.remarks?.first?.hasSuffix(
        "To have it, put the images as they are into clean/CLASS/FILE") == true)
  }

  @Test func `images of other formats are in the manifest`() throws {
    let images = try TemporaryFolder()
    for name in ["a/1.png", "b/2.png"] {
      _ = try images.write(TinyDataset.image(classIndex: 0, index: 1).pngData(), name)
    }
    _ = try images.write("", "a/3.webp")
    _ = try images.write("", "b/deep/4.png")
    _ = try sweep("plain", ["dataset.path=\(images.path)", "noise.levels=0"]).execute(
      onlyEmbeddings: true)
    let manifest = try #require(try Manifest.read(RunDirectory(place.output("plain"))))
    let data = try #require(manifest.data)
    #expect(
      manifest.remarks?.first
        == "not used: 1 file (a/3.webp): they are WebP, which is not read; convert them to JPEG or PNG"
    )
    #expect(data.images == 2 && data.unused.map(\.path) == ["a/3.webp", "b/deep/4.png"])
  }
}
