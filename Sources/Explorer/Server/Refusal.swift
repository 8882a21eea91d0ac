import Files
internal import HTTPTypes

/// Why a request is not answered as it wishes.
struct Refusal: Error, CustomStringConvertible {
  let status: HTTPResponse.Status
  /// A sentence for the user.
  let description: String
  /// Headers that go with it.
  var headers = HTTPFields()

  init(_ status: HTTPResponse.Status, _ description: String) {
    (self.status, self.description) = (status, description.legible)
  }

  static func malformed(_ problem: String) -> Refusal { Refusal(.badRequest, problem) }

  static func missing(_ what: String) -> Refusal { Refusal(.notFound, what) }

  /// The method is not one of those that a path has.
  static func method(allowed: [HTTPRequest.Method]) -> Refusal {
    let names = allowed.map(\.rawValue).joined(separator: ", ")
    var refusal = Refusal(.methodNotAllowed, "this address takes \(names) alone")
    refusal.headers[.allow] = names
    return refusal
  }

  /// Too much is asked at the same time.
  static var busy: Refusal {
    var refusal = Refusal(.serviceUnavailable, "too many requests at once; try again in a second")
    refusal.headers[.retryAfter] = "1"
    return refusal
  }

  /// The body is longer than what is taken.
  static func body(limit: Int) -> Refusal {
    Refusal(
      .contentTooLarge,
      limit == 0
        ? "this request takes no body" : "the body is too long; at most \(limit) bytes are taken")
  }

  /// The answer that says it.
  var answer: Answer {
    var answer = Answer.json(["error": description])
    answer.status = status
    answer.headers.append(contentsOf: headers)
    return answer
  }
}
