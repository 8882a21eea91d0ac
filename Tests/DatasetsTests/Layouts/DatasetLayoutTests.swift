import Fixtures
import Foundation
import Testing

@testable import Datasets

/// Which lists hold when a data set has several.
struct DatasetLayoutTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What recognises the place, in the registry's order.
  private func words(_ path: String? = nil, splitFile: String? = nil) throws -> [String] {
    let location = try DatasetLocation(
      path: path ?? folder.path, splitFile: splitFile, partition: 1)
    return DatasetLayout.all.filter { $0.recognizes(location) }.map(\.words)
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

  @Test func `images are in the folder of that name where there is one`() throws {
    func images() throws -> String {
      try DatasetLocation(path: folder.path, splitFile: nil, partition: 1).images.path
    }
    #expect(try images() == folder.path)
    _ = try folder.write("", "images/a/1.png")
    #expect(try images() == folder.path + "/images")
  }

  @Test func `a slip in a word is told`() {
    func problem(_ path: String) -> String {
      let error = #expect(throws: (any Error).self) { try words(path) }
      return error.map { "\($0)" } ?? ""
    }
    #expect(problem("texture") == "texture: no such folder or file; did you mean textures?")
    #expect(
      problem("no-such")
        == "no-such: no such folder or file; expected a data set, or the word textures")
  }
}
