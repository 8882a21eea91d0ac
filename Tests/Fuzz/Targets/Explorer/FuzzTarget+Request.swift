import Explorer
import ExplorerFixtures
import Files
import Foundation
import HTTPTypes
import Hummingbird

@testable import Explorer

extension FuzzTarget {
  /// A request: a line with method and target, lines of headers, an empty line, the body.
  ///
  /// As the server does once Hummingbird has cut it up: the target is read, the gate lets it in, the route is found, and
  /// the answer is made, whose length is told.
  static let request = FuzzTarget(
    "request", shortRuns: 1000,
    seeds: {
      let host = "Host: localhost:8080\n"
      let json = host + "Content-Type: application/json\n\n"
      return [
        "GET / \n\(host)\n", "GET /?token=secret\n\(host)\n", "GET /3?condition=clean\n\(host)\n",
        "GET /search?query=a+b%20c&count=3\n\(host)\n",
        "HEAD /api/v1/state\n\(host)If-None-Match: *, W/\"x\"\n\n",
        "GET /api/v1/images?offset=2&limit=5\n\(host)Range: bytes=0-5\n\n",
        "GET /api/v1/columns/a%2Fb%20%22%C3%BC%22\n\(host)\n", "GET /api/v1/sprites/0\n\(host)\n",
        "GET /get_image/image%203\n\(host)\n", "GET /api/v1/originals/3\n\(host)\n",
        "GET /api/v1/thumbnails/3\n\(host)\n", "GET /api/v1/positions\n\(host)\n",
        "GET /query/a%20dog\n\(host)\n",
        "GET /api/v1/problems?offset=1\n\(host)\n",
        "POST /api/v1/search\n\(json){\"prompts\": [{\"text\": \"a\", \"weight\": -1}], \"count\": 3}",
        "POST /api/v1/filter\n\(json){\"filters\": [{\"key\": \"size\", \"lower\": 1}]}",
        "PUT /api/v1/queries/a\n\(json){\"a\": 1}", "GET /api/v1/queries/a\n\(host)\n",
        "DELETE /api/v1/queries/a\n\(host)\n", "PUT /api/v1/selections/s\n\(host)\n\u{1}\u{2}\u{0}",
        "POST /api/v1/import\n\(host)\npath,id\nfolder/image 3.jpg,x\n",
        "POST /api/v1/export\n\(host)\n\u{1}\u{2}\u{0}",
        "GET /assets/explorer.js\n\(host)Cookie: a=b; topoclip-8080=secret\nOrigin: http://localhost:8080\n\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let end = data.range(of: Data("\n\n".utf8))
      let head = String(decoding: data[..<(end?.lowerBound ?? data.endIndex)], as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let words = head[0].split(separator: " ")
      let target = words.count > 1 ? String(words[1]) : "/"
      var request = HTTPRequest(
        method: words.first.flatMap { HTTPRequest.Method(String($0)) } ?? .get, scheme: "http",
        authority: nil, path: target)
      for line in head.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { continue }
        let value = parts[1].trimmingCharacters(in: .whitespaces)
        if parts[0].lowercased() == "host", request.authority == nil {
          request.authority = value
        } else if let name = HTTPField.Name(String(parts[0])) {
          request.headerFields.append(HTTPField(name: name, value: value))
        }
      }
      try answer(request, target, Array(end.map { data[$0.upperBound...] } ?? Data()))
    })

  private static func answer(_ request: HTTPRequest, _ target: String, _ body: [UInt8]) throws {
    let target = try RequestTarget(target)
    for (gate, isOpen) in [(openGate, true), (guardedGate, false)] {
      do {
        if let answer = try gate.admit(request, target) {
          promise(!isOpen, "an open gate answers")
          promise(answer.status == .seeOther, "the gate says \(answer.status)")
          return
        }
      } catch let refusal as Refusal where !isOpen {
        promise(refusal.status == .forbidden, "the gate says \(refusal.status)")
      }
    }
    let (route, names) = try routes.route(request.method, target)
    let service = service()
    guard body.count <= route.bodyLimit(service.limits) else { throw Refusal.body(limit: 0) }
    let call = Call(
      service: service, names: names, parameters: target.parameters, body: ByteBuffer(bytes: body))
    let answer = try route.answer(call)
    promise(
      answer.status.kind == .successful || answer.status.kind == .redirection, "\(answer.status)")
    let response = answer.response(to: request)
    if request.method != .head, answer.status == .ok, response.status == .ok,
      case .bytes = answer.body
    {
      promise(response.headers[.contentLength] == "\(answer.count)", "another length is told")
    }
    promise(response.headers[.contentSecurityPolicy] != nil, "the page may load anything")
  }

  private static let routes = RouteTable(Route.all)
  private static let openGate = RequestGate(host: "127.0.0.1", port: 8080, token: nil)
  private static let guardedGate = RequestGate(host: "0.0.0.0", port: 8080, token: "secret")

  /// A server with nothing saved: an execution is the same, whatever came before it.
  private static func service() -> ExplorerService {
    ExplorerService(
      HandmadeExploration(count: 20), page: PageAsset([60], mediaType: "text/html"),
      assets: ["explorer.js": PageAsset([1, 2, 3], mediaType: "text/javascript")],
      limits: ExplorerLimits())
  }

  /// The JSON of a search: what it asks for is within the limits.
  static let searchBody = FuzzTarget(
    "search-body",
    seeds: {
      [
        """
        {"prompts": [{"text": "ä", "weight": -0.5}, {"text": ""}], "examples": [{"row": 19, "weight": 2}],
         "region": "AQAA", "within": null, "count": 7, "condition": "clean",
         "filters": [{"key": "a", "isOne": ["x", ""]}, {"key": "b", "lower": 1, "upper": null},
                     {"key": "c", "contains": "t"}]}
        """, "{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let service = service()
      let call = Call(
        service: service, names: [:], parameters: [:], body: ByteBuffer(bytes: Array(data)))
      let body = try SearchBody(call, members: SearchBody.searchMembers)
      let request = try body.request(among: call.images(of: body.condition))
      promise((1...service.limits.images).contains(request.count), "\(request.count) images")
      promise(request.prompts.allSatisfy { abs($0.weight) <= 1000 }, "a weight")
      promise(request.examples.allSatisfy { (0..<20).contains($0.row) }, "a row")
      for filter in request.filters {
        if case .isBetween(_, let lower, let upper) = filter {
          promise(lower?.isFinite ?? true && upper?.isFinite ?? true, "a limit is not finite")
        }
      }
    })
}
