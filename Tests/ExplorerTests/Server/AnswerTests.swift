import HTTPTypes
import Hummingbird
import Testing

@testable import Explorer

struct AnswerTests {
  private func request(
    _ method: HTTPRequest.Method = .get, ifNoneMatch: String? = nil
  ) -> HTTPRequest {
    var request = HTTPRequest(method: method, scheme: "http", authority: "a", path: "/")
    request.headerFields[.ifNoneMatch] = ifNoneMatch
    return request
  }

  @Test func `what may be kept has a tag of its contents`() throws {
    let answer = Answer(ByteBuffer(string: "a"), "text/plain")
    let tag = try #require(answer.tag)
    #expect(tag.first == "\"" && tag.last == "\"" && tag.count == 34)
    #expect(Answer(ByteBuffer(string: "a"), "text/css").tag == tag)
    #expect(Answer(ByteBuffer(string: "b"), "text/plain").tag != tag)
    #expect(answer.response(to: request()).headers[.eTag] == tag)
    #expect(answer.response(to: request()).headers[.cacheControl] == "no-cache")
    let passing = Answer(ByteBuffer(string: "a"), "text/plain", isKept: false)
    #expect(passing.response(to: request()).headers[.cacheControl] == "no-store")
    #expect(passing.response(to: request()).headers[.eTag] == nil)
  }

  @Test func `what a browser has already is not sent again`() throws {
    let answer = Answer(ByteBuffer(string: "a"), "text/plain")
    let tag = try #require(answer.tag)
    for list in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let response = answer.response(to: request(ifNoneMatch: list))
      #expect(response.status == .notModified)
      #expect(response.headers[.eTag] == tag)
      #expect(response.body.contentLength == 0)
    }
    for list in ["\"x\"", "", String(tag.dropFirst())] {
      #expect(answer.response(to: request(ifNoneMatch: list)).status == .ok)
    }
    #expect(answer.response(to: request(.post, ifNoneMatch: tag)).status == .ok)
    var failed = answer
    failed.status = .notFound
    #expect(failed.response(to: request(ifNoneMatch: tag)).status == .notFound)
  }

  @Test func `a head is that of the whole`() {
    let answer = Answer(ByteBuffer(string: "abc"), "text/plain")
    let response = answer.response(to: request(.head))
    #expect(response.headers[.contentLength] == "3")
    #expect(response.body.contentLength == 0)
  }

  @Test func `every answer has the headers of safety`() {
    let names = Set(
      Refusal.busy.answer.response(to: request()).headers.map(\.name.canonicalName))
    #expect(
      names.isSuperset(of: [
        "content-security-policy", "x-content-type-options", "referrer-policy",
        "cross-origin-resource-policy", "cache-control", "retry-after",
      ]))
  }

  @Test func `a number that JSON has no word for is a fault of ours`() {
    #expect(Answer.json([Double.nan]).status == .internalServerError)
  }
}
