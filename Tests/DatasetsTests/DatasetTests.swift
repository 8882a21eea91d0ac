import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct DatasetTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `images that are listed and absent are told`() throws {
    try makeTextures()
    _ = try folder.write("b/1.png\na/9.png\nb/0.png\n", "labels/train1.txt")
    let dataset = try dataset()
    #expect(dataset.missing == ["a/9.png", "b/0.png"])
    #expect(dataset.samples.count == 5)
    // Also when none is there: whoever asks for the images names them all.
    var selection = Dataset.Selection()
    selection.classes = .named(["a"])
    selection.split = .train
    let absent = try Dataset(.files(folder.path), selection: selection)
    #expect(absent.missing == ["a/9.png"] && absent.samples.isEmpty)
  }

  @Test func `classes are chosen by name, in the data set's order`() throws {
    try makeTextures()
    let chosen = try dataset { $0.classes = .named(["b", "a", "b"]) }
    #expect(chosen.classes == ["a", "b"])
    #expect(chosen.samples.map(\.classIndex) == [0, 0, 1, 1])
    #expect(chosen.samples.map(\.path) == ["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
    #expect(
      error { $0.classes = .named(["a", "c"]) }
        == "\(folder.path): has no class \"c\"; its classes are a, a-b, b")
    #expect(error { $0.classes = .named([]) }.contains("no image of the chosen classes"))
  }

  @Test func `classes are drawn with a seed`() throws {
    for name in 0..<20 { try addImage("class\(name)/x.png") }
    func drawn(_ count: Int, _ seed: UInt64) throws -> [String] {
      try dataset { $0.classes = .sample(count: count, seed: seed) }.classes
    }
    let all = try dataset().classes
    #expect(try drawn(5, 1) == drawn(5, 1))
    #expect(try drawn(5, 1) != drawn(5, 2))
    #expect(try drawn(20, 3) == all)
    for seed in 0..<10 as Range<UInt64> {
      let classes = try drawn(7, seed)
      #expect(Set(classes).count == 7)
      #expect(classes == all.filter(classes.contains))
    }
    for count in [0, -1, 21] {
      #expect(
        error { $0.classes = .sample(count: count, seed: 0) }
          .contains("has 20 classes; \(count) cannot be drawn"))
    }
  }

  @Test func `so many a class are the first in order`() throws {
    try makeTextures()
    #expect(
      try dataset { $0.perClass = 1 }.samples.map(\.path) == ["a/1.png", "a-b/1.png", "b/1.png"])
    #expect(try dataset { $0.perClass = 9 }.samples.count == 6)
    #expect(
      try dataset {
        $0.perClass = 1
        $0.split = .test
      }.samples.map(\.path)
        == ["a-b/1.png", "b/2.png"])
  }

  @Test func `a limit takes from the classes in turn`() throws {
    for (name, count) in [("a", 4), ("b", 1), ("c", 3)] {
      for index in 0..<count { try addImage("\(name)/\(index).png") }
    }
    func limited(_ limit: Int, perClass: Int? = nil) throws -> [String] {
      try dataset {
        $0.limit = limit
        $0.perClass = perClass
      }.samples.map(\.path)
    }
    #expect(try limited(1) == ["a/0.png"])
    #expect(try limited(3) == ["a/0.png", "b/0.png", "c/0.png"])
    #expect(try limited(4) == ["a/0.png", "a/1.png", "b/0.png", "c/0.png"])
    #expect(try limited(6) == ["a/0.png", "a/1.png", "a/2.png", "b/0.png", "c/0.png", "c/1.png"])
    #expect(try limited(8) == dataset().samples.map(\.path))
    #expect(try limited(100) == dataset().samples.map(\.path))
    #expect(try limited(4, perClass: 1) == ["a/0.png", "b/0.png", "c/0.png"])
    #expect(try dataset { $0.limit = 1 }.classes == ["a", "b", "c"])
  }

  @Test(arguments: [0, -1, .min])
  func `limits below one are refused`(count: Int) throws {
    try addImage("a/1.png")
    #expect(error { $0.limit = count }.contains("limit is \(count); expected at least 1"))
    #expect(error { $0.perClass = count }.contains("perClass is \(count); expected at least 1"))
  }

  @Test func `samples can be left out later`() throws {
    try makeTextures()
    let all = try dataset()
    let fewer = all.removing([0, 5])
    #expect(fewer.samples.map(\.path) == all.samples[1..<5].map(\.path))
    #expect(fewer.classes == all.classes)
    #expect(all.removing([]).samples.map(\.path) == all.samples.map(\.path))
  }

  @Test(.enabled(if: SharedData.has("dtd10/imdb/imdb.mat"), "needs ../shared/data/dtd10"))
  func `ten classes of DTD`() throws {
    let path = SharedData.folder.appending(path: "dtd10").path
    let all = try dataset(path)
    #expect(all.samples.count == 600 && all.missing.isEmpty)
    #expect(all.classes.count == 10)
    #expect(all.classes.first == "banded" && all.classes.last == "crystalline")
    for (split, count) in [(Split.train, 24), (.val, 12), (.test, 24)] {
      let part = try dataset(path) { $0.split = split }
      for index in all.classes.indices {
        #expect(part.samples.count { $0.classIndex == index } == count)
      }
    }
    for sample in all.samples {
      #expect(sample.path.hasPrefix(all.classes[sample.classIndex] + "/"))
    }
  }

  @Test func `numbered classes stand by number, in folders, lists and tables`() throws {
    for name in 0..<12 {
      try addImage("\(name)/x.png")
      try addImage("\(name)/y.png")
    }
    let numbers = (0..<12).map(String.init)
    func check(_ dataset: Dataset) {
      #expect(dataset.classes == numbers)
      #expect(dataset.samples.allSatisfy { $0.path.hasPrefix("\(numbers[$0.classIndex])/") })
      #expect(dataset.samples.count == 24)
    }
    let folders = try dataset()
    check(folders)
    #expect(folders.samples.prefix(3).map(\.path) == ["0/x.png", "0/y.png", "1/x.png"])
    #expect(folders.samples.last?.path == "11/y.png")
    let lines = numbers.flatMap { ["\($0)/x.png,\($0).0\n", "\($0)/y.png,\($0).0\n"] }
    let table = try folder.write("path,label\n" + lines.joined(), "list.csv")
    let listed = try Dataset(.files(table))
    check(listed)
    #expect(folders.remarks.isEmpty && listed.remarks.count == 1)
    #expect(listed.removing([0]).remarks == listed.remarks)
    for split in ["train", "val", "test"] {
      let own = numbers.filter { Int($0)! % 3 == ["train", "val", "test"].firstIndex(of: split) }
      let paths = own.flatMap { ["\($0)/x.png\n", "\($0)/y.png\n"] }
      _ = try folder.write(paths.joined(), "labels/\(split)1.txt")
    }
    check(try dataset())
  }
}
