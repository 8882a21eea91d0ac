internal import GRDB

/// What is kept of an image set between one look and the next: one SQLite file.
package struct ExplorerStore {
  /// The version of SQLite that is linked.
  package static var sqliteVersion: String {
    get throws {
      try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" }
    }
  }
}
