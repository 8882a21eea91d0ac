internal import Files
internal import Foundation
internal import GRDB

/// What is kept of an image set between one look and the next: one SQLite file.
///
/// Embeddings, thumbnails and problems are keyed by the contents of the images, so that what moves, is copied or comes
/// back within one update costs nothing. All that is written is written in transactions: a process that is killed
/// leaves a file that the next one goes on with. One process at a time has a store open; its threads read side by side
/// while one writes.
package final class ExplorerStore: Sendable {
  /// The file.
  package let path: String
  private let pool: DatabasePool
  private let lock: StoreLock

  /// Opens a store, or makes it; an older one is brought to this version.
  ///
  /// - Parameter path: The file; its folder is there.
  /// - Throws: `FileError` for a file that another explorer has open, that is no store or one of a newer version, which
  ///   are left as they are, and for what the disk refuses.
  package convenience init(_ path: String) throws { try self.init(path, schema: .current) }

  init(_ path: String, schema: StoreSchema) throws {
    self.path = path
    lock = try StoreLock(path)
    if let status = try FileStatus(path) {
      guard status.kind == .file else {
        throw FileError(path, "is no file; name another one with --store")
      }
      if status.size > 0 { try Self.inspect(path, schema) }
    }
    pool = try Self.naming(path) {
      let pool = try DatabasePool(path: path, configuration: Self.configuration)
      try schema.migrator.migrate(pool)
      return pool
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "explorer"
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 8
    configuration.prepareDatabase { database in
      // A file may come from anywhere: no function is called because its tables say so.
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      try database.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// Looks at a file before anything is written to it.
  ///
  /// Where a process was killed while it made the file, a journal lies beside it, which only who may write can play
  /// back.
  private static func inspect(_ path: String, _ schema: StoreSchema) throws {
    func header(readOnly: Bool) throws -> StoreSchema.Header {
      var configuration = Self.configuration
      configuration.readonly = readOnly
      return try DatabaseQueue(path: path, configuration: configuration).read {
        try StoreSchema.Header($0)
      }
    }
    let refusal = try naming(path) {
      do {
        return schema.refusal(of: try header(readOnly: true))
      } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
        return schema.refusal(of: try header(readOnly: false))
      }
    }
    if let refusal { throw FileError(path, refusal) }
  }

  // MARK: Reading and writing

  /// Reads, beside others that read and one that writes.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.naming(path) { try pool.read(body) }
  }

  /// Writes in one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.naming(path) { try pool.write(body) }
  }

  /// Makes errors of SQLite those of the file.
  private static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw FileError(path, words(for: error))
    } catch let error as RowDecodingError {
      throw FileError(path, "\(damaged) (\(error))")
    }
  }

  private static let damaged =
    "is damaged: move it away, and it is made anew (what was saved in it is lost), or name another file with --store"

  private static func words(for error: DatabaseError) -> String {
    let message = error.message ?? "\(error.resultCode)"
    return switch error.resultCode {
    case .SQLITE_NOTADB:
      "is no SQLite database; name another file with --store, or move this one away"
    case .SQLITE_FULL: "cannot be written: the disk is full; make room and run again"
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      "cannot be opened for writing (\(message)); look at its permissions and its folder's, or name another file with --store"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      "is in use by another program (\(message)); end that one and run again"
    case .SQLITE_IOERR:
      "cannot be read or written (\(message)): the disk is full or fails; make room or look at it, and run again"
    default: "\(damaged) (\(message))"
    }
  }

  // MARK: Settings

  /// A setting; nil for one that is not there.
  package func setting(_ key: String) throws -> String? {
    try read {
      try String.fetchOne($0, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key])
    }
  }

  /// Keeps a setting in place of what it was.
  package func set(_ key: String, to value: String) throws {
    try write { try Self.set(key, to: value, in: $0) }
  }

  static func set(_ key: String, to value: String, in database: Database) throws {
    try database.execute(
      sql:
        "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      arguments: [key, value])
  }

  /// The version of SQLite that is linked.
  package static var sqliteVersion: String {
    get throws {
      try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" }
    }
  }
}
