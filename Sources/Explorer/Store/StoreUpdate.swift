internal import Files
internal import Foundation
internal import GRDB
internal import LinearAlgebra
internal import Runs

/// Brings a store to what an input has now: new, changed, moved and removed images, and their metadata.
///
/// A file of the size and time that the store knows is taken for unchanged; any other is read. One whose contents are
/// those of an image that is gone is that image under another name: it keeps its number, and with it what was saved of
/// it. Images that are gone are removed last. All of it happens in transactions of limited size, each of which leaves
/// less to do: a process that is killed loses one of them.
package struct StoreUpdate {
  private let store: ExplorerStore
  private let listing: [ListedImage]
  private let metadata: ImageMetadata
  private let unlisted: Set<[UInt8]>

  /// Images of a transaction.
  private static let batch = 512

  /// An update to an input.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - listing: The images, sorted by path.
  ///   - metadata: Their metadata, a row each.
  ///   - unlisted: The folders and files of which nobody knows what is there now: what the store has of it stays.
  package init(
    _ store: ExplorerStore, listing: [ListedImage], metadata: ImageMetadata, unlisted: [String] = []
  ) {
    precondition(listing.count == metadata.rows.count)
    (self.store, self.listing, self.metadata) = (store, listing, metadata)
    self.unlisted = Set(unlisted.map { Array($0.utf8) })
  }

  /// What the store has of an image.
  private struct Known {
    let number: Int64
    let path: String
    let digest: Data?
    let stamp: FileStamp
  }

  /// Updates the store.
  ///
  /// - Parameter progress: Called with the files that are read and those there are to be read.
  /// - Returns: The images, in the order of the listing, and the files that cannot be read.
  /// - Throws: `FileError` when the disk refuses, `RunError.interrupted`; the next update goes on.
  /// - Complexity: O(n log n) for n images, and the time of reading the files that are new or changed.
  package func run(
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> (images: StoredImages, problems: [ExplorationProblem]) {
    let known = try store.read { database in
      try Row.fetchAll(database, sql: "SELECT number, path, digest, size, modified FROM images").map
      {
        row in
        Known(
          number: try row.decode(Int64.self, atIndex: 0),
          path: try row.decode(String.self, atIndex: 1),
          digest: try row.decode(Data?.self, atIndex: 2),
          stamp: FileStamp(
            size: try row.decode(Int64.self, atIndex: 3),
            modified: try row.decode(Int64.self, atIndex: 4)))
      }
    }
    let byPath = Dictionary(known.map { ($0.path, $0) }) { first, _ in first }
    let paths = Set(listing.map(\.path))
    // Of several that are gone the one that was there first comes back first.
    var gone = known.filter { image in
      !paths.contains(image.path) && !isUnlisted(image.path)
    }.sorted { $0.number < $1.number }
    let problems = try read(byPath, &gone, progress)
    try removeGone(gone.map(\.number))
    let images = try images()
    try writeMetadata(images)
    return (images, problems)
  }

  /// Whether a path is one of which nobody knows what is there now, or lies below one.
  private func isUnlisted(_ path: String) -> Bool {
    guard !unlisted.isEmpty else { return false }
    // By bytes: a slash with a mark above it is another character.
    let bytes = Array(path.utf8)
    return unlisted.contains(bytes)
      || bytes.indices.contains {
        bytes[$0] == UInt8(ascii: "/") && unlisted.contains(Array(bytes[..<$0]))
      }
  }

  // MARK: Images

  /// Reads the files that are new or changed, and writes what they are.
  private func read(
    _ known: [String: Known], _ gone: inout [Known], _ progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> [ExplorationProblem] {
    let unread = listing.filter { image in
      guard let earlier = known[image.path] else { return true }
      if !earlier.path.utf8.elementsEqual(image.path.utf8) { return true }
      guard let stamp = image.stamp else { return false }
      return earlier.digest == nil || stamp.modified == FileStamp.unknown || stamp != earlier.stamp
    }
    var free: [Data: [Known]] = [:]
    for image in gone.reversed() {
      if let digest = image.digest { free[digest, default: []].append(image) }
    }
    var taken: Set<Int64> = []
    var problems: [ExplorationProblem] = []
    progress(0, unread.count)
    for start in stride(from: 0, to: unread.count, by: Self.batch) {
      try Interruption.check()
      let part = unread[start..<min(start + Self.batch, unread.count)]
      let now = FileStamp.now
      let digests = digests(of: Array(part))
      try store.write { database in
        for (image, result) in zip(part, digests) {
          var digest: Data?
          switch result {
          case .success(let found): digest = found
          case .failure(let error):
            problems.append(ExplorationProblem(subject: image.path, reason: error.problem))
          }
          let stamp =
            digest == nil
            ? FileStamp(size: 0, modified: FileStamp.unknown)
            : image.stamp?.settled(at: now) ?? FileStamp(size: 0, modified: FileStamp.unknown)
          if let earlier = known[image.path] {
            try change(earlier, to: image.path, digest ?? earlier.digest, stamp, in: database)
          } else if let digest, let earlier = free[digest]?.popLast() {
            taken.insert(earlier.number)
            try change(earlier, to: image.path, digest, stamp, in: database)
          } else {
            try database.execute(
              sql: "INSERT INTO images (path, digest, size, modified) VALUES (?, ?, ?, ?)",
              arguments: [image.path, digest, stamp.size, stamp.modified])
          }
        }
      }
      progress(part.endIndex, unread.count)
    }
    gone.removeAll { taken.contains($0.number) }
    return problems
  }

  /// The digests of files; nil of an image that has none.
  private func digests(of images: [ListedImage]) -> [Result<Data?, FileError>] {
    Parallel.map(count: images.count) { index in
      guard let file = images[index].file else { return .success(nil) }
      do {
        return .success(Data(try Digest(ofFile: file).bytes))
      } catch {
        return .failure(FileError(file, "cannot be read", error))
      }
    }
  }

  /// Writes what an image is now; its place on the map is that of its contents.
  private func change(
    _ earlier: Known, to path: String, _ digest: Data?, _ stamp: FileStamp, in database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE images SET path = ?, digest = ?, size = ?, modified = ? WHERE number = ?",
      arguments: [path, digest, stamp.size, stamp.modified, earlier.number])
    if digest != earlier.digest {
      try database.execute(sql: "DELETE FROM layout WHERE image = ?", arguments: [earlier.number])
    }
  }

  private func removeGone(_ numbers: [Int64]) throws {
    for start in stride(from: 0, to: numbers.count, by: Self.batch) {
      try Interruption.check()
      try store.write { database in
        for number in numbers[start..<min(start + Self.batch, numbers.count)] {
          try database.execute(sql: "DELETE FROM images WHERE number = ?", arguments: [number])
        }
      }
    }
  }

  /// The images as they are now, in the order of the listing.
  private func images() throws -> StoredImages {
    struct Stored {
      let number: Int64
      let digest: Data?
      let size: (width: Int, height: Int)?
    }
    let stored = try store.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT number, path, images.digest, width, height
          FROM images LEFT JOIN pictures ON pictures.digest = images.digest
          """
      ).map { row in
        let (width, height) = (
          try row.decode(Int?.self, atIndex: 3), try row.decode(Int?.self, atIndex: 4)
        )
        let stored = Stored(
          number: try row.decode(Int64.self, atIndex: 0),
          digest: try row.decode(Data?.self, atIndex: 2),
          size: width.flatMap { width in height.map { (width, $0) } })
        return (try row.decode(String.self, atIndex: 1), stored)
      }
    }
    let byPath = Dictionary(stored) { first, _ in first }
    var images: [ExploredImage] = []
    var digests: [Digest?] = []
    var pictured = RowMask(count: listing.count)
    for (row, image) in listing.enumerated() {
      guard let stored = byPath[image.path] else {
        throw FileError(store.path, "has lost the image \(image.path) while it was open; run again")
      }
      images.append(
        ExploredImage(
          number: stored.number, id: image.id, path: image.path, width: stored.size?.width ?? 0,
          height: stored.size?.height ?? 0))
      digests.append(stored.digest.flatMap { Digest(stored: $0) })
      if stored.size != nil { pictured.insert(row) }
    }
    return StoredImages(
      images: images, digests: digests, files: listing.map(\.file), pictured: pictured)
  }

  // MARK: Metadata

  /// Writes the metadata of those images of which it is another.
  private func writeMetadata(_ images: StoredImages) throws {
    for start in stride(from: 0, to: images.images.count, by: Self.batch) {
      try Interruption.check()
      let rows = start..<min(start + Self.batch, images.images.count)
      let others = try store.read { database in
        try rows.filter { row in
          let there = try Row.fetchAll(
            database, sql: "SELECT key, type, value FROM metadata WHERE image = ? ORDER BY key",
            arguments: [images.images[row].number]
          ).map { StoredValue($0[0], $0[1], $0[2]) }
          return there != wanted(row)
        }
      }
      guard !others.isEmpty else { continue }
      try store.write { database in
        for row in others {
          let number = images.images[row].number
          try database.execute(sql: "DELETE FROM metadata WHERE image = ?", arguments: [number])
          for value in wanted(row) {
            try database.execute(
              sql: "INSERT INTO metadata VALUES (?, ?, ?, ?)",
              arguments: [number, value.key, value.type, value.value])
          }
        }
      }
    }
  }

  /// A value as it stands in the table.
  private struct StoredValue: Equatable {
    let key: DatabaseValue
    let type: DatabaseValue
    let value: DatabaseValue

    init(_ key: DatabaseValue, _ type: DatabaseValue, _ value: DatabaseValue) {
      (self.key, self.type, self.value) = (key, type, value)
    }
  }

  /// The values of a row, in the order of SQLite, which is that of bytes.
  private func wanted(_ row: Int) -> [StoredValue] {
    metadata.rows[row].map { entry -> (key: String, value: StoredValue) in
      let key = metadata.keys[entry.key]
      let (type, value): (String, DatabaseValue) =
        switch entry.value {
        case .text(let text): ("text", text.databaseValue)
        case .number(let number): ("number", number.databaseValue)
        case .boolean(let flag): ("boolean", flag.databaseValue)
        case .json(let text): ("json", text.databaseValue)
        }
      return (key, StoredValue(key.databaseValue, type.databaseValue, value))
    }
    .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }
}

extension Digest {
  /// The digest that stands in a store; nil for bytes that are none.
  init?(stored bytes: Data) {
    let digits = Array("0123456789abcdef".utf8)
    self.init(hexadecimal: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
