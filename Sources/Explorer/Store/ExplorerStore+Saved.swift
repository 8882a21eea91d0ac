internal import Files
package import Foundation
internal import GRDB

// What users save under names.
extension ExplorerStore {
  /// The names of what is saved, sorted.
  package func savedNames(_ kind: SavedKind) throws -> [String] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT name FROM saved WHERE kind = ?", arguments: [kind.rawValue])
    }.sorted(by: NaturalOrder.precedes)
  }

  /// What was saved under a name; nil for nothing.
  package func saved(_ kind: SavedKind, name: String) throws -> Data? {
    try read {
      try Data.fetchOne(
        $0, sql: "SELECT data FROM saved WHERE kind = ? AND name = ?",
        arguments: [kind.rawValue, name])
    }
  }

  /// Saves under a name, in place of what was there.
  ///
  /// - Throws: `SearchError` for a name that is empty, longer than 200 bytes, or has a NUL; `FileError` when the disk
  ///   refuses.
  package func save(_ kind: SavedKind, name: String, _ data: Data) throws {
    guard !name.isEmpty, name.utf8.count <= 200, !name.utf8.contains(0) else {
      throw SearchError("a name has from 1 to 200 bytes, none of them 0")
    }
    try write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO saved VALUES (?, ?, ?)",
        arguments: [kind.rawValue, name, data])
    }
  }

  /// Forgets what was saved under a name; whether there was something.
  package func forget(_ kind: SavedKind, name: String) throws -> Bool {
    try write {
      try $0.execute(
        sql: "DELETE FROM saved WHERE kind = ? AND name = ?", arguments: [kind.rawValue, name])
      return $0.changesCount > 0
    }
  }

  // MARK: Selections

  /// Saves a selection by the numbers of its images, so that it outlives other rows and names.
  package func saveSelection(_ name: String, _ rows: RowMask, of images: StoredImages) throws {
    precondition(rows.count == images.images.count)
    var data = Data(capacity: 8 * rows.population)
    for number in rows.rows.map({ images.images[$0].number }).sorted() {
      for shift in stride(from: 0, to: 64, by: 8) {
        data.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
      }
    }
    try save(.selection, name: name, data)
  }

  /// The rows of a selection that are still there; nil for a name under which there is none.
  package func selection(_ name: String, of images: StoredImages) throws -> RowMask? {
    guard let data = try saved(.selection, name: name) else { return nil }
    var rows = RowMask(count: images.images.count)
    for number in Self.numbers(data) {
      if let row = images.rowsOfNumbers[number] { rows.insert(row) }
    }
    return rows
  }

  /// The numbers of images in a saved selection.
  static func numbers(_ data: Data) -> [Int64] {
    let bytes = [UInt8](data)
    return (0..<bytes.count / 8).map { place in
      bytes[8 * place..<8 * place + 8].reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
  }
}
