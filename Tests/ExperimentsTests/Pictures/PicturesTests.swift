import CLIP
import Files
import Fixtures
import Foundation
import Images
import ModelFixtures
import Runs
import Testing

@testable import Experiments

/// The pictures that a sweep of real small files leaves.
@Suite(.serialized)
struct PicturesTests {
  private func image(_ path: String) throws -> RGBImage {
    try RGBImage(decoding: FileContents.read(path), file: path)
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func `a thumbnail a row, an example a class and images at every level`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", ["analyses=zeroshot"]).execute()
    let run = place.output("run")
    let samples = try CSV(path: run + "/samples.csv")
    #expect(try names(run + "/thumbnails").count == samples.records.count)
    let images = place.dataset.folder.appending(path: "images").path
    for (row, record) in samples.records.enumerated() {
      let original = try image(images + "/" + record.fields[1])
      let small = try image(run + "/" + Thumbnails.file(row: row))
      let expected = try Thumbnails.thumbnail(of: original).jpegData(quality: 80)
      #expect(try small == RGBImage(decoding: expected, file: "expected.jpg"), "row \(row)")
    }

    let examples = try CSV(path: run + "/examples.csv")
    #expect(examples.header == ["kind", "class", "noise", "level", "seed", "row", "file"])
    #expect(
      examples.records.map(\.fields).prefix(4) == [
        ["class", "banded", "none", "0", "", "0", "examples/class-000.png"],
        ["class", "dotted", "none", "0", "", "6", "examples/class-001.png"],
        ["class", "grid", "none", "0", "", "12", "examples/class-002.png"],
        ["noise", "banded", "none", "0", "", "0", "examples/noise-000-clean.png"],
      ])
    #expect(
      examples.records[4].fields == [
        "noise", "banded", "gaussian", "0.5", "0", "0", "examples/noise-000-gaussian-0.5-s0.png",
      ])
    // Three classes, and three images at three levels.
    let files = examples.records.map { $0.fields[6] }
    #expect(files.count == 12)
    #expect(try files.sorted() == names(run + "/examples").map { "examples/" + $0 })

    let preprocessing = try CLIPModel(directory: place.model.folder.path).preprocessing
    let seen = try preprocessing.pixels(of: image(images + "/banded/banded_0.jpg"))
    #expect(try image(run + "/examples/class-000.png") == seen)
    #expect(try image(run + "/examples/noise-000-clean.png") == seen)
    // More noise, farther from the image.
    let errors = try ["0.5", "2"].map { level in
      try zip(image(run + "/examples/noise-000-gaussian-\(level)-s0.png").pixels, seen.pixels)
        .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }
    #expect(errors[0] > 0 && errors[1] > errors[0])
    #expect(try Manifest.read(RunDirectory(run))?.outputs.keys.contains("examples.csv") == true)
  }

  @Test func `what is missing or changed is made, what other images left is removed`() throws {
    let place = try SweepWorkplace()
    let run = place.output("run")
    func sweep(
      _ settings: [String] = [], onlyEmbeddings: Bool = false, overwrites: Bool = false
    ) throws {
      _ = try place.sweep("run", ["analyses=zeroshot"] + settings, overwrites: overwrites)
        .execute(onlyEmbeddings: onlyEmbeddings)
    }
    let mark = Data("kept".utf8)
    func marked(_ name: String) -> Bool {
      (try? Data(contentsOf: URL(filePath: run + "/" + name))) == mark
    }
    try sweep(onlyEmbeddings: true)
    #expect(!FileManager.default.fileExists(atPath: run + "/thumbnails"))
    try sweep()
    let files = ["thumbnails/00002.jpg", "thumbnails/00003.jpg", "examples/class-000.png"]
    let originals = try files.map { try FileContents.read(run + "/" + $0) }
    let record = try #require(try PictureRecord.read(run + "/pictures.json"))
    #expect(
      try record.files.count == names(run + "/thumbnails").count + names(run + "/examples").count)
    try mark.write(to: URL(filePath: run + "/thumbnails/00002.jpg"))
    try FileManager.default.removeItem(atPath: run + "/thumbnails/00003.jpg")
    try mark.write(to: URL(filePath: run + "/examples/class-000.png"))
    try sweep()
    #expect(try files.map { try FileContents.read(run + "/" + $0) } == originals)
    // Of a record that is damaged nothing is believed.
    try mark.write(to: URL(filePath: run + "/thumbnails/00002.jpg"))
    let text = try FileContents.readText(run + "/pictures.json")
    try AtomicFile.write(text.replacing("00002", with: "00009"), to: run + "/pictures.json")
    try sweep()
    #expect(try files.map { try FileContents.read(run + "/" + $0) } == originals)
    #expect(try PictureRecord.read(run + "/pictures.json")?.files == record.files)

    // Fewer images: other rows. What the user has put there stays.
    try mark.write(to: URL(filePath: run + "/thumbnails/mine.jpg"))
    try mark.write(to: URL(filePath: run + "/examples/mine.png"))
    try sweep(
      ["dataset.classes=dotted,grid", "noise.kind=gaussian,blur", "noise.severities=0,1"],
      overwrites: true)
    #expect(try names(run + "/thumbnails").count == 12 + 1)
    #expect(marked("thumbnails/mine.jpg") && !marked("thumbnails/00002.jpg"))
    let listed = try CSV(path: run + "/examples.csv").records.map { $0.fields[6] }
    #expect(listed.contains("examples/noise-000-blur-1.png"))
    #expect(
      try names(run + "/examples").map { "examples/" + $0 }
        == (listed + ["examples/mine.png"]).sorted())
    // A run without pictures leaves none of an earlier one.
    try sweep(["analyses=angles"], overwrites: true)
    #expect(try names(run + "/thumbnails") == ["mine.jpg"])
    #expect(try names(run + "/examples") == ["mine.png"])
    for name in ["examples.csv", "pictures.json"] {
      #expect(!FileManager.default.fileExists(atPath: run + "/" + name))
    }
  }

  @Test func `textures that are drawn have pictures, imported embeddings none`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep(
      "textures",
      [
        "dataset.path=textures", "dataset.classes=2", "dataset.per-class=2",
        "dataset.texture-size=32", "analyses=zeroshot",
      ]
    ).execute()
    #expect(try names(place.output("textures") + "/thumbnails").count == 4)
    #expect(try names(place.output("textures") + "/examples").count == 2 + 2 * 3)
    let experiment = try experiment([
      "embeddings=\(place.output("textures"))/embeddings", "output=\(place.output("imported"))",
      "analyses=zeroshot",
    ])
    _ = try Sweep(experiment, arguments: [], isQuiet: true).execute()
    let imported = try names(place.output("imported"))
    #expect(imported.contains("accuracy.csv"))
    #expect(!imported.contains("thumbnails") && !imported.contains("examples.csv"))
  }
}
