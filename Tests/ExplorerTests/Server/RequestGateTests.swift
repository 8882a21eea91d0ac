import HTTPTypes
import Testing

@testable import Explorer

struct RequestGateTests {
  private static let token = "abcdefgh12345678"

  private func status(
    _ gate: RequestGate, host: String? = "127.0.0.1:80", method: HTTPRequest.Method = .get,
    path: String = "/api/v1/state", _ headers: [String: String] = [:]
  ) throws -> Int {
    var request = HTTPRequest(method: method, scheme: "http", authority: host, path: path)
    for (name, value) in headers {
      request.headerFields[try #require(HTTPField.Name(name))] = value
    }
    do {
      return try gate.admit(request, RequestTarget(path))?.status.code ?? 200
    } catch let refusal as Refusal {
      return refusal.status.code
    }
  }

  @Test(arguments: [
    ("127.0.0.1:8080", 200), ("LocalHost:8080", 200), ("[::1]:8080", 200), ("127.0.0.1", 403),
    ("127.0.0.1:8081", 403), ("evil.example:8080", 403), ("localhost.evil.example:8080", 403),
    ("127.0.0.1:8080:8080", 403), ("evil@127.0.0.1:8080", 403), ("192.168.0.7:8080", 403),
    ("", 403),
    ("2130706433:8080", 403),
  ])
  func `only this machine's names are answered`(_ host: String, _ expected: Int) throws {
    let gate = RequestGate(host: "127.0.0.1", port: 8080, token: nil)
    #expect(try status(gate, host: host) == expected)
  }

  @Test func `a request without a host is malformed`() throws {
    #expect(try status(RequestGate(host: "::1", port: 80, token: nil), host: nil) == 400)
  }

  @Test func `port 80 need not be said`() throws {
    let gate = RequestGate(host: "127.0.0.1", port: 80, token: nil)
    #expect(try status(gate, host: "localhost") == 200)
    #expect(try status(gate, host: "evil.example") == 403)
  }

  @Test func `a server for all addresses is called by any, but by no other name`() throws {
    let gate = RequestGate(host: "0.0.0.0", port: 80, token: Self.token)
    let bearer = ["Authorization": "Bearer \(Self.token)"]
    #expect(try status(gate, host: "192.168.0.7:80", bearer) == 200)
    #expect(try status(gate, host: "[2001:db8::1]:80", bearer) == 200)
    #expect(try status(gate, host: "evil.example:80", bearer) == 403)
  }

  @Test func `pages of other sites may show the page on a click and nothing else`() throws {
    let gate = RequestGate(host: "127.0.0.1", port: 80, token: nil)
    for site in ["cross-site", "same-site", "x"] {
      #expect(try status(gate, ["Sec-Fetch-Site": site]) == 403)
      #expect(try status(gate, path: "/", ["Sec-Fetch-Site": site]) == 403)
      let click = ["Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"]
      #expect(try status(gate, path: "/", click) == 200)
      #expect(try status(gate, path: "/0", click) == 403)
      #expect(try status(gate, method: .post, path: "/", click) == 403)
    }
    #expect(try status(gate, ["Sec-Fetch-Site": "same-origin"]) == 200)
    #expect(try status(gate, ["Sec-Fetch-Site": "none"]) == 200)
    #expect(try status(gate, ["Origin": "http://127.0.0.1:80"]) == 200)
    for origin in ["null", "http://evil.example", "https://127.0.0.1:80", "http://localhost:80"] {
      #expect(try status(gate, ["Origin": origin]) == 403)
      #expect(try status(gate, method: .put, ["Origin": origin]) == 403)
    }
  }

  @Test func `a token is asked for, once in the address and then in a cookie or a header`() throws {
    let gate = RequestGate(host: "127.0.0.1", port: 80, token: Self.token)
    #expect(try status(gate) == 403)
    #expect(try status(gate, path: "/") == 403)
    #expect(try status(gate, path: "/?token=wrong") == 403)
    #expect(try status(gate, path: "/api/v1/state?token=\(Self.token)") == 403)
    #expect(try status(gate, path: "/?token=\(Self.token)") == 303)
    #expect(try status(gate, ["Cookie": "a=b; topoclip-80=\(Self.token)"]) == 200)
    #expect(try status(gate, ["Cookie": "topoclip-81=\(Self.token)"]) == 403)
    #expect(try status(gate, ["Cookie": "topoclip-80=\(Self.token)x"]) == 403)
    #expect(try status(gate, ["Authorization": "Bearer \(Self.token)"]) == 200)
    #expect(try status(gate, ["Authorization": "Basic \(Self.token)"]) == 403)
  }

  @Test func `loopback is this machine's alone`() {
    for host in ["127.0.0.1", "127.9.9.9", "localhost", "::1"] {
      #expect(RequestGate.isLoopback(host))
    }
    for host in [
      "0.0.0.0", "::", "192.168.0.7", "127.evil.example", "127.1", "localhost.example", "",
    ] {
      #expect(!RequestGate.isLoopback(host))
    }
  }
}
