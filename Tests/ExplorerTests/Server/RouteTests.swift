import HTTPTypes
import Testing

@testable import Explorer

struct RouteTests {
  private let table = RouteTable(Route.all)

  private func found(_ method: HTTPRequest.Method, _ target: String) throws -> (
    String, [String: String]
  ) {
    let (route, names) = try table.route(method, RequestTarget(target))
    return (route.path, names)
  }

  @Test func `a path finds its route and names its parts`() throws {
    #expect(try found(.get, "/") == ("/", [:]))
    #expect(try found(.get, "/7") == ("/{page}", ["page": "7"]))
    #expect(try found(.get, "/search?query=a") == ("/search", [:]))
    #expect(
      try found(.put, "/api/v1/queries/a%2Fb%20c") == ("/api/v1/queries/{name}", ["name": "a/b c"]))
    #expect(try found(.head, "/api/v1/state") == ("/api/v1/state", [:]))
  }

  @Test(arguments: [
    "//", "/7/", "/api", "/api/v1", "/api/v1/", "/api/v1/columns", "/api/v1/columns/",
    "/api/v1/state/x",
    "/get_image/a/b", "/assets/a/b",
  ])
  func `other paths are not there`(_ target: String) {
    #expect { try found(.get, target) } throws: { ($0 as? Refusal)?.status == .notFound }
  }

  @Test func `a method that a path has not is refused with those that it has`() {
    for (method, target, allowed) in [
      (HTTPRequest.Method.post, "/", "GET, HEAD"), (.get, "/api/v1/search", "POST"),
      (.options, "/api/v1/search", "POST"), (.trace, "/7", "GET, HEAD"),
      (.patch, "/api/v1/queries/a", "GET, HEAD, PUT, DELETE"),
    ] {
      #expect { try found(method, target) } throws: { error in
        let refusal = error as? Refusal
        return refusal?.status == .methodNotAllowed && refusal?.headers[.allow] == allowed
      }
    }
  }

  @Test func `no two routes have the same method and path`() {
    let names = Route.all.map { "\($0.method) \($0.path)" }
    #expect(Set(names).count == names.count)
  }
}
