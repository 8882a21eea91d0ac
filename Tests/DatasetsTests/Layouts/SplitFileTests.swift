import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

struct SplitFileTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

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

  @Test func `the lists of other splits need not be there`() throws {
    try makeTextures()
    let file = try splitFile(#"{"test": [["b/2.png", 0, "zigzag"]]}"#)
    let test = try dataset {
      $0.splitFile = file
      $0.split = .test
    }
    #expect(test.samples.map(\.path) == ["b/2.png"] && test.classes == ["zigzag"])
    #expect(
      error { $0.splitFile = file }.hasSuffix(
        "has no list \"train\"; it has test: with --split test that is enough"))
  }

  @Test func `a split file that is not there is named`() {
    let file = folder.path + "/no.json"
    #expect(error { $0.splitFile = file } == "\(file): no such file")
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

  @Test func `two spellings of a class are refused with their places`() throws {
    try makeTextures()
    for label in [0, 1] {
      let file = try splitFile(
        "{\"train\": [[\"a/1.png\", 0, \"\u{E9}\"], [\"b/1.png\", \(label), \"e\u{301}\"]], \"val\": [], "
          + "\"test\": []}")
      #expect(
        error { $0.splitFile = file }.contains("at train[1] is spelled otherwise at train[0]"))
    }
  }
}
