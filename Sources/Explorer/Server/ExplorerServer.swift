internal import Dispatch
internal import Files
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
package import Runs
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// Serves an image set to a browser on this machine.
///
/// The interface is described in `openapi.json`, which is served too.
package final class ExplorerServer: Sendable {
  private let service: ExplorerService
  private let host: String
  private let port: Int
  private let token: String?
  private let limits: ExplorerLimits
  private let group = Mutex<ServiceGroup?>(nil)

  /// The fewest characters of a token.
  package static let tokenLength = 16

  /// A server that does not listen yet.
  ///
  /// - Parameters:
  ///   - explorable: What is served.
  ///   - page: What is shown at `/`.
  ///   - assets: What it asks for under `/assets/`, by name.
  ///   - host: The name or address of this machine that is listened on.
  ///   - port: The port; 0 for any that is free.
  ///   - token: What every client has to know; nil for nothing.
  ///   - limits: How much is taken.
  /// - Throws: `OptionError` for a host that others reach and no token, and for a token that is short or cannot stand
  ///   in an address.
  package init(
    _ explorable: any Explorable, page: PageAsset, assets: [String: PageAsset],
    host: String = "127.0.0.1", port: Int = 8080, token: String? = nil,
    limits: ExplorerLimits = ExplorerLimits()
  ) throws(OptionError) {
    try Self.check(host: host, port: port, token: token)
    (self.host, self.port, self.token, self.limits) = (host, port, token, limits)
    service = ExplorerService(explorable, page: page, assets: assets, limits: limits)
  }

  /// Whether an address and a token go together.
  ///
  /// - Parameters:
  ///   - host: The name or address that is listened on.
  ///   - port: The port.
  ///   - token: The token, as far as it is known.
  ///   - isTokenToCome: Whether one is read later, from a file.
  /// - Throws: `OptionError` as the initializer.
  package static func check(
    host: String, port: Int, token: String?, isTokenToCome: Bool = false
  ) throws(OptionError) {
    try require(
      (0...65_535).contains(port), "--port is \(port); expected a number from 0 to 65535")
    try require(
      token != nil || isTokenToCome || RequestGate.isLoopback(host),
      "--host \(host) can be reached from other machines: give --token-file or --token too, at least "
        + "\(tokenLength) letters and digits that nobody guesses")
    try require(
      token.map(isToken) ?? true,
      "--token must have at least \(tokenLength) characters: letters, digits, - and _")
  }

  /// Whether a text is long enough for a token, and can stand in an address.
  static func isToken(_ text: String) -> Bool {
    text.utf8.count >= tokenLength
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  /// Serves until it is asked to stop.
  ///
  /// Connections that are silent end then at once, requests in hand have two seconds, streams of events end.
  ///
  /// - Parameters:
  ///   - takesSignals: Whether SIGINT and SIGTERM ask it to stop, as `stop()` does.
  ///   - onListening: Is called with the address once it listens, without the token; what it throws ends the serving.
  /// - Throws: `ServerError` when the host and port cannot be listened on; what `onListening` throws.
  package func run(
    takesSignals: Bool = true, onListening: @escaping @Sendable (String) throws -> Void
  ) async throws {
    let failure = Mutex<(any Error)?>(nil)
    var logger = Logger(label: "topoclip.explorer")
    logger.logLevel = .error
    let application = Application(
      responder: service,
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          additionalChannelHandlers: [ConnectionGuard(self.limits)],
          idleTimeout: .seconds(Int64(limits.idleSeconds)),
          // Longer heads are answered by the service, up to where the decoder gives up.
          httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 1 << 18, maxHeaderListSize: 1 << 18,
            maxHeaderFieldCount: 2 * limits.headerCount))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? self.port
        self.service.open(RequestGate(host: self.host, port: port, token: self.token))
        do {
          try onListening(self.address(port: port))
        } catch {
          failure.withLock { $0 = error }
          await self.stop()
        }
      },
      logger: logger)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application], gracefulShutdownSignals: takesSignals ? [.sigint, .sigterm] : [],
        logger: logger))
    self.group.withLock { $0 = group }
    do {
      try await group.run()
    } catch let error as IOError {
      throw ServerError(host: host, port: port, number: error.errnoCode)
    } catch let error where error is SocketAddressError || error is SocketAddressError.UnknownHost {
      throw ServerError(
        "no address is known for the host \"\(host)\"; expected one of this machine's")
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Serves as `run` does, and blocks the thread that calls it, which is none of a task's.
  package func serve(
    takesSignals: Bool = true, onListening: @escaping @Sendable (String) throws -> Void
  ) throws {
    let outcome = Mutex<Result<Void, any Error>>(.success(()))
    let isOver = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        try await self.run(takesSignals: takesSignals, onListening: onListening)
      } catch {
        outcome.withLock { $0 = .failure(error) }
      }
      isOver.signal()
    }
    isOver.wait()
    try outcome.withLock { $0 }.get()
  }

  /// Asks it to stop; `run` returns once it has.
  package func stop() async { await group.withLock { $0 }?.triggerGracefulShutdown() }

  private func address(port: Int) -> String {
    let host = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : RequestGate.bracketed(host)
    return "http://\(host):\(port)/"
  }
}

/// Why a server does not listen.
package struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  /// The system's refusal to listen on a port.
  init(host: String, port: Int, number: Int32) {
    switch number {
    case EADDRINUSE:
      description =
        "port \(port) is taken by another program; name another one with --port, or --port 0 for any "
        + "that is free"
    case EACCES:
      description =
        "port \(port) is the administrator's; name one from 1024 with --port, or --port 0"
    case EADDRNOTAVAIL:
      description = "this machine has no address \(host); see ip address for those it has"
    default:
      description =
        "host \(host), port \(port) cannot be listened on: \(SystemFault(number))"
    }
  }
}
