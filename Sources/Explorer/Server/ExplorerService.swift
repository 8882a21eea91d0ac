internal import Files
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Synchronization

/// Answers requests: lets them in, finds their routes, takes their bodies, and has the answers made.
final class ExplorerService: HTTPResponder {
  typealias Context = BasicRequestContext

  let explorable: any Explorable
  let page: PageAsset
  let assets: [String: PageAsset]
  let limits: ExplorerLimits
  let cache = AnswerCache()
  let events: EventStreams
  private let routes = RouteTable(Route.all)
  private let reading: WorkLane
  private let searching: WorkLane
  private let gate = Mutex<RequestGate?>(nil)
  /// Bytes of the bodies that are being read or answered.
  private let bodyBytes = Mutex(0)

  init(
    _ explorable: any Explorable, page: PageAsset, assets: [String: PageAsset],
    limits: ExplorerLimits
  ) {
    (self.explorable, self.page, self.assets) = (explorable, page, assets)
    self.limits = limits
    events = EventStreams(explorable, limits)
    reading = WorkLane("explorer-read", width: limits.readers, waitingLimit: limits.waiting)
    searching = WorkLane("explorer-search", width: limits.searches, waitingLimit: limits.waiting)
  }

  /// Opens the gate, once the port is known.
  func open(_ gate: RequestGate) { self.gate.withLock { $0 = gate } }

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    var answer: Answer
    var isRead = false
    do {
      answer = try await self.answer(to: request, isRead: &isRead)
    } catch let refusal as Refusal {
      answer = refusal.answer
    } catch let error as SearchError {
      answer = Refusal(.badRequest, error.description).answer
    } catch {
      context.logger.error("\(request.head.method) \(request.uri.path): \(error)")
      answer = Self.failure(error).answer
    }
    // What is left of a body is not waited for.
    if !isRead, Self.hasBody(request.headers) { answer.headers[.connection] = "close" }
    return answer.response(to: request.head)
  }

  private func answer(to request: Request, isRead: inout Bool) async throws -> Answer {
    try requireSize(request.head)
    let target = try RequestTarget(request.head.path ?? "")
    guard let gate = gate.withLock({ $0 }) else { throw Refusal.busy }
    if let answer = try gate.admit(request.head, target) { return answer }
    let (route, names) = try routes.route(request.head.method, target)
    let length = request.headers[.contentLength].flatMap { Int($0) }
    let limit = route.bodyLimit(limits)
    let size = Self.hasBody(request.headers) ? min(max(length ?? limit, 0), limit) : 0
    try bodyBytes.withLock { bytes in
      guard bytes + size <= limits.bodyBytes else { throw Refusal.busy }
      bytes += size
    }
    defer { bodyBytes.withLock { $0 -= size } }
    let body = try await self.body(of: request, route)
    isRead = true
    let call = Call(service: self, names: names, parameters: target.parameters, body: body)
    let lane = route.lane == Route.Lane.searching ? searching : reading
    return try await lane.run { try route.answer(call) }
  }

  private func requireSize(_ head: HTTPRequest) throws {
    guard (head.path ?? "").utf8.count <= limits.targetBytes else {
      throw Refusal(
        .uriTooLong, "the address is too long; at most \(limits.targetBytes) bytes are taken")
    }
    let bytes = head.headerFields.reduce(0) {
      $0 + $1.name.rawName.utf8.count + $1.value.utf8.count
    }
    guard bytes <= limits.headerBytes, head.headerFields.count <= limits.headerCount else {
      throw Refusal(.requestHeaderFieldsTooLarge, "the request has too many or too long headers")
    }
  }

  private static func hasBody(_ headers: HTTPFields) -> Bool {
    headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
  }

  /// The body of a request, all of it.
  private func body(of request: Request, _ route: Route) async throws -> ByteBuffer {
    let limit = route.bodyLimit(limits)
    guard Self.hasBody(request.headers) else { return ByteBuffer() }
    let length = request.headers[.contentLength].flatMap { Int($0) }
    guard limit > 0, length ?? 0 <= limit else { throw Refusal.body(limit: limit) }
    let mediaType = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
    guard route.body != .json || mediaType == "application/json" else {
      throw Refusal(.unsupportedMediaType, "expected a body of the type application/json")
    }
    guard request.headers[.contentEncoding] == nil else {
      throw Refusal(.unsupportedMediaType, "expected a body that is not compressed")
    }
    var bytes = ByteBuffer()
    do {
      for try await piece in request.body {
        guard bytes.readableBytes + piece.readableBytes <= limit else {
          throw Refusal.body(limit: limit)
        }
        bytes.writeImmutableBuffer(piece)
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal.malformed("the body is not framed as HTTP has it")
    }
    guard length == nil || length == bytes.readableBytes else {
      throw Refusal.malformed("the body ends before its length")
    }
    return bytes
  }

  /// What went wrong while an answer was made, without the folders of this machine.
  private static func failure(_ error: any Error) -> Refusal {
    guard let error = error as? FileError else {
      return Refusal(.internalServerError, "the answer could not be made; the terminal says why")
    }
    let name = error.file.split(separator: "/").last.map(String.init) ?? error.file
    return Refusal(.internalServerError, "\(FileError(name, error.problem, kind: error.kind))")
  }
}
