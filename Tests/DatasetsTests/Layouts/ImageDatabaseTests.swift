import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

struct ImageDatabaseTests {
  private let folder: TemporaryFolder
  private let hand = HandmadeMATLABFile()

  init() throws { folder = try TemporaryFolder() }

  private func listing(_ variables: [[UInt8]]) throws -> ImageListing {
    _ = try folder.write(hand.file(variables), "imdb/imdb.mat")
    return try ImageListing(path: folder.path, splitFile: nil, partition: 1)
  }

  private func problem(_ variables: [[UInt8]]) -> String {
    let error = #expect(throws: FileError.self) { try listing(variables) }
    #expect(error?.file.hasSuffix("/imdb/imdb.mat") == true)
    return error?.problem ?? ""
  }

  @Test func `images are listed by class and name`() throws {
    let listing = try listing(hand.database())
    #expect(listing.classes == ["a", "b"])
    #expect(listing.entries.map(\.path) == ["a/1.png", "b/1.png", "b/2.png"])
    #expect(listing.entries.map(\.classIndex) == [0, 1, 1])
    #expect(listing.entries.map(\.split) == ["test", "val", "train"])
    #expect(listing.source == "imdb.mat")
  }

  @Test func `fields that do not fit are named`() {
    #expect(problem(Array(hand.database().prefix(1))).contains("has no field meta.classes"))
    #expect(problem([]).contains("has no field images.name"))
    #expect(problem(hand.database(names: [], sets: [], labels: [])).contains("lists no image"))
    #expect(problem(hand.database(sets: [1, 2])).contains("images.set has not as many numbers"))
    #expect(problem(hand.database(labels: [2, 1, 3])).contains("images.class(3) is 3"))
    #expect(problem(hand.database(labels: [0, 1, 2])).contains("images.class(1) is 0"))
    #expect(problem(hand.database(labels: [1, -0x1p63, 2])).contains("images.class(2) is -92"))
    #expect(problem(hand.database(labels: [1, 1.5, 2])).contains("images.class(2) is 1.5"))
    #expect(problem(hand.database(labels: [1, 2, .nan])).contains("images.class(3) is nan"))
    #expect(problem(hand.database(sets: [1, 4, 1])).contains("images.set(2) is 4"))
    #expect(problem(hand.database(classes: [])).contains("meta.classes has 0"))
    #expect(problem(hand.database(classes: ["a", "a"])).contains("one class twice"))
    #expect(problem(hand.database(splits: ["a", "b", "c"])).contains("expected train, val, test"))
    #expect(
      problem(hand.database(names: ["x", "", "z"])).contains("images.name{2} is not a string"))
    #expect(
      problem(hand.database(names: ["x", "y", "x"]))
        == "x is listed twice, at images.name(1) and at images.name(3)")
    #expect(
      problem([hand.structure(["name": hand.text("x")], name: "images")])
        .contains("images.name is not a cell array"))
    #expect(problem([hand.numbers([1], name: "images")]).contains("has no field images.name"))
  }

  @Test(.enabled(if: SharedData.has("dtd10/imdb/imdb.mat"), "needs ../shared/data/dtd10"))
  func `the database lists what the text files list`() throws {
    let database = try ImageListing(
      imdb: SharedData.folder.appending(path: "dtd10").appending(path: "imdb/imdb.mat").path,
      imageFolder: SharedData.folder.appending(path: "dtd10"))
    let labels = try ImageListing(
      path: SharedData.folder.appending(path: "dtd10").path, splitFile: nil, partition: 1)
    #expect(labels.source == "labels, partition 1")
    #expect(database.classes == labels.classes)
    #expect(database.entries.map(\.path) == labels.entries.map(\.path))
    #expect(database.entries.map(\.classIndex) == labels.entries.map(\.classIndex))
    #expect(database.entries.map(\.split) == labels.entries.map(\.split))
  }

  @Test(.enabled(if: SharedData.has("dtd10/imdb/imdb.mat"), "needs ../shared/data/dtd10"))
  func `bytes changed anywhere in the real database never crash`() throws {
    let whole = try Data(
      contentsOf: SharedData.folder.appending(path: "dtd10").appending(path: "imdb/imdb.mat"))
    var stream = RandomStream(domain: "test/imdb", seed: 0)
    for _ in 0..<150 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...3, using: &stream) {
        damaged[Int.random(in: 128..<whole.count, using: &stream)] = .random(
          in: 0...255, using: &stream)
      }
      let path = try folder.write(damaged, "imdb.mat")
      do {
        _ = try ImageListing(imdb: path, imageFolder: SharedData.folder.appending(path: "dtd10"))
      } catch let error as FileError {
        #expect(error.description.contains("imdb.mat"))
      }
    }
  }

  @Test func `bytes changed anywhere without a checksum never crash`() throws {
    let whole = hand.file(hand.database())
    var stream = RandomStream(domain: "test/imdb", seed: 1)
    for _ in 0..<2_000 {
      var damaged = whole
      for _ in 0..<Int.random(in: 1...3, using: &stream) {
        damaged[Int.random(in: 128..<whole.count, using: &stream)] = .random(
          in: 0...255, using: &stream)
      }
      let path = try folder.write(damaged, "imdb.mat")
      do {
        _ = try ImageListing(imdb: path, imageFolder: SharedData.folder.appending(path: "dtd10"))
      } catch let error as FileError {
        #expect(error.description.contains("imdb.mat"))
      }
    }
  }
}
