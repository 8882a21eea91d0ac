internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Who may ask: the pages of this server alone, by this machine's names, with the token if there is one.
///
/// A browser on this machine asks for whatever any page on the web tells it to. A page elsewhere is known by its `Origin`
/// and `Sec-Fetch-Site`; one whose name was made to point here after it was loaded (DNS rebinding) by its `Host`.
struct RequestGate: Sendable {
  private let names: Set<String>
  private let takesAddresses: Bool
  private let port: Int
  private let token: String?

  /// The gate of a server that listens.
  ///
  /// - Parameters:
  ///   - host: The host as it was asked for.
  ///   - port: The port that it listens on.
  ///   - token: What has to be known; nil for nothing.
  init(host: String, port: Int, token: String?) {
    let isEverywhere = ["0.0.0.0", "::"].contains(host)
    var names: Set = ["127.0.0.1", "localhost", "[::1]", Self.bracketed(host).lowercased()]
    // A name that somebody else can make point here is none of these, nor is it an address.
    if isEverywhere { names.insert(ProcessInfo.processInfo.hostName.lowercased()) }
    (self.names, takesAddresses) = (names, isEverywhere)
    (self.port, self.token) = (port, token)
  }

  /// A host as addresses have it: version 6 in brackets.
  static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  /// Whether a host is this machine for itself.
  static func isLoopback(_ host: String) -> Bool {
    guard host.lowercased() != "localhost" else { return true }
    guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
    return address.ipAddress == "::1" || address.ipAddress?.hasPrefix("127.") == true
  }

  /// The name of the cookie that holds the token: browsers keep one jar for all ports of a host.
  private var cookie: String { "topoclip-\(port)" }

  /// Lets a request in.
  ///
  /// - Returns: An answer, when the request hands the token over: it comes again without it.
  /// - Throws: `Refusal`: 400 for a request without one host, 403 for one that may not ask.
  func admit(_ request: HTTPRequest, _ target: RequestTarget) throws -> Answer? {
    // The first of them is the authority.
    guard let host = request.authority?.lowercased(), Self.header("Host", of: request) == nil else {
      throw Refusal.malformed("the request has no Host, or more than one")
    }
    guard isOurs(host) else {
      throw Refusal(
        .forbidden,
        "this server is not called by that name; open it as http://127.0.0.1:\(port)/, also at the end "
          + "of a tunnel")
    }
    let isPage = target.parts == [""]
    let isReading = request.method == .get || request.method == .head
    try requireOwnPage(request, host: host, isLink: isPage && isReading)
    guard let token else { return nil }
    if isPage, isReading, let given = target.parameters["token"], Self.areEqual(given, token) {
      var answer = Answer(status: .seeOther)
      answer.headers[.location] = "/"
      answer.headers[.setCookie] = "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Strict"
      return answer
    }
    guard tokens(in: request.headerFields).contains(where: { Self.areEqual($0, token) }) else {
      throw Refusal(
        .forbidden, "the token is missing or wrong; open http://\(host)/?token=TOKEN once")
    }
    return nil
  }

  private func isOurs(_ host: String) -> Bool {
    let suffix = ":\(port)"
    let name = host.hasSuffix(suffix) ? String(host.dropLast(suffix.count)) : host
    guard name != host || port == 80 else { return false }
    if names.contains(name) { return true }
    guard takesAddresses else { return false }
    let address = name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : name
    return (try? SocketAddress(ipAddress: address, port: 0)) != nil
  }

  /// Refuses what the page of another site asks for, except to be shown the page on a click.
  private func requireOwnPage(_ request: HTTPRequest, host: String, isLink: Bool) throws {
    if let origin = Self.header("Origin", of: request), origin != "http://" + host {
      throw Refusal(.forbidden, "a page of another site may not ask here")
    }
    guard let site = Self.header("Sec-Fetch-Site", of: request), site != "same-origin",
      site != "none"
    else { return }
    guard isLink, Self.header("Sec-Fetch-Mode", of: request) == "navigate" else {
      throw Refusal(.forbidden, "a page of another site may not ask here")
    }
  }

  private static func header(_ name: String, of request: HTTPRequest) -> String? {
    HTTPField.Name(name).flatMap { request.headerFields[$0] }?.lowercased()
  }

  private func tokens(in headers: HTTPFields) -> [String] {
    var tokens: [String] = []
    if let authorization = headers[.authorization], authorization.hasPrefix("Bearer ") {
      tokens.append(String(authorization.dropFirst("Bearer ".count)))
    }
    for pair in (headers[.cookie] ?? "").split(separator: ";") {
      let text = pair.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix(cookie + "=") { tokens.append(String(text.dropFirst(cookie.count + 1))) }
    }
    return tokens
  }

  /// Compares in a time that does not tell how far two texts agree.
  private static func areEqual(_ first: String, _ second: String) -> Bool {
    let (first, second) = (Array(first.utf8), Array(second.utf8))
    guard first.count == second.count else { return false }
    return zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
