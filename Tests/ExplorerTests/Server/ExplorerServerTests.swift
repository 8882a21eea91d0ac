import Explorer
import ExplorerFixtures
import Foundation
import Runs
import Synchronization
import Testing

struct ExplorerServerTests {
  private static let token = "abcdefgh12345678"

  private func server(
    port: Int = 0, host: String = "127.0.0.1", token: String? = nil,
    _ exploration: HandmadeExploration = HandmadeExploration()
  ) throws -> ExplorerServer {
    try ExplorerServer(
      exploration, page: PageAsset([], mediaType: "text/html"), assets: [:], host: host, port: port,
      token: token)
  }

  @Test func `the page and its parts are served, and nothing beside them`() async throws {
    try await serving { port in
      let page = try SocketClient.ask(port, "/")
      #expect(page.status == 200 && page.text == "<!DOCTYPE html>")
      #expect(page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(try SocketClient.ask(port, "/assets/page.js").text == "1")
      for target in ["/assets/other.js", "/favicon.ico", "/page.js", "/api/v1/nothing"] {
        let answer = try SocketClient.ask(port, target)
        #expect(answer.status == 404)
        #expect(answer.json["error"] is String)
      }
    }
  }

  @Test func `the state says what there is`() async throws {
    let exploration = HandmadeExploration(
      count: 20, isEmbedded: { $0 < 15 },
      progress: ExplorationProgress(stage: .embedding, done: 15, total: 20, rate: .nan, revision: 1)
    )
    let state = try await serving(exploration) { try SocketClient.ask($0, "/api/v1/state") }
    #expect(state.json["count"] as? Int == 20)
    #expect(state.json["embeddedCount"] as? Int == 15)
    #expect(state.json["model"] as? String == "handmade")
    #expect(state.json["problemCount"] as? Int == 1)
    let progress = try #require(state.json["progress"] as? [String: Any])
    #expect(progress["stage"] as? String == "embedding")
    #expect(progress["rate"] as? Int == 0)
    #expect(progress["message"] is NSNull)
    let columns = try #require(state.json["columns"] as? [[String: Any]])
    #expect(columns.map { $0["key"] as? String } == ["kind", "a/b \"ü\"", "size", "note"])
    #expect(columns[0]["names"] as? [String] == HandmadeExploration.kinds)
    #expect(columns[2]["minimum"] as? Double == 0 && columns[2]["maximum"] as? Double == 9)
    let sprites = try #require(state.json["sprites"] as? [String: Int])
    #expect(sprites == ["tile": 8, "columns": 4, "rows": 2, "sheets": 3])
  }

  @Test func `columns are numbers of known size in order`() async throws {
    try await serving(HandmadeExploration(count: 10) { $0 != 3 }) { port in
      func bits<Number: FixedWidthInteger>(_ target: String, _ count: Int) throws -> [Number] {
        let body = try SocketClient.ask(port, target).body
        let size = Number.bitWidth / 8
        return (0..<count).map { place in
          body[place * size..<(place + 1) * size].reversed().reduce(0) { $0 << 8 | Number($1) }
        }
      }
      let places: [UInt32] = try bits("/api/v1/positions?revision=7", 20)
      #expect(places.map(Float.init(bitPattern:))[4..<10] == [2, 0, 0, 0, 1, 1])
      let positions = try SocketClient.ask(port, "/api/v1/positions").body
      #expect(positions.count == 82 && Array(positions[80...]) == [0b1111_0111, 0b11])
      let codes: [UInt32] = try bits("/api/v1/columns/kind", 10)
      #expect(codes.map(Int32.init(bitPattern:)) == [0, 1, 2, 0, 1, 2, -1, 1, 2, 0])
      let sizes: [UInt64] = try bits("/api/v1/columns/size", 10)
      #expect(sizes.map(Double.init(bitPattern:)) == [0, 0.5, 1, 1.5, 0, 2.5, 3, 3.5, 4, 0])
      #expect(Array(try SocketClient.ask(port, "/api/v1/columns/size").body[80...]) == [0xEF, 1])
      #expect(try SocketClient.ask(port, "/api/v1/columns/a%2Fb%20%22%C3%BC%22").body.count == 40)
      for target in ["/api/v1/columns/other", "/api/v1/positions?condition=fog-3"] {
        #expect(try SocketClient.ask(port, target).status == 404)
      }
    }
  }

