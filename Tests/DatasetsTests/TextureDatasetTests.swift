import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Testing
import Textures

@testable import Datasets

struct TextureDatasetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var set: TextureDataset {
    TextureDataset(classes: [.banded, .polkaDotted], perClass: 7, size: 16, seed: 3)
  }

  @Test func `the project's own reader finds every image in its split`() throws {
    let path = folder.path + "/set"
    try set.write(to: path)
    let dataset = try Dataset(.files(path))
    #expect(dataset.classes == ["banded", "polka-dotted"] && dataset.missing.isEmpty)
    #expect(dataset.samples.count == 14 && dataset.source == "labels, partition 1")
    let turns = ["train", "val", "test", "train", "val", "test", "train"]
    #expect(dataset.samples.map(\.split) == turns + turns)
    #expect(dataset.samples[8].path == "polka-dotted/polka-dotted_0002.png")
    let sample = dataset.samples[12].image
    let image = try sample.pixels(of: sample.digest())
    let drawn = TextureStream(split: .test, seed: 3).sample(.init(.polkaDotted, index: 1), size: 16)
    #expect(image == drawn.image)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["set"])
  }

  @Test func `captions name every image with its class`() throws {
    let path = folder.path + "/set"
    try set.write(to: path)
    let table = try CSV(path: path + "/captions.csv")
    #expect(table.header == ["image_path", "caption", "label", "split"])
    #expect(table.records.count == 14)
    #expect(table.records[7].fields[0] == "images/polka-dotted/polka-dotted_0001.png")
    for record in table.records {
      #expect(FileManager.default.fileExists(atPath: path + "/" + record.fields[0]))
      let texture = try #require(Texture.named(record.fields[2]))
      let caption = record.fields[1]
      #expect(caption.contains(texture.name) || caption.contains(texture.noun))
    }
  }

  @Test func `a larger set holds the smaller`() {
    let larger = TextureDataset(classes: set.classes, perClass: 20, size: 16, seed: 3).entries
    #expect(set.entries.allSatisfy(larger.contains))
  }

  @Test func `what is there is never written over`() throws {
    let file = try folder.write("keep", "taken/file.txt")
    for path in [folder.path + "/taken", file] {
      #expect(throws: FileError.self) { try set.write(to: path) }
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "keep")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["taken"])
    // An empty folder is no loss.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    try set.write(to: folder.path + "/empty")
    #expect(try Dataset(.files(folder.path + "/empty")).samples.count == 14)
  }

  @Test func `a stop leaves nothing behind`() throws {
    let control = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try set.write(to: folder.path + "/set", control: control)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// Such a folder looked empty, and was removed with what it held.
  @Test func `a folder that holds only a name that is no UTF-8 is not empty`() throws {
    try folder.makeFolder(named: Array("taken".utf8))
    try folder.makeFile(named: Array("taken/".utf8) + [0xFF, 0xFE])
    #expect(throws: FileError.self) { try set.write(to: folder.path + "/taken") }
    #expect(try !FolderContents.isEmpty(folder.path + "/taken"))
  }
}
