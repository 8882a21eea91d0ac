package import Files
internal import Foundation
internal import GRDB

extension ExplorerStore {
  /// A digest of all that a store has, whatever numbers it gave and when it was made: equal for two that were brought to
  /// the same images in different ways.
  ///
  /// - Complexity: O(bytes of the store).
  package func contentDigest() throws -> Digest {
    try read { database in
      var digest = RunningDigest()
      func add(_ title: String, _ sql: String) throws {
        digest.update(Data("\(title)\n".utf8))
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
          for (_, value) in row {
            // Lengths stand before texts and bytes, so that no two rows read alike.
            switch value.storage {
            case .null: digest.update(Data("null\n".utf8))
            case .int64(let integer): digest.update(Data("\(integer)\n".utf8))
            case .double(let number): digest.update(Data("\(number.bitPattern) as a number\n".utf8))
            case .string(let text): digest.update(Data("\(text.utf8.count) \(text)\n".utf8))
            case .blob(let data):
              digest.update(Data("\(data.count) bytes\n".utf8))
              digest.update(data)
            }
          }
        }
      }
      try add(
        "images", "SELECT path, digest, iif(digest IS NULL, 0, size) FROM images ORDER BY path")
      try add(
        "metadata",
        "SELECT path, key, type, value FROM metadata JOIN images ON number = image ORDER BY path, key"
      )
      try add(
        "embeddings",
        """
        SELECT digest, models.key, vector, checksum
        FROM embeddings JOIN models ON number = model ORDER BY digest, models.key
        """)
      try add("pictures", "SELECT * FROM pictures ORDER BY digest")
      try add("problems", "SELECT * FROM problems ORDER BY digest")
      try add(
        "layout",
        "SELECT path, x, y, fitted FROM layout JOIN images ON number = image ORDER BY path")
      try add("saved", "SELECT * FROM saved WHERE kind != 'selection' ORDER BY kind, name")
      let paths = try Row.fetchAll(database, sql: "SELECT number, path FROM images").map {
        (try $0.decode(Int64.self, atIndex: 0), try $0.decode(String.self, atIndex: 1))
      }
      let names = Dictionary(paths) { first, _ in first }
      let selections = try Row.fetchAll(
        database, sql: "SELECT name, data FROM saved WHERE kind = 'selection' ORDER BY name")
      for row in selections {
        let chosen = Self.numbers(try row.decode(Data.self, atIndex: 1)).compactMap { names[$0] }
          .sorted()
        let text = ([try row.decode(String.self, atIndex: 0)] + chosen).map {
          "\($0.utf8.count) \($0)\n"
        }
        digest.update(Data(text.joined().utf8))
      }
      try add("settings", "SELECT * FROM settings ORDER BY key")
      return digest.digest
    }
  }
}
