import Testing

@testable import Explorer

struct ExplorerStoreTests {
  @Test func `SQLite is there`() throws {
    #expect(try ExplorerStore.sqliteVersion.hasPrefix("3."))
  }
}
