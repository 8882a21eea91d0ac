import CLIP
import Files
import Fixtures
import Foundation
import GRDB
import Images
import LinearAlgebra
import ModelFixtures
import Runs
import Testing

@testable import Explorer

struct EmbeddingUpdateTests {
  private static let model = Result {
    let files = try TinyModel()
    defer { files.remove() }
    return try CLIPModel(directory: files.folder.path)
  }
  private let model: CLIPModel

  init() throws { model = try Self.model.get() }

  /// How much work a test of many images makes: the usual number, or more where that is asked for.
  private static let many =
    ProcessInfo.processInfo.environment["TOPOCLIP_EXPLORER_IMAGES"].flatMap { Int($0) } ?? 120

  /// Brings a store to what its folder has, embeddings and all; what was kept, batch by batch.
  @discardableResult
  private func update(
    _ images: SmallImages, _ store: ExplorerStore,
    _ didKeep: (EmbeddingUpdate.Batch) throws -> Void = { _ in }
  ) throws -> [EmbeddingUpdate.Batch] {
    let rows = try images.update(store).images
    let encoder = try EmbeddingUpdate.Encoder(model, in: store)
    let embedded = try store.embeddings(of: rows, encoder.model, dimension: encoder.dimension)
      .embedded
    var batches: [EmbeddingUpdate.Batch] = []
    try EmbeddingUpdate(store, rows, encoder).run(embedded: embedded) {
      batches.append($0)
      try didKeep($0)
    }
    return batches
  }

  private func embeddings(_ images: SmallImages, _ store: ExplorerStore) throws -> (
    matrix: Matrix<Float>, embedded: RowMask
  ) {
    let encoder = try EmbeddingUpdate.Encoder(model, in: store)
    return try store.embeddings(
      of: images.update(store).images, encoder.model, dimension: encoder.dimension)
  }

  @Test func `images get unit embeddings, sizes and thumbnails, copies the same`() throws {
    let images = try SmallImages(3)
    try images.write(1, "copy.png")
    let store = try images.store()
    let batches = try update(images, store)
    #expect(batches.count == 1 && batches[0].done == 4 && batches[0].total == 4)
    #expect(Set(batches[0].rows) == [0, 1, 2, 3] && batches[0].embeddings.rows == 4)
    let (matrix, embedded) = try embeddings(images, store)
    #expect(embedded.population == 4 && matrix.row(1) == matrix.row(3))
    for (place, row) in batches[0].embeddedRows.enumerated() {
      #expect(batches[0].embeddings.row(place).elementsEqual(matrix.row(row)))
    }
    let rows = try images.update(store).images
    #expect(rows.images[2].width == SmallImages.image(2).width)
    #expect(rows.images[2].height == SmallImages.image(2).height)
    #expect(rows.pictured.population == 4)
    let thumbnail = try #require(try store.thumbnail(2, of: rows))
    #expect(try RGBImage(decoding: thumbnail, file: "t").width == rows.images[2].width)
    #expect(try update(images, store).isEmpty)
  }

  @Test func `a thumbnail's longer side is 256 pixels`() throws {
    let images = try SmallImages()
    try images.write(RGBImage(width: 600, height: 300, gray: 90).jpegData(quality: 90), "wide.jpg")
    let store = try images.store()
    try update(images, store)
    let thumbnail = try store.thumbnail(0, of: images.update(store).images)
    let picture = try RGBImage(decoding: thumbnail ?? Data(), file: "t")
    #expect(picture.width == 256 && picture.height == 128)
  }

  @Test func `an embedding has the same bits whatever is embedded with it`() throws {
    let images = try SmallImages(50)
    let store = try images.store()
    try update(images, store)
    let together = try embeddings(images, store).matrix
    let others = try SmallImages(50)
    try others.remove("7.png")
    let one = try others.store()
    try update(others, one)
    try others.write(7, "7.png")
    try update(others, one)
    #expect(try embeddings(others, one).matrix == together)
    #expect(try one.contentDigest() == store.contentDigest())
  }

  @Test func `an image that comes back within an update costs nothing`() throws {
    let images = try SmallImages(4)
    let store = try images.store()
    try update(images, store)
    try images.move("2.png", to: "er.png")
    try images.write(0, "another.png")
    #expect(try update(images, store).isEmpty)
    #expect(try embeddings(images, store).embedded.population == 5)
  }

