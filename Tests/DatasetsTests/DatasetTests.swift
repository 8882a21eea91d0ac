import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct DatasetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A tiny PNG whose only pixel tells its path from others.
  private func addImage(_ path: String) throws {
    let color = UInt8(truncatingIfNeeded: path.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    _ = try folder.write(RGBImage(width: 1, height: 1, pixels: [color, 0, 0]).pngData(), path)
  }

  /// DTD's layout: two partitions of six images in the classes a, b and a-b.
  private func makeTextures() throws {
    for name in ["a/1.png", "a/2.png", "b/1.png", "b/2.png", "a-b/1.png", "a-b/2.png"] {
      try addImage("images/" + name)
    }
    _ = try folder.write("b/1.png\na/2.png\n", "labels/train1.txt")
    _ = try folder.write("a/1.png\r\n\r\na-b/2.png\r\n", "labels/val1.txt")
    _ = try folder.write("\u{FEFF}b/2.png \n\na-b/1.png", "labels/test1.txt")
    _ = try folder.write("a/1.png\n", "labels/train2.txt")
    _ = try folder.write("b/1.png\n", "labels/val2.txt")
    _ = try folder.write("b/2.png\n", "labels/test2.txt")
  }

  private func dataset(
    _ path: String? = nil, _ change: (inout Dataset.Selection) -> Void = { _ in }
  ) throws -> Dataset {
    var selection = Dataset.Selection()
    change(&selection)
    return try Dataset(.files(path ?? folder.path), selection: selection)
  }

  private func error(
    _ path: String? = nil, _ change: (inout Dataset.Selection) -> Void = { _ in }
  ) -> String {
    (#expect(throws: FileError.self) { try dataset(path, change) })?.description ?? ""
  }

  // MARK: DTD's text files

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

  // MARK: What is chosen

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

  // MARK: CoOp's split file

  private func splitFile(_ text: String) throws -> String { try folder.write(text, "split.json") }

  @Test func `a split file overrides the lists`() throws {
    try makeTextures()
    let file = try splitFile(
      """
      {"train": [["b/2.png", 1, "zigzag"], ["a/1.png", 0, "plain"]],
       "val": [["b/1.png", 1, "zigzag"]], "test": []}
      """)
    let dataset = try dataset { $0.splitFile = file }
    #expect(dataset.classes == ["plain", "zigzag"])
    #expect(dataset.samples.map(\.path) == ["a/1.png", "b/1.png", "b/2.png"])
    #expect(dataset.samples.map(\.split) == ["train", "val", "train"])
    #expect(dataset.samples[0].image as? ImageFile == ImageFile(folder.path + "/images/a/1.png"))
    #expect(dataset.source == "split file")
    #expect(
      error {
        $0.splitFile = file
        $0.split = .test
      }
      .contains("(split file) name no image of the split test; use --split all"))
  }

  @Test(arguments: [
    ("", "is not a JSON object"), ("[]", "is not a JSON object"), ("{", "is not a JSON object"),
    (#"{"train": [], "val": []}"#, "has no list \"test\""),
    (#"{"train": {}, "val": [], "test": []}"#, "has no list \"train\""),
    (#"{"train": [], "val": [], "test": []}"#, "lists no image"),
    (#"{"train": [["a/1.png", 0, "a"]], "val": [], "test": [], "train": []}"#, "\"train\" twice"),
    (#"{"train": [], "val": [["a/1.png", 0]], "test": []}"#, "val[0]: expected [path, label"),
    (#"{"train": [], "val": [["", 0, "a"]], "test": []}"#, "val[0]: expected [path, label"),
    (#"{"train": [], "val": [["a", -1, "a"]], "test": []}"#, "val[0]: expected [path, label"),
    (#"{"train": [], "val": [["a", 0.5, "a"]], "test": []}"#, "val[0]: expected [path, label"),
    (#"{"train": [], "val": [["a", "0", "a"]], "test": []}"#, "val[0]: expected [path, label"),
    (#"{"train": [], "val": ["a"], "test": []}"#, "val[0]: expected [path, label"),
    (
      #"{"train": [["a/1.png", 0, "a"]], "val": [["a/2.png", 0, "b"]], "test": []}"#,
      "val[0]: label 0 is \"b\" here and \"a\" elsewhere"
    ),
    (#"{"train": [["a/1.png", 1, "a"]], "val": [], "test": []}"#, "labels must be 0, 1, 2"),
    (
      #"{"train": [["a/1.png", 0, "a"], ["a/2.png", 1, "a"]], "val": [], "test": []}"#,
      "labels must be 0, 1, 2"
    ),
    (
      #"{"train": [["a/1.png", 0, "a"]], "val": [], "test": [["a/1.png", 0, "a"]]}"#,
      "a/1.png is listed twice, at train[0] and at test[0]"
    ),
  ])
  func `a split file that cannot be is refused`(text: String, words: String) throws {
    try makeTextures()
    let file = try splitFile(text)
    let text = error { $0.splitFile = file }
    #expect(text.hasPrefix(file) && text.contains(words), "\(text)")
  }

  @Test func `a split file that is not there is named`() {
    let file = folder.path + "/no.json"
    #expect(error { $0.splitFile = file } == "\(file): no such file")
  }

  // MARK: Folders and CSV

  @Test func `a folder is a class`() throws {
    for name in ["b/2.PNG", "b/1.jpeg", "a/x y.png", "a/z.JPG"] { try addImage(name) }
    _ = try folder.write("", "a/.hidden.png")
    _ = try folder.write("", "a/notes.txt")
    _ = try folder.write("", "empty/notes.txt")
    _ = try folder.write("", ".git/x.png")
    _ = try folder.write("", "top.png")
    let dataset = try dataset()
    #expect(dataset.classes == ["a", "b"])
    #expect(dataset.samples.map(\.path) == ["a/x y.png", "a/z.JPG", "b/1.jpeg", "b/2.PNG"])
    #expect(dataset.samples.map(\.split) == ["", "", "", ""])
    #expect(dataset.source == "folders")
    #expect(error { $0.split = .train }.contains("(folders) name no image of the split train"))
  }

  @Test func `a folder without images and no folder are refused`() throws {
    _ = try folder.write("", "a/notes.txt")
    #expect(error().contains("holds no image; expected a folder a class"))
    #expect(error(folder.path + "/no").contains("no such folder or file; expected a data set"))
  }

  @Test func `a csv lists images beside it in its own order`() throws {
    for name in ["x.png", "sub/y.png", "z.png"] { try addImage(name) }
    let file = try folder.write(
      "text,image_path,class,split\n,z.png,\"b, c\",train\n,x.png,a,\n,sub/y.png,\"b, c\",test\n",
      "list.csv")
    let dataset = try dataset(file)
    #expect(dataset.classes == ["a", "b, c"])
    #expect(dataset.samples.map(\.path) == ["z.png", "x.png", "sub/y.png"])
    #expect(dataset.samples.map(\.classIndex) == [1, 0, 1])
    #expect(dataset.samples.map(\.split) == ["train", "", "test"])
    #expect(dataset.samples[2].image as? ImageFile == ImageFile(folder.path + "/sub/y.png"))
    #expect(dataset.source == "CSV")
    #expect(try self.dataset(file) { $0.split = .test }.samples.map(\.path) == ["sub/y.png"])
  }

  @Test(arguments: [
    ("path,label\nx.png,a\n,b\n", "line 3: the path or the label is empty"),
    ("path,label\nx.png,\n", "line 2: the path or the label is empty"),
    ("path,label,split\nx.png,a,dev\n", "line 2: split is \"dev\"; expected train, val, test"),
    ("path,label\nx.png,a\ny.png,b\nx.png,c\n", "x.png is listed twice, at line 2 and at line 4"),
    ("file,label\nx.png,a\n", "has no column \"path\""),
    ("path,name\nx.png,a\n", "has no column \"label\""), ("path,label\n", "lists no image"),
    ("path,label\nx.png\n", "line 2: 1 fields"), ("", "is empty"),
  ])
  func `a csv that cannot be is refused`(text: String, words: String) throws {
    let file = try folder.write(text, "list.csv")
    #expect(error(file).hasPrefix(file) && error(file).contains(words))
  }

  @Test func `only text files have several partitions`() throws {
    try addImage("a/1.png")
    let csv = try folder.write("path,label\na/1.png,a\n", "list.csv")
    let json = try splitFile(#"{"train": [["a/1.png", 0, "a"]], "val": [], "test": []}"#)
    #expect(error { $0.partition = 2 }.contains("has no partition 2"))
    #expect(error(csv) { $0.partition = 2 }.contains("has no partition 2"))
    #expect(
      error {
        $0.partition = 2
        $0.splitFile = json
      }.contains("has no partition 2"))
    _ = try folder.write(
      HandmadeMATLABFile().file(HandmadeMATLABFile().database()), "imdb/imdb.mat")
    #expect(error { $0.partition = 2 }.contains("has no partition 2"))
  }

  // MARK: The real one

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

  @Test(.enabled(if: SharedData.has("dtd10/imdb/imdb.mat"), "needs ../shared/data/dtd10"))
  func `CoOp's split of ten classes of DTD`() throws {
    let file = SharedData.folder.appending(path: "dtd10").appending(
      path: "split_zhou_DescribableTextures.json"
    ).path
    let dataset = try dataset(SharedData.folder.appending(path: "dtd10").path) {
      $0.splitFile = file
      $0.classes = .named(["banded", "blotchy"])
    }
    #expect(dataset.classes == ["banded", "blotchy"])
    #expect(!dataset.samples.isEmpty)
    #expect(dataset.samples.allSatisfy { $0.path.hasPrefix(dataset.classes[$0.classIndex] + "/") })
  }
}
