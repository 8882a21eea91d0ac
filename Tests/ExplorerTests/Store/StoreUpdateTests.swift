import Files
import Fixtures
import Foundation
import GRDB
import Images
import Testing

@testable import Explorer

struct StoreUpdateTests {
  private let images: SmallImages
  private let store: ExplorerStore

  init() throws {
    images = try SmallImages(4)
    store = try images.store()
  }

  /// The number of files that an update reads.
  private func reads() throws -> Int {
    var reads = 0
    _ = try images.update(store) { reads = $0 }
    return reads
  }

  private func numbers() throws -> [String: Int64] {
    try Dictionary(
      uniqueKeysWithValues: images.update(store).images.images.map { ($0.path, $0.number) })
  }

  @Test func `images are rows in the order of their paths, with their digests`() throws {
    let (rows, problems) = try images.update(store)
    #expect(problems.isEmpty)
    #expect(rows.images.map(\.path) == ["0.png", "1.png", "2.png", "3.png"])
    #expect(rows.images.map(\.id) == ["0", "1", "2", "3"])
    #expect(rows.images.map(\.width) == [0, 0, 0, 0])
    #expect(rows.digests == (try rows.files.map { try Digest(ofFile: $0 ?? "") }))
    #expect(rows.pictured.population == 0)
  }

  @Test func `what has not changed is not read`() throws {
    #expect(try reads() == 4)
    #expect(try reads() == 0)
    try images.write(10, "new.png")
    #expect(try reads() == 1)
    // Of a file that was written this moment the time says nothing.
    _ = try images.folder.write(SmallImages.image(11).pngData(), "newer.png")
    #expect(try reads() == 1)
    #expect(try reads() == 1)
  }

  @Test func `a change of the same size and time to the second is seen`() throws {
    let file = try images.folder.write("12345", "x.png")
    let manager = FileManager.default
    try manager.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000.25)], ofItemAtPath: file)
    let before = try images.update(store).images.digests[4]
    _ = try images.folder.write("54321", "x.png")
    try manager.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000.5)], ofItemAtPath: file)
    #expect(try images.update(store).images.digests[4] != before)
  }

  @Test func `images are added, changed and removed, and keep their numbers`() throws {
    let before = try numbers()
    try images.write(20, "1.png")
    try images.remove("2.png")
    try images.write(21, "9.png")
    let after = try numbers()
    #expect(Set(after.keys) == ["0.png", "1.png", "3.png", "9.png"])
    #expect(after["0.png"] == before["0.png"] && after["1.png"] == before["1.png"])
    #expect(!before.values.contains(after["9.png"] ?? -1))
    // A number is never given again, even when it was the last.
    try images.remove("9.png")
    _ = try numbers()
    try images.write(22, "9.png")
    #expect(try numbers()["9.png"] ?? 0 > after["9.png"] ?? 0)
  }

  @Test func `an image that moves keeps its number, copies by turns`() throws {
    try images.write(3, "copy.png")
    let before = try numbers()
    try images.move("3.png", to: "deep.png")
    try images.move("copy.png", to: "far.png")
    try images.move("0.png", to: "near.png")
    let after = try numbers()
    #expect(after["deep.png"] == before["3.png"])
    #expect(after["far.png"] == before["copy.png"])
    #expect(after["near.png"] == before["0.png"])
    #expect(after.count == 5)
  }

  @Test func `metadata is stored with its types and follows the file`() throws {
    func stored() throws -> [String] {
      try store.read { database in
        try String.fetchAll(
          database,
          sql:
            "SELECT path || ' ' || key || ' ' || type || ' ' || typeof(value) || ' ' || value FROM metadata JOIN images ON number = image ORDER BY path, key"
        )
      }
    }
    _ = try images.folder.write(
      #"{"0": {"n": 1, "b": true, "t": "é", "j": [1], "x": null}, "1": {"n": 2.5}}"#,
      "metadata.json")
    _ = try images.update(store)
    #expect(
      try stored() == [
        "0.png b boolean integer 1", "0.png j json text [1]", "0.png n number real 1.0",
        "0.png t text text é",
        "1.png n number real 2.5",
      ])
    _ = try images.folder.write(#"{"1": {"n": "2.5"}}"#, "metadata.json")
    _ = try images.update(store)
    #expect(try stored() == ["1.png n text text 2.5"])
    try images.remove("1.png")
    _ = try images.update(store)
    #expect(try stored().isEmpty)
  }

  @Test func `a file that cannot be read is told of and read the next time`() throws {
    let rows = try images.update(store).images
    try images.write(30, "x.png")
    let listing = try ImageFolder(images.path).images
    try images.remove("x.png")
    try images.remove("0.png")
    let stale = listing.map { image in
      // As if the time had changed, so that it is read.
      ListedImage(
        path: image.path, id: image.id, file: image.file, stamp: FileStamp(size: 1, modified: 5))
    }
    let (after, problems) = try StoreUpdate(
      store, listing: stale, metadata: ImageMetadata(count: stale.count)
    ).run()
    #expect(problems.map(\.subject) == ["0.png", "x.png"])
    #expect(after.images[0].number == rows.images[0].number && after.digests[0] == rows.digests[0])
    #expect(after.digests[4] == nil)
    try images.write(30, "x.png")
    try images.write(0, "0.png")
    let (last, none) = try images.update(store)
    #expect(none.isEmpty && !last.digests.contains(nil))
  }

  @Test func `what lies in a folder that cannot be listed is not gone`() throws {
    try images.write(40, "locked/a.png")
    try images.write(41, "locked.png")
    try images.write(42, "locked/\u{301}.png")
    try images.write(43, "one.png")
    try images.write(44, "one.png.png")
    let before = try numbers()
    for name in ["locked.png", "one.png.png"] { try images.remove(name) }
    let listing = try ImageFolder(images.path).images.filter {
      !$0.path.utf8.starts(with: "locked/".utf8) && $0.path != "one.png"
    }
    let rows = try StoreUpdate(
      store, listing: listing, metadata: ImageMetadata(count: listing.count),
      unlisted: ["locked", "one.png"]
    ).run().images
    #expect(rows.images.count == 4)
    #expect(try numbers() == before.filter { !["locked.png", "one.png.png"].contains($0.key) })
  }

  @Test func `images of a run without files are rows as well`() throws {
    let listing = ["a", "b"].map { ListedImage(path: $0, id: $0, file: nil, stamp: nil) }
    let update = StoreUpdate(store, listing: listing, metadata: ImageMetadata(count: 2))
    let (rows, problems) = try update.run()
    #expect(problems.isEmpty && rows.digests == [nil, nil])
    #expect(try update.run().images.images == rows.images)
  }

  @Test func `more images than a transaction takes`() throws {
    for number in 100..<1200 { _ = try images.folder.write("\(number)", "many/\(number).jpg") }
    let rows = try images.update(store).images
    #expect(rows.images.count == 1104 && Set(rows.images.map(\.number)).count == 1104)
    try FileManager.default.moveItem(atPath: images.path + "/many", toPath: images.path + "/moved")
    let moved = try images.update(store).images
    #expect(Set(moved.images.map(\.number)) == Set(rows.images.map(\.number)))
    try images.remove("moved")
    #expect(try images.update(store).images.images.count == 4)
  }
}
