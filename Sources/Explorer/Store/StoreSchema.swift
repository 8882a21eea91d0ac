internal import GRDB

/// The tables of a store, as a list of steps: what is released never changes, what is new is a step more.
struct StoreSchema: Sendable {
  /// A step from one version to the next.
  struct Step: Sendable {
    /// What it is called in the file.
    let name: String
    /// The statements.
    let sql: String
  }

  /// The steps, in order; the version of a store is the number of those that it has gone.
  let steps: [Step]

  /// What stands in the header of a store, so that no other program's file is taken for one: `TClX`.
  static let applicationID = 0x5443_6C58

  /// The tables of this version.
  static let current = StoreSchema(steps: [
    Step(
      name: "images, embeddings, what is saved",
      sql: """
        CREATE TABLE settings (
          key TEXT NOT NULL PRIMARY KEY,
          value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- A number is never given twice: what is saved goes by it.
        CREATE TABLE images (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          path TEXT NOT NULL UNIQUE,
          digest BLOB CHECK (length(digest) = 32),
          size INTEGER NOT NULL,
          modified INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX images_digest ON images (digest);

        CREATE TABLE metadata (
          image INTEGER NOT NULL REFERENCES images ON DELETE CASCADE,
          key TEXT NOT NULL,
          type TEXT NOT NULL CHECK (type IN ('text', 'number', 'boolean', 'json')),
          value ANY NOT NULL,
          PRIMARY KEY (image, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE models (
          number INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL
        ) STRICT;

        -- What follows is of contents, not of files: copies share it, and a file that moves keeps it.
        CREATE TABLE embeddings (
          digest BLOB NOT NULL CHECK (length(digest) = 32),
          model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
          vector BLOB NOT NULL CHECK (length(vector) % 4 = 0),
          checksum BLOB NOT NULL CHECK (length(checksum) = 8),
          PRIMARY KEY (digest, model)
        ) STRICT;

        CREATE TABLE pictures (
          digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
          width INTEGER NOT NULL CHECK (width > 0),
          height INTEGER NOT NULL CHECK (height > 0),
          thumbnail BLOB NOT NULL
        ) STRICT;

        CREATE TABLE problems (
          digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
          reader TEXT NOT NULL,
          reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE layout (
          image INTEGER NOT NULL PRIMARY KEY REFERENCES images ON DELETE CASCADE,
          x REAL NOT NULL,
          y REAL NOT NULL,
          fitted INTEGER NOT NULL CHECK (fitted IN (0, 1))
        ) STRICT;

        CREATE TABLE saved (
          kind TEXT NOT NULL,
          name TEXT NOT NULL,
          data BLOB NOT NULL,
          PRIMARY KEY (kind, name)
        ) STRICT, WITHOUT ROWID;
        """)
  ])

  /// Brings a store to this version, each step in a transaction of its own.
  var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (place, step) in steps.enumerated() {
      migrator.registerMigration(step.name) { database in
        try database.execute(sql: step.sql)
        try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(place + 1)")
      }
    }
    return migrator
  }

  /// What a file is, by what its header and its list of tables say.
  struct Header: Equatable {
    let applicationID: Int
    let version: Int
    /// Whether it has no table of anybody's.
    ///
    /// The migrator's own list stands there before the first step is done: it is all that a disk which was full, or a
    /// process that was killed, may have left.
    let isEmpty: Bool

    init(_ database: Database) throws {
      applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      isEmpty =
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") == 0
    }
  }

  /// Why a file with a header is not opened; nil where it is.
  func refusal(of header: Header) -> String? {
    if header.isEmpty, header.applicationID == 0 || header.applicationID == Self.applicationID {
      return nil
    }
    guard header.applicationID == Self.applicationID else {
      return "is a database of another program; name another file with --store"
    }
    guard header.version <= steps.count else {
      return
        "was written by a newer version of topoclip (its tables are of version \(header.version), this program knows "
        + "those up to \(steps.count)): use that one, or name another file with --store"
    }
    return nil
  }
}
