import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct SplitFoldersTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: ["val", "valid", "validation"])
  func `folders of splits hold folders of classes`(validation: String) throws {
    for name in ["train/b/1.png", "train/a/2.jpg", "test/c/3.png"] { try addImage(name) }
    try addImage(validation + "/a/4.png")
    let all = try dataset()
    #expect(all.classes == ["a", "b", "c"])
    #expect(
      all.samples.map(\.path)
        == ["train/a/2.jpg", validation + "/a/4.png", "train/b/1.png", "test/c/3.png"])
    #expect(all.samples.map(\.split) == ["train", "val", "train", "test"])
    #expect(all.source == "folders of splits")
    let test = try dataset { $0.split = .test }
    #expect(test.samples.map(\.path) == ["test/c/3.png"])
    #expect(test.classes == ["a", "b", "c"])
  }

  @Test func `what is not used is told with its split`() throws {
    for name in ["train/a/1.png", "train/2.png", "3.png", "extra/a/4.png", "test/a/5.png"] {
      try addImage(name)
    }
    _ = try folder.write("", "test/a/6.webp")
    #expect(
      try dataset().unused.map(\.path) == [
        "3.png", "extra/a/4.png", "test/a/6.webp", "train/2.png",
      ])
    #expect(
      try dataset { $0.split = .train }.unused.map(\.path) == [
        "3.png", "extra/a/4.png", "train/2.png",
      ])
  }

  @Test func `classes that are called like splits stay classes`() throws {
    for name in ["train/1.png", "test/2.png", "bus/3.png"] { try addImage(name) }
    let vehicles = try dataset()
    #expect(vehicles.classes == ["bus", "test", "train"])
    #expect(vehicles.source == "folders")
  }

  @Test func `a split without folders of classes is no class, and its images are told`() throws {
    for name in ["train/a/1.png", "train/b/2.png", "test/3.png"] { try addImage(name) }
    let dataset = try dataset()
    #expect(dataset.source == "folders of splits" && dataset.classes == ["a", "b"])
    #expect(dataset.samples.map(\.path) == ["train/a/1.png", "train/b/2.png"])
    #expect(dataset.unused.map(\.path) == ["test/3.png"])
  }

  @Test func `beside two splits a folder of images is no class`() throws {
    for name in ["train/a/1.png", "test/a/2.png", "preview/3.png"] { try addImage(name) }
    let dataset = try dataset()
    #expect(dataset.classes == ["a"] && dataset.samples.map(\.split) == ["test", "train"])
    #expect(dataset.unused.map(\.path) == ["preview/3.png"])
  }

  @Test func `two spellings of a class in two splits are refused`() throws {
    for name in ["train/\u{E9}/a.png", "test/e\u{301}/b.png"] { try addImage(name) }
    #expect(error().contains("the class folder") && error().contains("65 cc 81"))
  }
}
