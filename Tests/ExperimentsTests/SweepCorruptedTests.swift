import Files
import Fixtures
import Foundation
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
    let message = problem { try sweep("out").execute(onlyEmbeddings: true) }
    #expect(message.contains("fog/2/grid/1.png: listed, but there is no such file"))
    _ = try sweep("out", ["dataset.skip-broken=true"]).execute(onlyEmbeddings: true)
    let run = RunDirectory(place.output("out"))
    #expect(try run.readSamples().paths.count == 5)
    #expect(try Manifest.read(run)?.data?.leftOut.map(\.path) == ["fog/2/grid/1.png"])
  }

  @Test func `a damaged image is named with its folder`() throws {
    _ = try folder.write("no image", "fog/1/grid/0.png")
    let message = problem { try sweep("out").execute(onlyEmbeddings: true) }
    #expect(message.contains("1 images are missing or damaged"))
    #expect(message.contains("\n  fog/1/grid/0.png: "))
  }

  @Test func `settings of noise are refused, and a tree without clean images says what is missing`()
    throws
  {
    let message = problem { try sweep("out", ["noise.levels=0,1"]) }
    #expect(message.contains("are corrupted already, and its folders say how: clean, fog/1, fog/2"))
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
