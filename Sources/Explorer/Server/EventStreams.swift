internal import Foundation
internal import Hummingbird
internal import ServiceLifecycle
internal import Synchronization

/// Streams of server-sent events that tell how far the images have come.
final class EventStreams: Sendable {
  /// One of the streams that may be open at a time, for as long as somebody holds it.
  private final class Place: Sendable {
    private let streams: EventStreams

    init?(_ streams: EventStreams) {
      let isFree = streams.open.withLock { open in
        guard open < streams.limit else { return false }
        open += 1
        return true
      }
      guard isFree else { return nil }
      self.streams = streams
    }

    deinit { streams.open.withLock { $0 -= 1 } }
  }

  private let explorable: any Explorable
  private let limit: Int
  private let heartbeat: Duration
  private let open = Mutex(0)

  init(_ explorable: any Explorable, _ limits: ExplorerLimits) {
    self.explorable = explorable
    limit = limits.eventStreams
    heartbeat = .seconds(limits.heartbeatSeconds)
  }

  /// A stream: the progress now, then every change, and comments while nothing happens.
  ///
  /// It ends when the images are ready or have failed, when the client has gone, and when the server stops.
  ///
  /// - Throws: `Refusal` (503) when as many are open as may.
  func answer() throws -> Answer {
    guard let place = Place(self) else { throw Refusal.busy }
    return Answer("text/event-stream") { writer in
      // The place is free again once the stream is over, or was never begun.
      defer { withExtendedLifetime(place) {} }
      let (texts, feed) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(16))
      // Children of the request's own task end with it, and run where it does.
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { [explorable = self.explorable] in
          let updates = explorable.progressUpdates()
          feed.yield(Self.event(explorable.progress))
          for await progress in updates { feed.yield(Self.event(progress)) }
          feed.yield(Self.event(explorable.progress))
          feed.finish()
        }
        group.addTask { [heartbeat = self.heartbeat] in
          while !Task.isCancelled {
            try await Task.sleep(for: heartbeat)
            feed.yield(": \n\n")
          }
        }
        defer { group.cancelAll() }
        // A buffer is no more than a comment until the first byte has come; the head goes out with it.
        try await writer.write(ByteBuffer(string: ": \n\n"))
        try await withGracefulShutdownHandler {
          for await text in texts { try await writer.write(ByteBuffer(string: text)) }
        } onGracefulShutdown: {
          feed.finish()
        }
      }
      try await writer.finish(nil)
    }
  }

  private static func event(_ progress: ExplorationProgress) -> String {
    guard case .bytes(let bytes) = Answer.json(ProgressAnswer(progress)).body else { return "" }
    return "event: progress\ndata: \(String(buffer: bytes))\n\n"
  }
}
