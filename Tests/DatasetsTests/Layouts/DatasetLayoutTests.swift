import Fixtures
import Foundation
import Testing

@testable import Datasets

/// Which lists hold when a data set has several.
struct DatasetLayoutTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What recognises the place, in the registry's order.
  private func words(_ path: String? = nil, splitFile: String? = nil) throws -> [String] {
    let location = try DatasetLocation(
      path: path ?? folder.path, splitFile: splitFile, partition: 1)
    return try DatasetLayout.all.filter { try $0.recognizes(location) }.map(\.words)
  }

  @Test func `the split file before labels, these before the database, folders last`() throws {
    let folders = DatasetLayout.classFolders.words
    #expect(try words() == [folders])
    _ = try folder.write("", "imdb/imdb.mat")
    let database = DatasetLayout.imageDatabase.words
    #expect(try words() == [database, folders])
    _ = try folder.write("", "labels/train1.txt")
    let labels = DatasetLayout.labelFiles.words
    #expect(try words() == [labels, database, folders])
    #expect(
      try words(splitFile: "x.json")
        == [DatasetLayout.splitFile.words, labels, database, folders])
    let csv = try folder.write("", "list.csv")
    #expect(try words(csv) == [DatasetLayout.labelledCSV.words])
  }

  @Test func `only text files have several partitions`() throws {
    try addImage("a/1.png")
    let csv = try folder.write("path,label\na/1.png,a\n", "list.csv")
    let json = try folder.write(
      #"{"train": [["a/1.png", 0, "a"]], "val": [], "test": []}"#,
      "split.json")
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
}
