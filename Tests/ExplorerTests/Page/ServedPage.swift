import Explorer
import ExplorerFixtures
import Foundation

/// The page behind a server of a test's own.
enum ServedPage {
  /// Serves a set made by hand while something looks at it.
  static func visit(
    _ exploration: any Explorable = HandmadeExploration(count: 130),
    _ look: (String) async throws -> Void
  ) async throws {
    let executor = ServerExecutor()
    try await withTaskExecutorPreference(executor) {
      try await visit(exploration, on: executor, look)
    }
  }

  private static func visit(
    _ exploration: any Explorable, on executor: ServerExecutor,
    _ look: (String) async throws -> Void
  ) async throws {
    let server = try ExplorerServer(
      exploration, page: ExplorerPage.page, assets: ExplorerPage.assets,
      port: 0)
    let (addresses, continuation) = AsyncThrowingStream.makeStream(of: String.self)
    let serving = Task(executorPreference: executor) {
      do {
        try await server.run(takesSignals: false) { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    for try await address in addresses {
      do {
        try await look(address)
      } catch {
        await server.stop()
        throw error
      }
      await server.stop()
    }
    await serving.value
  }
}
