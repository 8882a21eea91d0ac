import Dispatch
import Explorer
import ExplorerFixtures
import Fixtures
import Foundation
import Synchronization
import Testing

struct ServerLoadTests {
  @Test func `five thousand damaged requests leave the server as it was`() async throws {
    try await serving { port in
      func request(_ line: String, _ more: String = "", _ body: String = "") -> String {
        "\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(more)"
          + (body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n") + "\r\n" + body
      }
      let json = "Content-Type: application/json\r\n"
      let requests = [
        request("GET /"), request("GET /0"), request("GET /api/v1/state?condition=clean"),
        request("GET /api/v1/images?rows=1,2,3"), request("GET /api/v1/images?offset=3&limit=9"),
        request("GET /api/v1/columns/a%2Fb%20%22%C3%BC%22"), request("GET /api/v1/thumbnails/3"),
        request("GET /search?query=a%20text"), request("GET /query/a%20text"),
        request("GET /get_image/image%203"),
        request("GET /assets/page.js", "If-None-Match: \"a\"\r\n"),
        request(
          "POST /api/v1/search", json,
          "{\"prompts\":[{\"text\":\"a\",\"weight\":-0.5}],\"within\":\"/v8P\",\"count\":3,"
            + "\"filters\":[{\"key\":\"size\",\"lower\":1,\"upper\":2}]}"),
        request(
          "POST /api/v1/filter", json, "{\"filters\":[{\"key\":\"kind\",\"isOne\":[\"pears\"]}]}"),
        request("POST /api/v1/export", "", "abc"),
        request("POST /api/v1/import", "", "id,x\nimage 1,2\n"),
        request("PUT /api/v1/queries/a", "", "x=1"), request("DELETE /api/v1/queries/a"),
        request("PUT /api/v1/selections/a", "Origin: http://127.0.0.1:\(port)\r\n", "abc"),
        request("POST /api/v1/import", "Transfer-Encoding: chunked\r\n") + "3\r\nid\n\r\n0\r\n\r\n",
      ]
      let refusals = Set([0, 200, 204, 304, 400, 403, 404, 405, 413, 414, 415, 431])
      var mutator = Mutator(seed: 22)
      for number in 0..<5000 {
        let bytes = mutator.mutated(requests[number % requests.count])
        let answer = try SocketClient.answers(port, to: bytes)
        let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        #expect(refusals.contains(status), "\(number): \(status) to \(Array(bytes.prefix(500)))")
        if number % 500 == 0 { #expect(try SocketClient.ask(port, "/").status == 200) }
      }
      #expect(try SocketClient.ask(port, "/api/v1/state").json["count"] as? Int == 20)
    }
  }

  @Test func `a hundred clients at once are all answered`() async throws {
    let faults = try await serving(HandmadeExploration(count: 1000)) { port in
      let faults = Mutex<[String]>([])
      let group = DispatchGroup()
      for number in 0..<100 {
        group.enter()
        Thread.detachNewThread {
          defer { group.leave() }
          do {
            let client = try SocketClient(port: port)
            for turn in 0..<20 {
              let answer =
                switch turn % 4 {
                case 0:
                  try client.ask(
                    "/api/v1/search", method: "POST", headers: ["Content-Type": "application/json"],
                    body: Data("{\"prompts\":[{\"text\":\"\(number)\"}]}".utf8))
                case 1: try client.ask("/api/v1/positions")
                case 2: try client.ask("/api/v1/thumbnails/\((number + turn) % 999)")
                default: try client.ask("/\(turn % 1)")
                }
              if answer.status != 200 { faults.withLock { $0.append("\(turn): \(answer.status)") } }
            }
          } catch {
            faults.withLock { $0.append("\(error)") }
          }
        }
      }
      group.wait()
      return faults.withLock { $0 }
    }
    #expect(faults == [])
  }

  @Test func `more searches at once than may wait are told to come again`() async throws {
    var limits = ExplorerLimits()
    (limits.searches, limits.waiting) = (1, 1)
    let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let exploration = HandmadeExploration(onSearch: {
      begun.signal()
      gate.wait()
    })
    try await serving(exploration, limits: limits) { port in
      let request = "GET /search?query=a HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
      let first = try SocketClient(port: port)
      first.send(request)
      begun.wait()
      // Of two more one waits and one is refused; which, the server decides.
      let others = try (0..<2).map { _ in try SocketClient(port: port) }
      for client in others { client.send(request) }
      let statuses = Mutex<[Int]>([])
      let group = DispatchGroup()
      for client in [first] + others {
        let client = Unshared(client)
        group.enter()
        Thread.detachNewThread {
          let answer = try? client.value.answer()
          if answer?.status == 503 {
            #expect(answer?.headers["retry-after"] == "1")
            gate.signal()
            gate.signal()
          }
          statuses.withLock { $0.append(answer?.status ?? 0) }
          group.leave()
        }
      }
      group.wait()
      #expect(statuses.withLock { $0.sorted() } == [200, 200, 503])
      #expect(try SocketClient.ask(port, "/").status == 200)
    }
  }
}