  @Test func `only what changed is embedded, and what nothing refers to goes`() throws {
    let images = try SmallImages(6)
    let store = try images.store()
    try update(images, store)
    try images.write(90, "2.png")
    try images.remove("4.png")
    #expect(try update(images, store).map(\.done) == [1])
    let counts = try store.read { database in
      try ["embeddings", "pictures", "images"].map {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(counts == [5, 5, 5])
  }

  @Test func `broken images are told, kept as such and tried again when they change`() throws {
    let images = try SmallImages(3)
    try images.write(Data("no image".utf8), "1.png")
    try images.write(Data(), "empty.jpg")
    let store = try images.store()
    let first = try update(images, store)
    #expect(first.flatMap(\.problems).map(\.subject) == ["1.png", "empty.jpg"])
    #expect(first.last?.done == 4)
    let second = try update(images, store)
    #expect(second.map(\.done) == [0] && second.map(\.total) == [0])
    #expect(second.flatMap(\.problems) == first.flatMap(\.problems))
    #expect(try embeddings(images, store).embedded.rows == [0, 2])
    try images.write(1, "1.png")
    #expect(try update(images, store).last?.done == 1)
    #expect(try embeddings(images, store).embedded.rows == [0, 1, 2])
  }

  @Test func `a file that changes or goes meanwhile is told and not kept`() throws {
    let images = try SmallImages(3)
    let store = try images.store()
    let rows = try images.update(store).images
    try images.write(70, "0.png")
    try images.remove("1.png")
    let encoder = try EmbeddingUpdate.Encoder(model, in: store)
    var problems: [ExplorationProblem] = []
    try EmbeddingUpdate(store, rows, encoder).run(embedded: RowMask(count: 3)) {
      problems += $0.problems
    }
    #expect(problems.map(\.subject) == ["0.png", "1.png"])
    #expect(try update(images, store).flatMap(\.problems).isEmpty)
    #expect(try embeddings(images, store).embedded.population == 2)
  }

  @Test func `without an encoder thumbnails alone are made`() throws {
    let images = try SmallImages(3)
    let store = try images.store()
    let rows = try images.update(store).images
    var batches: [EmbeddingUpdate.Batch] = []
    try EmbeddingUpdate(store, rows, nil).run(embedded: RowMask(count: 3)) { batches.append($0) }
    #expect(batches.flatMap(\.rows) == [0, 1, 2] && batches.allSatisfy { $0.embeddings.rows == 0 })
    #expect(try images.update(store).images.pictured.population == 3)
    #expect(try embeddings(images, store).embedded.population == 0)
  }

  @Test func `a damaged embedding is made anew`() throws {
    let images = try SmallImages(3)
    let store = try images.store()
    try update(images, store)
    let whole = try store.contentDigest()
    for damage in [
      "vector = zeroblob(length(vector))", "vector = zeroblob(4)", "checksum = zeroblob(8)",
    ] {
      try store.write {
        try $0.execute(
          sql: "UPDATE embeddings SET \(damage) WHERE digest = (SELECT min(digest) FROM embeddings)"
        )
      }
      #expect(try embeddings(images, store).embedded.population == 2)
      #expect(try update(images, store).map(\.done) == [1])
      #expect(try store.contentDigest() == whole)
    }
  }

  @Test func `models do not take each other's embeddings`() throws {
    let images = try SmallImages(2)
    let store = try images.store()
    try update(images, store)
    let other = CLIPModel(random: try TinyModel.configuration(), name: "other", seed: 3)
    let encoder = try EmbeddingUpdate.Encoder(other, in: store)
    let rows = try images.update(store).images
    #expect(try store.embeddings(of: rows, encoder.model, dimension: 16).embedded.population == 0)
    try EmbeddingUpdate(store, rows, encoder).run(embedded: RowMask(count: 2)) { _ in }
    #expect(try store.embeddings(of: rows, encoder.model, dimension: 16).embedded.population == 2)
    #expect(try update(images, store).isEmpty)
  }

  // MARK: Ends by force

  /// The files of a store as a process leaves them that is killed now, in a folder of the same images.
  private func killed(_ images: SmallImages) throws -> SmallImages {
    let copy = try SmallImages()
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: images.path) where name != ".topoclip" {
      try manager.createSymbolicLink(
        atPath: copy.path + "/" + name, withDestinationPath: images.path + "/" + name)
    }
    for suffix in ["", "-wal"] where manager.fileExists(atPath: images.storePath + suffix) {
      try manager.copyItem(atPath: images.storePath + suffix, toPath: copy.storePath + suffix)
    }
    return copy
  }

  @Test func `an update that is killed anywhere ends as one that is not`() throws {
    let count = Self.many
    let images = try SmallImages(count)
    for number in 0..<count / 2 { try images.write(number, "\(number).png") }
    let undisturbed = try images.store()
    try update(images, undisturbed)
    let whole = try undisturbed.contentDigest()

    // Half of them change; the store is taken away after every transaction, and within one.
    let other = try SmallImages(count)
    for number in 0..<count / 2 { try other.write(number + 5000, "\(number).png") }
    let store = try other.store()
    try update(other, store)
    for number in 0..<count / 2 { try other.write(number, "\(number).png") }
    var left: [SmallImages] = []
    let rows = try other.update(store).images
    left.append(try killed(other))
    try store.write { database in
      try database.execute(sql: "UPDATE images SET digest = zeroblob(32)")
      try database.execute(sql: "INSERT INTO settings VALUES ('a', hex(zeroblob(4000000)))")
      left.append(try killed(other))
      try database.execute(sql: "UPDATE images SET digest = NULL")
      try database.execute(sql: "DELETE FROM settings")
      for (row, digest) in rows.digests.enumerated() {
        try database.execute(
          sql: "UPDATE images SET digest = ? WHERE number = ?",
          arguments: [digest.map { Data($0.bytes) }, rows.images[row].number])
      }
    }
    try update(other, store) { _ in left.append(try killed(other)) }
    #expect(try store.contentDigest() == whole)
    #expect(left.count > 3)
    for images in left {
      let store = try images.store()
      try update(images, store)
      #expect(try store.contentDigest() == whole)
    }
  }

  private static let named = ProcessInfo.processInfo.environment["TOPOCLIP_EXPLORER_FOLDER"]

  /// For whoever ends it by force, again and again, and compares what it says in the end.
  @Test(.enabled(if: named != nil)) func `a folder that is named is brought up to date`() throws {
    let path = try #require(Self.named)
    let store = try ExplorerStore(StoreLocation(of: path).path)
    let listing = try ImageFolder(path)
    let metadata = try ImageMetadata(nil, of: listing.images, in: path)
    let rows = try StoreUpdate(store, listing: listing.images, metadata: metadata).run().images
    let encoder = try EmbeddingUpdate.Encoder(.builtIn(), in: store)
    let embedded = try store.embeddings(of: rows, encoder.model, dimension: encoder.dimension)
      .embedded
    let began = ContinuousClock.now
    var done = 0
    try EmbeddingUpdate(store, rows, encoder).run(embedded: embedded) { done = $0.done }
    print(
      "\(rows.images.count) images, \(done) done in \(ContinuousClock.now - began): \(try store.contentDigest())"
    )
  }

  @Test func `an update that fails keeps what was kept`() throws {
    struct Stop: Error {}
    let images = try SmallImages(40)
    let store = try images.store()
    #expect(throws: Stop.self) { try update(images, store) { _ in throw Stop() } }
    let kept = try embeddings(images, store).embedded.population
    #expect(kept == 8)
    #expect(try update(images, store).last?.done == 32)
    #expect(try embeddings(images, store).embedded.population == 40)
  }

  // MARK: Damage

  @Test func `a damaged store is refused or mended, and nothing worse`() throws {
    let images = try SmallImages(6)
    var store: ExplorerStore? = try images.store()
    try update(images, try #require(store))
    try store?.save(.query, name: "q", Data("text".utf8))
    try store?.saveSelection(
      "s", RowMask(count: 6, all: true), of: images.update(try #require(store)).images)
    store = nil
    let bytes = try Data(contentsOf: URL(filePath: images.storePath))
    var mutator = Mutator(seed: 5)
    var (refused, whole) = (0, 0)
    for round in 0..<150 {
      var damaged = mutator.mutated(bytes)
      // Damage to the pages of the tables, beyond what the header tells.
      if round.isMultiple(of: 3) {
        damaged.replaceSubrange(0..<min(100, damaged.count), with: bytes.prefix(100))
      }
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: images.storePath + suffix)
      }
      try damaged.write(to: URL(filePath: images.storePath))
      do {
        let store = try images.store()
        try update(images, store)
        let rows = try images.update(store).images
        let (matrix, embedded) = try embeddings(images, store)
        #expect(
          rows.images.count == 6 && embedded.population <= 6 && matrix.values.allSatisfy(\.isFinite)
        )
        _ = try (
          store.savedNames(.query), store.saved(.query, name: "q"), store.selection("s", of: rows)
        )
        _ = try (
          store.places(of: rows, key: "k"), store.thumbnail(0, of: rows), store.contentDigest()
        )
        whole += 1
      } catch {
        #expect(error is FileError, "\(error)")
        refused += 1
      }
    }
    #expect(refused > 0 && whole > 0)
  }
}