  @Test func `images are told by rows and by ranges, their values with their types`() async throws {
    try await serving { port in
      func rows(_ query: String) throws -> [[String: Any]] {
        try SocketClient.ask(port, "/api/v1/images?\(query)").json["images"] as? [[String: Any]]
          ?? []
      }
      #expect(try rows("rows=3,1,3").map { $0["row"] as? Int } == [3, 1, 3])
      #expect(try rows("offset=18&limit=9").map { $0["row"] as? Int } == [18, 19])
      #expect(try rows("offset=9223372036854775807").isEmpty)
      let image = try #require(try rows("rows=1").first)
      #expect(image["id"] as? String == HandmadeExploration.markup)
      let metadata = try #require(image["metadata"] as? [String: Any])
      #expect(metadata["kind"] as? String == "pears")
      #expect(metadata["size"] as? Double == 0.5)
      #expect(metadata["a/b \"ü\""] as? Bool == true)
      #expect(try (rows("rows=4").first?["metadata"] as? [String: Any])?["size"] == nil)
      for query in [
        "rows=", "rows=20", "rows=-1", "rows=1,,2", "rows=1e3", "limit=0", "limit=1001", "offset=x",
      ] {
        #expect(try SocketClient.ask(port, "/api/v1/images?\(query)").status == 400, "\(query)")
      }
    }
  }

  @Test func `pictures are kept by browsers until they change`() async throws {
    try await serving { port in
      for target in [
        "/api/v1/thumbnails/3", "/api/v1/originals/3", "/api/v1/sprites/0", "/api/v1/positions",
      ] {
        let answer = try SocketClient.ask(port, target)
        #expect(answer.status == 200 && !answer.body.isEmpty)
        let tag = try #require(answer.headers["etag"])
        #expect(answer.headers["cache-control"] == "no-cache")
        let again = try SocketClient.ask(port, target, headers: ["If-None-Match": tag])
        #expect(again.status == 304 && again.headers["etag"] == tag)
        let client = try SocketClient(port: port)
        let head = try client.ask(target, method: "HEAD")
        #expect(head.headers["content-length"] == "\(answer.body.count)")
        #expect(try client.ask(target).body == answer.body, "the connection goes on")
      }
      for target in [
        "thumbnails/19", "originals/19", "thumbnails/20", "thumbnails/x", "thumbnails/-1",
        "sprites/3", "sprites/99999999999999999999",
      ] {
        #expect(try SocketClient.ask(port, "/api/v1/\(target)").status == 404, "\(target)")
      }
    }
  }

  @Test func `a search finds, filters and marks`() async throws {
    try await serving { port in
      let found = try SocketClient.ask(
        port, "/api/v1/search",
        json: """
          {"prompts": [{"text": "a"}, {"text": "b", "weight": -1}], "count": 2,
           "filters": [{"key": "kind", "isOne": ["pears"]}], "within": "/v8P"}
          """)
      #expect(found.status == 200)
      let hits = try #require(found.json["hits"] as? [[String: Any]])
      #expect(hits.map { $0["row"] as? Int } == [1, 4])
      #expect(hits.first?["cosine"] as? Double == 0.95)
      #expect(hits.first?["similarity"] as? Double == 2.375)
      #expect(found.json["candidateCount"] as? Int == 6)
      let markers = try #require(found.json["markers"] as? [[String: Any]])
      #expect(markers.map { $0["text"] as? String } == ["a"])
      let nothing = try SocketClient.ask(port, "/api/v1/search", json: "{}")
      #expect(nothing.status == 400 && nothing.json["error"] as? String == "nothing is looked for")
      let filter = try SocketClient.ask(
        port, "/api/v1/filter", json: "{\"filters\": [{\"key\": \"size\", \"lower\": 8}]}")
      #expect(Array(filter.body) == [0, 0, 0b0000_0111])
      let type = try SocketClient.ask(port, "/api/v1/search", method: "POST", body: Data("{}".utf8))
      #expect(type.status == 415)
    }
  }

  @Test func `nothing is found before anything is embedded`() async throws {
    try await serving(HandmadeExploration(count: 5) { _ in false }) { port in
      let json = "{\"prompts\": [{\"text\": \"a\"}]}"
      #expect(try SocketClient.ask(port, "/api/v1/search", json: json).status == 409)
      #expect(try SocketClient.ask(port, "/search?query=a").status == 409)
      #expect(try SocketClient.ask(port, "/query/a").status == 409)
      let page = try SocketClient.ask(port, "/0").json
      #expect(page["nPages"] as? Int == 0 && (page["dataset"] as? [Any])?.isEmpty == true)
    }
  }

  @Test func `a selection goes out as a table and comes back`() async throws {
    try await serving { port in
      let mask = Data([0b1010, 0, 0b1000])
      let table = try SocketClient.ask(port, "/api/v1/export", method: "POST", body: mask)
      #expect(table.headers["content-disposition"] == "attachment; filename=\"selection.csv\"")
      #expect(table.text.split(separator: "\n").count == 4)
      let back = try SocketClient.ask(port, "/api/v1/import", method: "POST", body: table.body)
      #expect(back.json["mask"] as? String == mask.base64EncodedString())
      #expect(back.json["count"] as? Int == 3 && back.json["unknownCount"] as? Int == 0)
      let names = Data(("id\n" + (0..<30).map { "x\($0)\n" }.joined()).utf8)
      let unknown = try SocketClient.ask(port, "/api/v1/import", method: "POST", body: names)
      #expect((unknown.json["unknown"] as? [String])?.count == 20)
      #expect(unknown.json["unknownCount"] as? Int == 30)
      for body in [Data(), Data("a\n1\n".utf8), Data("id\n\"x".utf8), Data([0xFF])] {
        let answer = try SocketClient.ask(port, "/api/v1/import", method: "POST", body: body)
        #expect(answer.status == 400)
      }
    }
  }

