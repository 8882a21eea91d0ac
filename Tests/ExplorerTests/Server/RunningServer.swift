import Explorer
import ExplorerFixtures
import Foundation
import Testing

/// Serves a set that is made up, on any free port, for as long as a test asks it on a thread of its own.
///
/// - Parameters:
///   - exploration: What is served.
///   - token: What has to be known.
///   - limits: How much is taken.
///   - body: The test, given the port.
/// - Returns: What the test returns.
/// - Throws: What the test or the server throws.
@discardableResult
func serving<Value: Sendable>(
  _ exploration: HandmadeExploration = HandmadeExploration(), token: String? = nil,
  limits: ExplorerLimits = ExplorerLimits(), _ body: @escaping @Sendable (Int) throws -> Value
) async throws -> Value {
  let server = try ExplorerServer(
    exploration,
    page: PageAsset(Array("<!DOCTYPE html>".utf8), mediaType: "text/html; charset=utf-8"),
    assets: ["page.js": PageAsset(Array("1".utf8), mediaType: "text/javascript; charset=utf-8")],
    port: 0, token: token, limits: limits)
  return try await serving(server, body)
}

/// Runs a server for as long as a test asks it on a thread of its own.
@discardableResult
func serving<Value: Sendable>(
  _ server: ExplorerServer, _ body: @escaping @Sendable (Int) throws -> Value
) async throws -> Value {
  try await withTaskExecutorPreference(ServerExecutor()) {
    let (ports, feed) = AsyncStream<Int>.makeStream()
    async let serving: Void = {
      defer { feed.finish() }
      try await server.run(takesSignals: false) { address in
        feed.yield(URL(string: address)?.port ?? 0)
      }
    }()
    var result: Result<Value, any Error>?
    for await port in ports {
      result = await onThread { try body(port) }
      await server.stop()
    }
    try await serving
    return try #require(result).get()
  }
}

/// Does what blocks on a thread of its own.
func onThread<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) async -> Result<Value, any Error> {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: Result { try body() }) }
  }
}

/// What one thread hands over to the next.
struct Unshared<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
