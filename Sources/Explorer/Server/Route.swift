internal import HTTPTypes
internal import Hummingbird

/// An address that is served: what is asked for, and how it is answered.
struct Route: Sendable {
  /// Where its answers are made.
  enum Lane: Sendable {
    case reading
    case searching
  }

  /// What a request brings along.
  enum Body: Sendable {
    case nothing
    case json
    case mask
    case text
    case table
  }

  let method: HTTPRequest.Method
  /// The path; a part in braces stands for any.
  let path: String
  let body: Body
  let lane: Lane
  /// Makes the answer; it may compute and read.
  let answer: @Sendable (Call) throws -> Answer

  init(
    _ method: HTTPRequest.Method, _ path: String, body: Body = .nothing, lane: Lane = .reading,
    _ answer: @escaping @Sendable (Call) throws -> Answer
  ) {
    (self.method, self.path, self.body, self.lane) = (method, path, body, lane)
    self.answer = answer
  }

  /// The parts of the path after its first slash.
  var parts: [Substring] {
    path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }

  /// The most bytes of a body.
  func bodyLimit(_ limits: ExplorerLimits) -> Int {
    switch body {
    case .nothing: 0
    case .json, .text: limits.textBytes
    case .mask: limits.maskBytes
    case .table: limits.tableBytes
    }
  }

  /// All that is served.
  static let all =
    pageRoutes + stateRoutes + imageRoutes + searchRoutes + selectionRoutes + savedRoutes
    + publishedRoutes
}

/// The routes, found by method and path.
struct RouteTable: Sendable {
  /// A part of paths: the routes that end there, and those that go on.
  private final class Node: Sendable {
    let routes: [Route]
    let children: [Substring: Node]
    /// What stands for any part, and the name of it.
    let wildcard: (name: String, node: Node)?

    init(_ routes: [(parts: ArraySlice<Substring>, route: Route)]) {
      self.routes = routes.filter { $0.parts.isEmpty }.map(\.route)
      let further = Dictionary(grouping: routes.filter { !$0.parts.isEmpty }) {
        $0.parts.first ?? ""
      }
      var children: [Substring: Node] = [:]
      var wildcard: (name: String, node: Node)?
      for (part, routes) in further {
        let node = Node(routes.map { ($0.parts.dropFirst(), $0.route) })
        if part.hasPrefix("{") {
          precondition(wildcard == nil, "one name for a part of the paths that begin alike")
          wildcard = (String(part.dropFirst().dropLast()), node)
        } else {
          children[part] = node
        }
      }
      (self.children, self.wildcard) = (children, wildcard)
    }
  }

  private let root: Node

  init(_ routes: [Route]) { root = Node(routes.map { ($0.parts[...], $0) }) }

  /// The route of a request, and what stands for the parts in braces.
  ///
  /// - Throws: `Refusal`: 404 for a path that is not there, 405 for a method that it does not take.
  func route(
    _ method: HTTPRequest.Method, _ target: RequestTarget
  ) throws -> (route: Route, names: [String: String]) {
    var node = root
    var names: [String: String] = [:]
    for part in target.parts {
      if let child = node.children[part[...]] {
        node = child
      } else if let (name, child) = node.wildcard, !part.isEmpty {
        names[name] = part
        node = child
      } else {
        throw Refusal.missing("there is nothing at this address")
      }
    }
    guard !node.routes.isEmpty else { throw Refusal.missing("there is nothing at this address") }
    let wanted = method == .head ? .get : method
    guard let route = node.routes.first(where: { $0.method == wanted }) else {
      let methods = node.routes.map(\.method)
      throw Refusal.method(allowed: methods.flatMap { $0 == .get ? [.get, .head] : [$0] })
    }
    return (route, names)
  }
}
