import Explorer
import ExplorerFixtures
import Foundation
import Testing

/// Requests as nobody's browser sends them.
struct ConnectionGuardTests {
  private static func head(_ line: String, _ port: Int, _ more: String = "") -> String {
    "\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(more)\r\n"
  }

  private static func status(_ text: String) -> Int {
    text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  /// What is no request, and the status that it is answered with; 0 for none, before the connection ends.
  private static let garbage: [(bytes: String, status: Int)] = [
    ("", 0), ("\r\n", 0), ("\u{0}\u{1}", 400), ("GET", 400), ("GET /\r\n\r\n", 400),
    ("GET / HTTP/0.9\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 400),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400), ("G\u{7F}T / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\nHost: a\n\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", 400),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400
    ),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 403),
    ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", 400),
  ]

  @Test func `what is no request is refused, and the server goes on`() async throws {
    try await serving { port in
      for (bytes, status) in Self.garbage {
        let answer = try SocketClient.answers(port, to: bytes.utf8)
        #expect(Self.status(answer) == status, "\(bytes.debugDescription): \(answer)")
        #expect(try SocketClient.ask(port, "/").status == 200)
      }
    }
  }

  @Test func `an answer to what is no request has all headers`() async throws {
    let answer = try await serving { try SocketClient.answers($0, to: "\u{1}\r\n\r\n".utf8) }
    #expect(Self.status(answer) == 400)
    for text in ["nosniff", "default-src 'none'", "onnection: close", "\"error\""] {
      #expect(answer.contains(text), "\(text) in \(answer)")
    }
  }

  @Test(arguments: [
    ("/../../etc/passwd", 400), ("/%2e%2e/%2e%2e/etc/passwd", 400),
    ("/..%2f..%2fetc%2fpasswd", 404),
    ("/%252e%252e/%252e%252e/etc/passwd", 404), ("/assets/..%2f..%2fetc%2fpasswd", 404),
    ("/assets/%2e%2e/Package.swift", 400), ("/assets/....//page.js", 404),
    ("/assets/page.js%00.html", 400),
    ("/assets/%c0%ae%c0%ae/x", 400), ("/assets/\\..\\..\\x", 404),
    ("/api/v1/thumbnails/..%2f1", 404),
    ("/api/v1/originals/%2e%2e", 400), ("/api/v1/columns/..%2f..%2fetc", 404),
    ("/get_image/..%2f..%2fetc%2fpasswd", 404),
    ("/get_image/%2Fetc%2Fpasswd", 404), ("/get_image/folder%2Fimage%203.jpg", 404),
    ("//etc/passwd", 404),
    ("file:///etc/passwd", 404), ("http://evil.example/0", 200), ("/%FF", 400), ("/?a=%FF", 400),
    ("/api/v1/state?condition=..%2f..%2fx", 404), ("/0?condition=%00", 400),
  ])
  func `no address leaves what is served`(_ target: String, _ expected: Int) async throws {
    try await serving { port in
      let client = try SocketClient(port: port)
      client.send(Self.head("GET \(target)", port))
      let answer = try client.answer()
      #expect(answer.status == expected)
      #expect(!answer.text.contains("root:"))
    }
  }

  @Test func `bytes that are no ASCII are refused in an address`() async throws {
    try await serving { port in
      for bytes in [[0xC3, 0xA4], [0xFF], [0x80, 0x00]] as [[UInt8]] {
        let request = Array("GET /".utf8) + bytes + Array(Self.head("", port).utf8)
        let answer = try SocketClient.answers(port, to: request)
        #expect(Self.status(answer) == 400)
      }
    }
  }

  @Test func `lengths have limits`() async throws {
    var limits = ExplorerLimits()
    limits.tableBytes = 1000
    try await serving(HandmadeExploration(), limits: limits) { port in
      func status(_ line: String, _ more: String = "", _ body: String = "") throws -> Int {
        let client = try SocketClient(port: port)
        client.send(Self.head(line, port, more) + body)
        return try client.answer().status
      }
      let long = String(repeating: "a", count: 32_768)
      let longest = try status("GET /search?query=\(long.prefix(2000))")
      #expect(longest == 200)
      #expect(try status("GET /search?query=\(long.prefix(2001))") == 400)
      #expect(try status("GET /\(long)") == 414)
      #expect(try status("GET /\(String(repeating: "a", count: 200_000))") == 414)
      #expect(try status("GET /\(String(repeating: "a", count: 1_000_000))") == 431)
      #expect(try status("GET /", "X: \(String(repeating: "a", count: 16_384))\r\n") == 431)
      #expect(try status("GET /", "X: \(String(repeating: "a", count: 1_000_000))\r\n") == 431)
      #expect(try status("GET /", String(repeating: "X: a\r\n", count: 101)) == 431)
      #expect(try status("GET /", String(repeating: "X: a\r\n", count: 100_000)) == 431)
      #expect(try status("POST /api/v1/import", "Content-Length: 1001\r\n") == 413)
      #expect(try status("POST /api/v1/import", "Content-Length: 99999999999999999999\r\n") == 400)
      #expect(try status("POST /api/v1/search", "Content-Length: 1048577\r\n") == 413)
      let chunks = "Transfer-Encoding: chunked\r\n"
      let chunk = "1f4\r\n" + String(repeating: "a", count: 500) + "\r\n"
      #expect(try status("POST /api/v1/import", chunks, chunk + chunk + chunk) == 413)
      #expect(try status("GET /", chunks, chunk) == 413)
      #expect(try status("GET /", "Content-Length: 5\r\n", "abcde") == 413)
      #expect(try status("POST /api/v1/import", chunks, "3\r\nid\n\r\n0\r\n\r\n") == 200)
    }
  }

