package import Files
package import Foundation
internal import GRDB
package import LinearAlgebra

// What is kept of the contents of images, whatever files have them.
extension ExplorerStore {
  /// The number of a model in the store, which is given at its first use.
  ///
  /// - Parameters:
  ///   - key: All that decides an embedding but the image.
  ///   - name: What users call it.
  /// - Returns: The model as other methods take it.
  /// - Throws: `FileError` when the disk refuses.
  package func model(key: String, name: String) throws -> StoredModel {
    try write { database in
      try database.execute(
        sql:
          "INSERT INTO models (key, name) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET name = excluded.name",
        arguments: [key, name])
      let number = try Int64.fetchOne(
        database, sql: "SELECT number FROM models WHERE key = ?", arguments: [key])
      guard let number else {
        throw FileError(path, "does not keep the model \(name); move the file away")
      }
      return StoredModel(number: number, key: key)
    }
  }

  // MARK: Embeddings

  /// The embeddings of images, as far as there are any.
  ///
  /// One that is damaged is passed over, and made anew by the next `EmbeddingUpdate`.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - model: The model.
  ///   - dimension: The dimension of its embeddings.
  /// - Returns: A matrix [images, dimension], unit rows, those without an embedding 0, and the rows that have one.
  /// - Throws: `FileError` for a damaged file.
  /// - Complexity: O(images · dimension).
  package func embeddings(
    of images: StoredImages, _ model: StoredModel, dimension: Int
  ) throws -> (matrix: Matrix<Float>, embedded: RowMask) {
    var matrix = Matrix<Float>(rows: images.images.count, columns: dimension)
    var embedded = RowMask(count: images.images.count)
    try forEachEmbedding(model, dimension: dimension) { digest, vector in
      for row in images.rows[digest] ?? [] {
        matrix.values.replaceSubrange(row * dimension..<(row + 1) * dimension, with: vector)
        embedded.insert(row)
      }
    }
    return (matrix, embedded)
  }