  @Test func `what is saved is there until it is forgotten`() async throws {
    try await serving { port in
      let names = ["a b", "ä/ö", "../etc", HandmadeExploration.markup, "%41"]
      let allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "a"..."z"))
      for name in names {
        let target =
          "/api/v1/queries/" + (name.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
        let body = Data("x=\(name)".utf8)
        #expect(try SocketClient.ask(port, target, method: "PUT", body: body).status == 204)
        #expect(try SocketClient.ask(port, target).body == body)
      }
      let saved = try SocketClient.ask(port, "/api/v1/saved").json
      #expect(saved["queries"] as? [String] == names.sorted())
      let target = "/api/v1/selections/a"
      #expect(try SocketClient.ask(port, target).status == 404)
      #expect(
        try SocketClient.ask(port, target, method: "PUT", body: Data([1, 2, 3])).status == 204)
      #expect(Array(try SocketClient.ask(port, target).body) == [1, 2, 3])
      #expect(try SocketClient.ask(port, target, method: "DELETE").status == 204)
      #expect(try SocketClient.ask(port, target, method: "DELETE").status == 404)
      for (target, body, status) in [
        ("/api/v1/selections/a", [1, 2], 400), ("/api/v1/selections/a", [1, 2, 3, 4], 413),
        ("/api/v1/selections/a", [1, 2, 0x10], 400), ("/api/v1/queries/a%0A", [1], 400),
        ("/api/v1/queries/a", [0xFF], 400),
        ("/api/v1/queries/" + String(repeating: "a", count: 201), [1], 400),
      ] as [(String, [UInt8], Int)] {
        #expect(
          try SocketClient.ask(port, target, method: "PUT", body: Data(body)).status == status)
      }
    }
  }

  @Test func `the published routes page through all images in an order that stays`() async throws {
    func ids(_ exploration: HandmadeExploration) async throws -> [[String]] {
      try await serving(exploration) { port in
        #expect(try SocketClient.ask(port, "/3").status == 404)
        return try (0..<3).map { page in
          let answer = try SocketClient.ask(port, "/\(page)").json
          #expect(answer["nPages"] as? Int == 3)
          return (answer["dataset"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
        }
      }
    }
    let all = try await ids(HandmadeExploration(count: 2500))
    #expect(all.map(\.count) == [1000, 1000, 500])
    #expect(Set(all.joined()).count == 2500)
    #expect(Array(all.joined()) != HandmadeExploration(count: 2500).images.images.map(\.id))
    let some = try await ids(HandmadeExploration(count: 2500) { $0 % 10 != 0 })
    let embedded = Set(some.joined())
    #expect(Array(some.joined()) == all.joined().filter(embedded.contains))
  }

  @Test func `the published routes find, place and show`() async throws {
    try await serving { port in
      let hits = try SocketClient.ask(port, "/search?query=a+b").json
      #expect((hits["ids"] as? [String])?.first == "image 0")
      #expect((hits["distances"] as? [Double])?.first == 2.5)
      for key in ["ids", "distances", "metadatas", "images"] {
        #expect((hits[key] as? [Any])?.count == 20)
      }
      let places = try JSONSerialization.jsonObject(
        with: SocketClient.ask(port, "/query/a%2Fb").body)
      #expect((places as? [[String: Any]])?.first?["text"] as? String == "a/b")
      let image = try SocketClient.ask(port, "/get_image/image%203").json["image"] as? String
      let original = try SocketClient.ask(port, "/api/v1/originals/3").body
      #expect(image == original.base64EncodedString())
      #expect(try SocketClient.ask(port, "/get_image/nobody").status == 404)
      #expect(try SocketClient.ask(port, "/search").status == 400)
    }
  }

  @Test func `events tell the progress until all is there`() async throws {
    let exploration = HandmadeExploration(
      progress: ExplorationProgress(stage: .embedding, done: 1, total: 2))
    try await serving(exploration) { port in
      let client = try SocketClient(port: port)
      client.send("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      let head = try #require(client.text(through: "\r\n\r\n"))
      #expect(head.contains("text/event-stream"))
      #expect(try #require(client.text(through: "event: progress\n")).contains("\"") == false)
      #expect(try #require(client.text(through: "\n\n")).contains("\"stage\":\"embedding\""))
      exploration.advance(to: ExplorationProgress(stage: .mapping))
      #expect(client.text(through: "\"stage\":\"mapping\"") != nil)
      exploration.advance(to: ExplorationProgress(stage: .failed, message: "no"))
      #expect(client.text(through: "\"stage\":\"failed\"") != nil)
      #expect(client.text(through: "\r\n0\r\n\r\n") != nil, "the stream ends")
    }
  }

  @Test func `no more streams are open than may, and those that end make room`() async throws {
    var limits = ExplorerLimits()
    limits.eventStreams = 1
    let exploration = HandmadeExploration(progress: ExplorationProgress(stage: .reading))
    try await serving(exploration, limits: limits) { port in
      let client = try SocketClient(port: port)
      client.send("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      #expect(client.text(through: "\"stage\":\"reading\"") != nil)
      let second = try SocketClient.ask(port, "/api/v1/events")
      #expect(second.status == 503 && second.headers["retry-after"] == "1")
      exploration.advance(to: ExplorationProgress(stage: .ready))
      #expect(client.text(through: "\r\n0\r\n\r\n") != nil)
      #expect(try client.ask("/api/v1/events").status == 200)
    }
  }

  @Test func `a server with a token asks for it`() async throws {
    try await serving(HandmadeExploration(), token: Self.token) { port in
      #expect(try SocketClient.ask(port, "/").status == 403)
      let entry = try SocketClient.ask(port, "/?token=\(Self.token)")
      #expect(entry.status == 303 && entry.headers["location"] == "/")
      let cookie = try #require(entry.headers["set-cookie"])
      #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
      let pair = String(try #require(cookie.split(separator: ";").first))
      #expect(try SocketClient.ask(port, "/", headers: ["Cookie": pair]).status == 200)
      let bearer = ["Authorization": "Bearer \(Self.token)"]
      #expect(try SocketClient.ask(port, "/0", headers: bearer).status == 200)
    }
  }

  @Test func `others may reach it with a token alone`() throws {
    for host in ["0.0.0.0", "::", "192.168.0.7", "example.org"] {
      #expect { try server(host: host) } throws: { "\($0)".contains("--token") }
      _ = try server(host: host, token: Self.token)
    }
    for token in ["", "short", "abcdefgh1234567 ", "abcdefgh1234567;", "äbcdefgh12345678"] {
      #expect(throws: OptionError.self) { try server(token: token) }
    }
    #expect(throws: OptionError.self) { try server(port: 65_536) }
  }

  @Test func `a port that is taken is named, and what to do`() async throws {
    try await serving { port in
      let second = try self.server(port: port)
      #expect {
        try second.serve(takesSignals: false) { _ in }
      } throws: {
        $0 is ServerError && "\($0)".contains("port \(port)") && "\($0)".contains("--port 0")
      }
    }
  }

  @Test func `a host that is none of this machine's is named`() async throws {
    for host in ["192.0.2.1", "no.such.host.invalid"] {
      let server = try server(host: host, token: Self.token)
      await #expect {
        try await server.run(takesSignals: false) { _ in }
      } throws: {
        $0 is ServerError && "\($0)".contains(host)
      }
    }
  }

  @Test(arguments: [nil, token])
  func `the address that is told has no token in it`(token: String?) async throws {
    let server = try server(token: token)
    let (told, feed) = AsyncStream<String>.makeStream()
    await #expect(throws: CancellationError.self) {
      try await server.run(takesSignals: false) { address in
        feed.yield(address)
        throw CancellationError()
      }
    }
    feed.finish()
    let addresses = await told.reduce(into: []) { $0.append($1) }
    #expect(addresses.count == 1)
    #expect(addresses[0].wholeMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+\//) != nil)
  }

  @Test func `what fails when the address is told ends the serving`() async throws {
    let server = try server()
    await #expect(throws: CancellationError.self) {
      try await server.run(takesSignals: false) { _ in throw CancellationError() }
    }
  }

  @Test func `a stop ends streams, silent connections and half requests`() async throws {
    let exploration = HandmadeExploration(progress: ExplorationProgress(stage: .embedding))
    let server = try server(exploration)
    let clients = try await serving(server) { port in
      let heads = [
        "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n", "", "GET / HT",
        "POST /api/v1/import HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Length: 9\r\n\r\nid",
      ]
      let clients = try heads.map { head in
        let client = try SocketClient(port: port)
        client.send(head)
        return client
      }
      #expect(clients.first?.text(through: "embedding") != nil)
      return Unshared(clients)
    }
    // The server is gone by now; all of them have been ended.
    let isEnded = await onThread { clients.value.map { $0.text(through: "\u{1}") == nil } }
    #expect(try isEnded.get() == [true, true, true, true])
  }
}
