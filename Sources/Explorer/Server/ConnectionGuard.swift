internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// What watches over one connection: that requests arrive and answers are taken in time, and that it ends well.
///
/// Hummingbird closes connections that are silent, and heads that do not come; it waits for ever for a body that drips
/// and for an answer that is not read, and answers every request that cannot be parsed with 400.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ExplorerLimits
  /// The requests whose heads have come and whose answers have not gone.
  private var unanswered = 0
  private var isReading = false
  /// Whether the connection ends with the answer that is next.
  private var endsAfterAnswer = false
  /// Whether all is said: what still comes is dropped until the client has read the last answer.
  private var isLeaving = false
  /// Whether nothing more is read: the decoder keeps all that comes behind a request to talk another protocol.
  private var isDeaf = false
  private var arrival: Scheduled<Void>?
  private var departure: Scheduled<Void>?

  init(_ limits: ExplorerLimits) { self.limits = limits }

  func handlerRemoved(context: ChannelHandlerContext) {
    arrival?.cancel()
    departure?.cancel()
  }

  func read(context: ChannelHandlerContext) { if !isDeaf { context.read() } }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isLeaving else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body: break
    case .end:
      isReading = false
      arrival?.cancel()
    }
    context.fireChannelRead(data)
  }

  private func begin(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
    unanswered += 1
    isReading = true
    arrival?.cancel()
    arrival = close(context, after: limits.requestSeconds)
    let connection = head.headerFields[.connection]?.lowercased() ?? ""
    if connection.contains("close") { endsAfterAnswer = true }
    if head.headerFields[.upgrade] != nil || head.method == .connect {
      (endsAfterAnswer, isDeaf) = (true, true)
    }
    if head.headerFields[.expect]?.lowercased() == "100-continue", unanswered == 1 {
      context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      if head.headerFields[.connection]?.lowercased() == "close" { endsAfterAnswer = true }
      if endsAfterAnswer, unanswered <= 1 { head.headerFields[.connection] = "close" }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      unanswered -= 1
      context.write(data, promise: promise)
      if endsAfterAnswer, unanswered <= 0 { leave(context) }
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    departure?.cancel()
    departure = context.channel.isWritable ? nil : close(context, after: limits.stallSeconds)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { _ = close(context, after: limits.graceSeconds) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isLeaving else { return }
    if isReading || error is IOError || error is ChannelError {
      // Whoever waits for the body says what is wrong with it; of a connection that is gone there is nothing to say.
      context.fireErrorCaught(error)
    } else if unanswered > 0 {
      endsAfterAnswer = true
    } else {
      refuse(error, context)
    }
  }

  /// Answers what is no request, and ends.
  private func refuse(_ error: any Error, _ context: ChannelHandlerContext) {
    let refusal =
      error as? HTTPParserError == .headerOverflow
      ? Refusal(.requestHeaderFieldsTooLarge, "the head of the request is too long")
      : Refusal.malformed("this is no request of HTTP/1.1")
    let answer = refusal.answer
    var response = answer.response(
      to: HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil))
    response.headers[.connection] = "close"
    context.write(wrapOutboundOut(.head(response.head)), promise: nil)
    if case .bytes(let bytes) = answer.body {
      context.write(wrapOutboundOut(.body(bytes)), promise: nil)
    }
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    leave(context)
  }

  /// Ends the connection once the answer is out: the client reads to its end, and what it still sends is dropped for a
  /// moment, as a connection that is closed on unread bytes takes the answer back.
  private func leave(_ context: ChannelHandlerContext) {
    guard !isLeaving else { return }
    isLeaving = true
    arrival?.cancel()
    let isDeaf = isDeaf
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenComplete { _ in
      context.close(mode: isDeaf ? .all : .output, promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.body(ByteBuffer())), promise: sent)
    _ = close(context, after: limits.graceSeconds)
  }

  private func close(_ context: ChannelHandlerContext, after seconds: Int) -> Scheduled<Void> {
    context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Int64(seconds))) {
      context.close(promise: nil)
    }
  }
}
