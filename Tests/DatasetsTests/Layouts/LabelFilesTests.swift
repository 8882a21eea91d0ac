import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct LabelFilesTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `text files list classes and images by name`() throws {
    try makeTextures()
    let dataset = try dataset()
    #expect(dataset.classes == ["a", "a-b", "b"])
    #expect(
      dataset.samples.map(\.path)
        == ["a/1.png", "a/2.png", "a-b/1.png", "a-b/2.png", "b/1.png", "b/2.png"])
    #expect(dataset.samples.map(\.classIndex) == [0, 0, 1, 1, 2, 2])
    #expect(dataset.samples.map(\.split) == ["val", "train", "test", "val", "train", "test"])
    #expect(dataset.missing.isEmpty)
    #expect(dataset.source == "labels, partition 1")
    for sample in dataset.samples {
      #expect(sample.image as? ImageFile == ImageFile(folder.path + "/images/" + sample.path))
      #expect(try sample.image.pixels(of: sample.image.digest()).width == 1)
    }
  }

  @Test func `a split is part of a partition`() throws {
    try makeTextures()
    #expect(try dataset { $0.split = .train }.samples.map(\.path) == ["a/2.png", "b/1.png"])
    #expect(try dataset { $0.split = .val }.samples.map(\.path) == ["a/1.png", "a-b/2.png"])
    #expect(try dataset { $0.split = .test }.samples.map(\.path) == ["a-b/1.png", "b/2.png"])
    let second = try dataset { $0.partition = 2 }
    #expect(second.samples.map(\.path) == ["a/1.png", "b/1.png", "b/2.png"])
    #expect(second.classes == ["a", "b"])
    #expect(second.source == "labels, partition 2")
    #expect(error { $0.partition = 3 }.hasSuffix("labels/train3.txt: no such file"))
  }

  @Test func `the lists of other splits need not be there`() throws {
    try makeTextures()
    for name in ["train1.txt", "val1.txt"] {
      try FileManager.default.removeItem(atPath: folder.path + "/labels/" + name)
    }
    let test = try dataset { $0.split = .test }
    #expect(test.samples.map(\.path) == ["a-b/1.png", "b/2.png"])
    #expect(test.classes == ["a-b", "b"])
    #expect(
      error().hasSuffix(
        "labels/train1.txt: no such file; of this partition labels/ has test1.txt: with --split test "
          + "that is enough"))
    #expect(error { $0.split = .val }.contains("labels/val1.txt: no such file; of this partition"))
  }

  @Test(arguments: ["a", "a/b/c.png", "/c.png", "a/", "../c.png", "a/.."])
  func `a line that is no path of a class is named`(line: String) throws {
    try makeTextures()
    _ = try folder.write("a/1.png\n\n\(line)\n", "labels/val1.txt")
    #expect(
      error().hasSuffix("labels/val1.txt: line 3: expected CLASS/FILE, found \"\(line)\""))
  }

  @Test func `an image listed twice is named with both places`() throws {
    try makeTextures()
    _ = try folder.write("b/1.png\na/2.png\nb/1.png\n", "labels/train1.txt")
    #expect(
      error().hasSuffix(
        "labels: b/1.png is listed twice, at train1.txt line 1 and at train1.txt line 3"))
    _ = try folder.write("a/2.png\n", "labels/train1.txt")
    _ = try folder.write("\na/2.png\n", "labels/val1.txt")
    #expect(
      error().hasSuffix("a/2.png is listed twice, at train1.txt line 1 and at val1.txt line 2"))
  }

  @Test func `lists without an image are refused`() throws {
    for split in ["train", "val", "test"] { _ = try folder.write("\n", "labels/\(split)1.txt") }
    #expect(error().contains("lists no image"))
  }

  @Test func `two spellings of a class are refused with their lines`() throws {
    try makeTextures()
    _ = try folder.write("\u{E9}/1.png\nb/1.png\n", "labels/train1.txt")
    _ = try folder.write("e\u{301}/2.png\n", "labels/val1.txt")
    #expect(
      error().contains("at val1.txt line 1 is spelled otherwise at train1.txt line 1: \"\u{E9}\""))
  }
}