  /// Reads all embeddings of a model one by one, in no order; memory does not grow with them.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - dimension: The dimension of its embeddings.
  ///   - body: Gets the digest of an image's file and the embedding; damaged ones are passed over.
  /// - Throws: `FileError` for a damaged file; what `body` throws.
  package func forEachEmbedding(
    _ model: StoredModel, dimension: Int, _ body: (Digest, [Float]) throws -> Void
  ) throws {
    try read { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT digest, vector, checksum FROM embeddings WHERE model = ?",
        arguments: [model.number])
      while let row = try rows.next() {
        let bytes = try row.decode(Data.self, atIndex: 1)
        guard let digest = Digest(stored: try row.decode(Data.self, atIndex: 0)),
          let vector = StoredVector.floats(
            bytes, checksum: try row.decode(Data.self, atIndex: 2), dimension: dimension)
        else { continue }
        try body(digest, vector)
      }
    }
  }

  /// The embeddings of some rows that have one.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - images: The images.
  ///   - model: The model.
  ///   - dimension: The dimension of its embeddings.
  /// - Returns: Unit vectors, in the order of the rows.
  /// - Throws: `FileError` for a damaged file, and for a row without an embedding.
  /// - Complexity: O(rows · (log images + dimension)).
  package func embeddings(
    ofRows rows: [Int], of images: StoredImages, _ model: StoredModel, dimension: Int
  ) throws -> [[Float]] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT vector, checksum FROM embeddings WHERE digest = ? AND model = ?")
      return try rows.map { row in
        let found = try images.digests[row].flatMap {
          try Row.fetchOne(statement, arguments: [Data($0.bytes), model.number])
        }
        guard let found,
          let vector = StoredVector.floats(
            try found.decode(Data.self, atIndex: 0),
            checksum: try found.decode(Data.self, atIndex: 1), dimension: dimension)
        else {
          throw FileError(
            path,
            "has lost the embedding of \(images.images[row].path); start again, and it is made anew"
          )
        }
        return vector
      }
    }
  }

  // MARK: Pictures

  /// The thumbnail of a row as JPEG; nil where there is none.
  package func thumbnail(_ row: Int, of images: StoredImages) throws -> Data? {
    guard let digest = images.digests[row] else { return nil }
    return try read {
      try Data.fetchOne(
        $0, sql: "SELECT thumbnail FROM pictures WHERE digest = ?", arguments: [Data(digest.bytes)])
    }
  }

  /// The problems that are known of images' contents, for a reader that is told by its name.
  func problems(_ readers: [String]) throws -> [Digest: String] {
    let found = try read { database in
      try Row.fetchAll(database, sql: "SELECT digest, reader, reason FROM problems").map { row in
        (
          Digest(stored: try row.decode(Data.self, atIndex: 0)),
          try row.decode(String.self, atIndex: 1),
          try row.decode(String.self, atIndex: 2)
        )
      }
    }
    var problems: [Digest: String] = [:]
    for (digest, reader, reason) in found where readers.contains(reader) {
      if let digest { problems[digest] = reason }
    }
    return problems
  }

  /// What was found out of an image's contents.
  struct Finding: Sendable {
    let digest: Digest
    /// Its picture; nil where it cannot be read.
    var picture: (width: Int, height: Int, thumbnail: Data)?
    /// Its unit embedding; nil where there is none.
    var embedding: [Float]?
    /// Why something is missing, and the name of the reader that says so.
    var problem: (reader: String, reason: String)?
  }

  /// Keeps what was found out of some images, in one transaction.
  ///
  /// - Parameters:
  ///   - findings: What was found.
  ///   - model: The model of the embeddings; nil where none were made.
  /// - Throws: `FileError` when the disk refuses; then nothing of it is kept.
  func insert(_ findings: [Finding], _ model: StoredModel?) throws {
    try write { database in
      for finding in findings {
        let digest = Data(finding.digest.bytes)
        if let picture = finding.picture {
          try database.execute(
            sql: "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?)",
            arguments: [digest, picture.width, picture.height, picture.thumbnail])
        }
        if let embedding = finding.embedding, let model {
          let bytes = StoredVector.bytes(embedding)
          try database.execute(
            sql: "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?)",
            arguments: [digest, model.number, bytes, StoredVector.checksum(bytes)])
        }
        if let problem = finding.problem {
          try database.execute(
            sql: "INSERT OR REPLACE INTO problems VALUES (?, ?, ?)",
            arguments: [digest, problem.reader, problem.reason])
        } else {
          try database.execute(sql: "DELETE FROM problems WHERE digest = ?", arguments: [digest])
        }
      }
    }
  }

  /// Removes what no image refers to any more, in transactions of limited size: the end of a finished update.
  func removeUnreferenced() throws {
    for table in ["embeddings", "pictures", "problems"] {
      var removed = 1
      while removed > 0 {
        removed = try write { database in
          try database.execute(
            sql: """
              DELETE FROM \(table) WHERE rowid IN (
                SELECT rowid FROM \(table)
                WHERE NOT EXISTS (SELECT 1 FROM images WHERE images.digest = \(table).digest)
                LIMIT 1000)
              """)
          return database.changesCount
        }
      }
    }
  }
}

/// A model whose embeddings a store has.
package struct StoredModel: Sendable, Equatable {
  /// Its number in the store.
  let number: Int64
  /// All that decides an embedding but the image.
  package let key: String
}

/// An embedding as bytes: float32, the lowest byte first, with a checksum beside it.
enum StoredVector {
  static func bytes(_ vector: [Float]) -> Data {
    var data = Data(capacity: 4 * vector.count)
    for value in vector {
      let bits = value.bitPattern
      data.append(contentsOf: [
        UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
        UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 24),
      ])
    }
    return data
  }

  /// The first eight bytes of the SHA-256.
  static func checksum(_ bytes: Data) -> Data { Data(Digest(of: bytes).bytes.prefix(8)) }

  /// The numbers; nil where the bytes are not those of a unit vector of that dimension that were written.
  static func floats(_ bytes: Data, checksum: Data, dimension: Int) -> [Float]? {
    guard bytes.count == 4 * dimension, self.checksum(bytes) == checksum else { return nil }
    let bytes = [UInt8](bytes)
    let vector = (0..<dimension).map { place in
      Float(
        bitPattern: bytes[4 * place..<4 * place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }
    let squares = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    return abs(squares - 1) < 1e-3 ? vector : nil
  }
}
