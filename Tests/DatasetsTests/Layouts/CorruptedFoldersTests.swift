import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct CorruptedFoldersTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func addAll(_ prefix: String) throws {
    for name in ["b/1.png", "a/2.png"] { try addImage(prefix + "/" + name) }
  }

  @Test func `an image is one row, and every kind and level a variant`() throws {
    for prefix in ["gaussian_noise/3", "gaussian_noise/1.5", "fog/2", "clean"] {
      try addAll(prefix)
    }
    let dataset = try dataset()
    #expect(dataset.source == "images corrupted beforehand")
    #expect(dataset.classes == ["a", "b"])
    #expect(dataset.samples.map(\.path) == ["a/2.png", "b/1.png"])
    #expect(
      dataset.variants.map(\.name) == ["clean", "fog/2", "gaussian_noise/1.5", "gaussian_noise/3"])
    #expect(
      dataset.samples[1].variants.map { ($0 as? ImageFile)?.path }
        == ["clean", "fog/2", "gaussian_noise/1.5", "gaussian_noise/3"].map {
          "\(folder.path)/\($0)/b/1.png"
        })
    #expect(
      dataset.samples[1].image as? ImageFile == ImageFile(folder.path + "/clean/b/1.png"))
    #expect(try DatasetSource.files(folder.path).variants() == dataset.variants)
  }

  @Test func `level 0 is the images as they are, and classes may be numbers`() throws {
    for prefix in ["none/0", "fog/1"] {
      for name in ["0/1.png", "1/2.png"] { try addImage(prefix + "/" + name) }
    }
    #expect(try dataset().variants.map(\.name) == ["clean", "fog/1"])
    let other = try TemporaryFolder()
    for name in ["clean/0/1.png", "fog/1/0/1.png"] { _ = try other.write("", name) }
    let dataset = try Dataset(.files(other.path))
    #expect(dataset.variants.map(\.name) == ["clean", "fog/1"])
    #expect(dataset.samples.map(\.path) == ["0/1.png"])
  }

  @Test func `an image that a folder lacks is missing there, under its path`() throws {
    for prefix in ["clean", "fog/1", "fog/2"] { try addAll(prefix) }
    try FileManager.default.removeItem(atPath: folder.path + "/fog/2/a/2.png")
    try addImage("fog/1/b/3.png")
    let dataset = try dataset()
    #expect(dataset.samples.map(\.path) == ["b/1.png"])
    #expect(dataset.missing == ["fog/2/a/2.png", "clean/b/3.png", "fog/2/b/3.png"])
  }

  @Test func `folders that are no level or twice the same are named`() throws {
    for prefix in ["fog/1", "fog/strong"] { try addAll(prefix) }
    #expect(error().hasPrefix("\(folder.path)/fog/strong: is no level, a number from 0"))
    let other = try TemporaryFolder()
    for name in ["fog/1/a/1.png", "fog/1.0/a/1.png"] { _ = try other.write("", name) }
    #expect(error(other.path).contains("fog/1 and fog/1.0 are of one kind and level"))
    let clean = try TemporaryFolder()
    for name in ["fog/0/a/1.png", "snow/0/a/1.png", "fog/1/a/1.png"] {
      _ = try clean.write("", name)
    }
    #expect(error(clean.path).contains("fog/0 and snow/0 both have the images as they are"))
    let forms = try TemporaryFolder()
    for name in ["\u{E9}/1/a/1.png", "e\u{301}/1/a/1.png"] { _ = try forms.write("", name) }
    #expect(error(forms.path).contains("two forms of Unicode"))
  }

  @Test func `a split file does not name the kinds and levels, and is refused`() throws {
    for prefix in ["clean", "fog/1", "fog/2"] { try addAll(prefix) }
    let lists = try TemporaryFolder()
    let list = #"[["a/2.png", 0, "a"], ["b/1.png", 1, "b"]]"#
    let file = try lists.write(
      #"{"train": [], "val": [], "test": "# + list + "}", "split.json")
    #expect(error { $0.splitFile = file }.contains("leave --split-file out"))
    #expect(try dataset(folder.path + "/fog/1") { $0.splitFile = file }.samples.count == 2)
  }

  @Test func `images beside the levels are told, and make no class of a kind`() throws {
    for prefix in ["clean", "fog/1", "snow/1"] { try addAll(prefix) }
    for name in ["fog/stray.webp", "rain/stray.webp"] { _ = try folder.write("", name) }
    try addImage("snow/stray.png")
    let dataset = try dataset()
    #expect(dataset.variants.map(\.name) == ["clean", "fog/1", "snow/1"])
    #expect(
      dataset.unused.map(\.path).sorted()
        == ["fog/stray.webp", "rain/stray.webp", "snow/stray.png"])
    #expect(
      dataset.unused.allSatisfy {
        $0.problem.hasPrefix("they lie beside the folders of the levels")
      })
  }

  @Test func `other formats and deeper images are told`() throws {
    try addAll("fog/1")
    _ = try folder.write("", "fog/1/a/3.webp")
    try addImage("fog/1/a/b/4.png")
    #expect(try dataset().unused.map(\.path) == ["fog/1/a/3.webp", "fog/1/a/b/4.png"])
    #expect(try dataset { $0.classes = .named(["b"]) }.unused.isEmpty)
  }

  @Test func `a folder of no kind is named, and a class beside kinds is refused`() throws {
    try addAll("fog/1")
    _ = try folder.write("notes", "docs/notes.txt")
    let unused = try dataset().unused
    #expect(unused.map(\.path) == ["docs/"])
    #expect(
      unused.first?.problem.hasPrefix("they hold no folder of a level; expected KIND/") == true)
    try addImage("preview/0.png")
    let message = error()
    #expect(
      message.hasPrefix(
        "\(folder.path): holds the kind and level fog/1 beside preview, which has images itself"),
      "\(message)")
    // The other way round in the order of names.
    try FileManager.default.moveItem(
      atPath: folder.path + "/preview", toPath: folder.path + "/a-preview")
    #expect(error().contains("holds the kind and level fog/1 beside a-preview"))
  }

  @Test func `folders of classes with numbered folders in them are no such tree`() throws {
    try addImage("a/1.png")
    try addImage("a/3/b/2.png")
    #expect(try dataset().source == "folders")
    #expect(try DatasetSource.files(folder.path).variants().isEmpty)
    #expect(try DatasetSource.files(folder.path + "/no").variants().isEmpty)
  }
}
