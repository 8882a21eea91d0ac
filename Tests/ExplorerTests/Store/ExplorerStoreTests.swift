import Files
import Fixtures
import Foundation
import GRDB
import Testing

@testable import Explorer

struct ExplorerStoreTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/s.sqlite" }

  init() throws { folder = try TemporaryFolder() }

  /// The message with which a file is refused, and that it stays as it is.
  private func refusal(_ bytes: Data) throws -> String {
    _ = try folder.write(bytes, "s.sqlite")
    let error = #expect(throws: FileError.self) { try ExplorerStore(path) }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    return error?.problem ?? ""
  }

  @Test func `SQLite is there`() throws {
    #expect(try ExplorerStore.sqliteVersion.hasPrefix("3."))
  }

  // MARK: Files

  @Test func `what is kept is there the next time`() throws {
    try ExplorerStore(path).set("model", to: "a")
    let store = try ExplorerStore(path)
    #expect(try store.setting("model") == "a")
    #expect(try store.setting("other") == nil)
    try store.set("model", to: "b")
    #expect(try store.setting("model") == "b")
  }

  @Test func `an empty file is a new store`() throws {
    _ = try folder.write("", "s.sqlite")
    #expect(try ExplorerStore(path).setting("a") == nil)
  }

  @Test func `a file that is no database is refused and stays`() throws {
    #expect(
      try refusal(Data("These are notes of mine, and no database at all.\n".utf8)).contains(
        "--store"))
    #expect(
      try refusal(Data("SQLite format 3\0".utf8 + [UInt8](repeating: 7, count: 4000))).contains(
        "--store"))
    #expect(throws: FileError.self) { try ExplorerStore(folder.path) }
  }

  @Test func `another program's database is refused and stays`() throws {
    try ExplorerStore(path).write {
      try $0.execute(sql: "PRAGMA application_id = 7; CREATE TABLE a (b)")
    }
    #expect(try refusal(Data(contentsOf: URL(filePath: path))).contains("another program"))
    try FileManager.default.removeItem(atPath: path)
    try ExplorerStore(path).write { try $0.execute(sql: "PRAGMA application_id = 0") }
    #expect(try refusal(Data(contentsOf: URL(filePath: path))).contains("another program"))
  }

  @Test func `a store that a full disk has left without its tables is made`() throws {
    // The migrator's own list is there before the first step.
    _ = try ExplorerStore(path, schema: StoreSchema(steps: []))
    let store = try ExplorerStore(path)
    try store.set("key", to: "value")
    #expect(try store.setting("key") == "value")
  }

  @Test func `a store whose making was killed is made`() throws {
    let begun = folder.path + "/begun.sqlite"
    let queue = try DatabaseQueue(path: begun)
    try queue.write { try $0.execute(sql: "CREATE TABLE a (b); DROP TABLE a") }
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = 1; BEGIN; CREATE TABLE a (b)")
      for _ in 0..<100 {
        try database.execute(sql: "INSERT INTO a VALUES (randomblob(4000))")
      }
      // As it lies there when the process ends now: half a table, and a journal that undoes it.
      for end in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: begun + end, toPath: path + end)
      }
      try database.execute(sql: "ROLLBACK")
    }
    let store = try ExplorerStore(path)
    try store.set("key", to: "value")
    #expect(try store.setting("key") == "value")
  }

  @Test func `one process at a time has a store open`() throws {
    let store = try ExplorerStore(path)
    let error = #expect(throws: FileError.self) { try ExplorerStore(path) }
    #expect(
      error?.problem.contains("process \(ProcessInfo.processInfo.processIdentifier) of") == true)
    #expect(error?.problem.contains("another explorer") == true)
    try store.set("a", to: "b")
  }

  // MARK: Versions

  private static let next = StoreSchema(
    steps: StoreSchema.current.steps + [
      .init(
        name: "a later step", sql: "ALTER TABLE saved ADD COLUMN note TEXT NOT NULL DEFAULT 'old'")
    ])

  @Test func `an older store is brought to a newer version with all that is in it`() throws {
    try ExplorerStore(path).save(.query, name: "a", Data("b".utf8))
    let store = try ExplorerStore(path, schema: Self.next)
    #expect(try store.saved(.query, name: "a") == Data("b".utf8))
    let version = try store.read { try StoreSchema.Header($0).version }
    #expect(version == StoreSchema.current.steps.count + 1)
  }

  @Test func `a newer version is refused by name and stays`() throws {
    _ = try ExplorerStore(path, schema: Self.next)
    let bytes = try Data(contentsOf: URL(filePath: path))
    #expect(
      try refusal(bytes).contains(
        "newer version of topoclip (its tables are of version 2, this program knows those up to 1)")
    )
    _ = try ExplorerStore(path, schema: Self.next)
  }

  @Test func `a step that fails leaves the version before it`() throws {
    try ExplorerStore(path).set("a", to: "b")
    let broken = StoreSchema(
      steps: StoreSchema.current.steps + [
        .init(name: "broken", sql: "CREATE TABLE c (d); CREATE TABLE c (d)")
      ])
    #expect(throws: FileError.self) { try ExplorerStore(path, schema: broken) }
    let store = try ExplorerStore(path)
    #expect(try store.setting("a") == "b")
  }

  /// The first version as it was released: whoever changes its statements breaks stores that are there.
  @Test func `the first version is what it was`() throws {
    let statements = StoreSchema.current.steps[0]
    #expect(statements.name == "images, embeddings, what is saved")
    #expect(
      "\(Digest(of: statements.sql))"
        == "f9647396f6bbf13390c46e46d0b967406fd87cfca68261df88bfbedec271661a")
  }

  // MARK: What is saved

  @Test func `queries are saved, replaced, listed and forgotten`() throws {
    let store = try ExplorerStore(path)
    #expect(try store.savedNames(.query).isEmpty)
    for name in ["b10", "b9", "é <&>'\"; DROP TABLE saved"] {
      try store.save(.query, name: name, Data(name.utf8))
    }
    try store.save(.selection, name: "b9", Data())
    #expect(try store.savedNames(.query) == ["b9", "b10", "é <&>'\"; DROP TABLE saved"])
    try store.save(.query, name: "b9", Data("other".utf8))
    #expect(try store.saved(.query, name: "b9") == Data("other".utf8))
    #expect(try store.forget(.query, name: "b9"))
    #expect(try !store.forget(.query, name: "b9"))
    #expect(try store.saved(.query, name: "b9") == nil)
    #expect(try store.saved(.selection, name: "b9") == Data())
  }

  @Test(arguments: ["", "a\0b", String(repeating: "é", count: 101)])
  func `names that a store cannot tell apart are refused`(name: String) throws {
    let store = try ExplorerStore(path)
    #expect(throws: SearchError.self) { try store.save(.query, name: name, Data()) }
  }

  @Test func `a selection outlives new rows and new names`() throws {
    let images = try SmallImages(5)
    let store = try images.store()
    let before = try images.update(store).images
    try store.saveSelection("mine", RowMask(count: 5) { $0 == 1 || $0 == 3 }, of: before)
    try images.move("1.png", to: "z.png")
    try images.remove("3.png")
    try images.write(70, "0a.png")
    let after = try images.update(store).images
    #expect(after.images.map(\.path) == ["0.png", "0a.png", "2.png", "4.png", "z.png"])
    #expect(try store.selection("mine", of: after)?.rows == [4])
    #expect(try store.selection("none", of: after) == nil)
  }

  // MARK: The map

  @Test func `places are those of the map that was asked for`() throws {
    let images = try SmallImages(3)
    let store = try images.store()
    let rows = try images.update(store).images
    let places = [
      0: StoredPlace(x: 0.1, y: -2, isFitted: true), 2: StoredPlace(x: 1e9, y: 0, isFitted: true),
    ]
    try store.keep(places, of: rows, key: "one", replacesAll: true)
    #expect(try store.places(of: rows, key: "one") == places)
    #expect(try store.places(of: rows, key: "two").isEmpty)
    let added = StoredPlace(x: 3, y: 4, isFitted: false)
    try store.keep([1: added], of: rows, key: "one", replacesAll: false)
    #expect(try store.places(of: rows, key: "one") == places.merging([1: added]) { $1 })
    try store.keep([1: added], of: rows, key: "two", replacesAll: false)
    #expect(try store.places(of: rows, key: "two") == [1: added])
    #expect(try store.places(of: rows, key: "one").isEmpty)
  }

  @Test func `an image that changes loses its place, one that moves keeps it`() throws {
    let images = try SmallImages(3)
    let store = try images.store()
    let rows = try images.update(store).images
    let place = StoredPlace(x: 1, y: 2, isFitted: true)
    try store.keep([0: place, 1: place, 2: place], of: rows, key: "k", replacesAll: true)
    try images.write(9, "0.png")
    try images.move("1.png", to: "9.png")
    #expect(try Set(store.places(of: images.update(store).images, key: "k").keys) == [1, 2])
  }
}