  @Test func `a body that is refused is not waited for, and the answer arrives`() async throws {
    try await serving { port in
      let client = try SocketClient(port: port)
      client.send(Self.head("POST /api/v1/search", port, "Content-Length: 100000000\r\n"))
      let piece = [UInt8](repeating: 32, count: 1 << 16)
      for _ in 0..<100 where !client.send(piece) { break }
      let answer = try client.answer()
      #expect(answer.status == 413 && answer.headers["connection"] == "close")
    }
  }

  /// A client that ends its side may be gone before the answer: then the connection ends without one.
  @Test func `a body that ends early is malformed`() async throws {
    try await serving { port in
      for more in ["Content-Length: 9\r\n", "Transfer-Encoding: chunked\r\n"] {
        let request = Self.head("POST /api/v1/import", port, more) + "3\r\n"
        let answer = try SocketClient.answers(port, to: request.utf8)
        #expect(answer.isEmpty || Self.status(answer) == 400)
      }
      // Nothing of it is left behind.
      let client = try SocketClient(port: port)
      client.send(Self.head("GET /api/v1/state", port))
      #expect(try client.answer().status == 200)
    }
  }

  @Test func `a client that waits to be asked for its body is asked`() async throws {
    try await serving { port in
      let client = try SocketClient(port: port)
      client.send(
        Self.head("POST /api/v1/import", port, "Content-Length: 3\r\nExpect: 100-continue\r\n"))
      #expect(try client.answer().status == 100)
      client.send("id\n")
      #expect(try client.answer().status == 200)
    }
  }

  @Test func `clients that are slow are ended`() async throws {
    var limits = ExplorerLimits()
    (limits.idleSeconds, limits.requestSeconds, limits.stallSeconds) = (1, 1, 1)
    try await serving(HandmadeExploration(count: 400_000), limits: limits) { port in
      let post = Self.head("POST /api/v1/import", port, "Content-Length: 1000\r\n")
      for start in ["", "GET / HTTP/1.1\r\nX: ", post] {
        let client = try SocketClient(port: port)
        client.send(start)
        // A byte now and then keeps none of them alive; the server ends them while it is sent.
        var sent = 0
        while client.send("a"), sent < 1200 {
          usleep(50_000)
          sent += 1
        }
        #expect(sent < 1200)
      }
      // One that does not read what it asked for.
      let client = try SocketClient(port: port)
      for _ in 0..<20 { client.send(Self.head("GET /api/v1/positions", port)) }
      var waited = 0
      while client.send("\r\n"), waited < 1200 {
        usleep(50_000)
        waited += 1
      }
      #expect(waited < 1200)
      #expect(try SocketClient.ask(port, "/").status == 200)
    }
  }

  @Test func `requests in a row are answered in a row`() async throws {
    try await serving { port in
      let client = try SocketClient(port: port)
      client.send((0..<200).map { Self.head("GET /api/v1/images?rows=\($0 % 20)", port) }.joined())
      for number in 0..<200 {
        #expect(try client.answer().text.contains("\"row\":\(number % 20)"))
      }
      client.send(
        Self.head("GET /0", port) + Self.head("GET /", port, "Connection: Close\r\n") + "\u{1}")
      #expect(try client.answer().status == 200)
      #expect(try client.answer().status == 200)
      #expect(client.rest().isEmpty)
    }
  }

  @Test func `a request to talk another protocol is answered in this one, and is the last`()
    async throws
  {
    try await serving { port in
      let client = try SocketClient(port: port)
      client.send(Self.head("GET /", port, "Connection: Upgrade\r\nUpgrade: h2c\r\n"))
      let answer = try client.answer()
      #expect(answer.status == 200 && answer.headers["connection"] == "close")
      #expect(client.rest().isEmpty)
    }
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "BREW"])
  func `other methods are refused`(_ method: String) async throws {
    let answer = try await serving { port in
      try SocketClient.answers(
        port, to: Self.head("\(method) /", port, "Connection: close\r\n").utf8)
    }
    #expect([405, 400].contains(Self.status(answer)), "\(answer)")
    #expect(Self.status(answer) == 400 || answer.contains("GET, HEAD"))
  }

  @Test func `markup in names and values stays text`() async throws {
    try await serving { port in
      for target in ["/api/v1/images?rows=1", "/api/v1/state", "/0"] {
        let answer = try SocketClient.ask(port, target)
        #expect(answer.text.contains(HandmadeExploration.markup))
        #expect(answer.headers["content-type"] == "application/json")
        #expect(answer.headers["x-content-type-options"] == "nosniff")
      }
      let missing = try SocketClient.ask(port, "/api/v1/columns/%3Cscript%3E")
      #expect(missing.headers["content-type"] == "application/json")
    }
  }

  @Test func `foreign hosts and pages are refused`() async throws {
    try await serving { port in
      for headers in [
        ["Host": "evil.example"], ["Host": "evil.example:\(port)"], ["Host": "127.0.0.1"],
        ["Origin": "http://evil.example"], ["Sec-Fetch-Site": "cross-site"],
      ] {
        for target in ["/", "/0", "/api/v1/state", "/assets/page.js", "/nothing"] {
          let answer = try SocketClient.ask(port, target, headers: headers)
          #expect(answer.status == 403)
        }
      }
      let own = ["Origin": "http://127.0.0.1:\(port)", "Sec-Fetch-Site": "same-origin"]
      #expect(try SocketClient.ask(port, "/api/v1/state", headers: own).status == 200)
    }
  }
}
