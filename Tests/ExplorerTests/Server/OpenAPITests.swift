import Foundation
import HTTPTypes
import Testing

@testable import Explorer

/// The description of the interface, held against the routes and against what they answer.
struct OpenAPITests {
  private static func document() throws -> [String: Any] {
    let data = Data(PackageResources.openapi_json)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static func operations() throws -> [String: [String: Any]] {
    let paths = try #require(try document()["paths"] as? [String: [String: [String: Any]]])
    var operations: [String: [String: Any]] = [:]
    for (path, methods) in paths {
      for (method, operation) in methods {
        operations["\(method.uppercased()) \(path)"] = operation
      }
    }
    return operations
  }

  @Test func `every route is described, and nothing else`() throws {
    let routes = Set(Route.all.map { "\($0.method.rawValue) \($0.path)" })
    #expect(Set(try Self.operations().keys) == routes)
  }

  @Test func `every part of a path is described`() throws {
    for (name, operation) in try Self.operations() {
      let parameters = operation["parameters"] as? [[String: Any]] ?? []
      let described = parameters.filter { $0["in"] as? String == "path" }
        .compactMap { $0["name"] as? String }
      let parts = name.matches(of: /\{(\w+)\}/).map { String($0.1) }
      #expect(described == parts, "\(name)")
      #expect((operation["summary"] as? String)?.isEmpty == false)
    }
  }

  @Test func `a body is described where one is taken`() throws {
    let operations = try Self.operations()
    for route in Route.all {
      let operation = try #require(operations["\(route.method.rawValue) \(route.path)"])
      #expect((operation["requestBody"] != nil) == (route.body != .nothing), "\(route.path)")
    }
  }

  /// What stands for the parts of paths, and the bodies, of requests that succeed.
  private static func target(_ path: String) -> String {
    let values = [
      "row": "0", "sheet": "0", "page": "0", "key": "kind", "id": "image%200", "text": "a%20text",
      "name": path.hasPrefix("/assets") ? "page.js" : "a%20name",
    ]
    var target = path
    for (name, value) in values { target = target.replacing("{\(name)}", with: value) }
    return path == "/search" ? target + "?query=a" : target
  }

  private static let bodies: [String: Data] = [
    "/api/v1/search": Data("{\"prompts\": [{\"text\": \"a\"}]}".utf8),
    "/api/v1/filter": Data("{\"filters\": [{\"key\": \"size\", \"lower\": 2}]}".utf8),
    "/api/v1/import": Data("id\nimage 0\n".utf8), "/api/v1/queries/{name}": Data("a=b".utf8),
    "/api/v1/export": Data([3, 0, 0]), "/api/v1/selections/{name}": Data([3, 0, 0]),
  ]

  @Test func `every route answers as it is described`() async throws {
    let answers = try await serving { port in
      // What is put must be there before it is asked for, and be deleted last.
      let order: [HTTPRequest.Method] = [.put, .get, .post, .delete]
      var answers: [String: SocketClient.Answer] = [:]
      for method in order {
        for route in Route.all where route.method == method {
          answers["\(method.rawValue) \(route.path)"] = try SocketClient.ask(
            port, Self.target(route.path), method: method.rawValue,
            headers: route.body == .json ? ["Content-Type": "application/json"] : [:],
            body: Self.bodies[route.path].flatMap { route.body == .nothing ? nil : $0 })
        }
      }
      return answers
    }
    let schemas = Schemas(try Self.document())
    let operations = try Self.operations()
    for (name, answer) in answers {
      let responses = try #require(operations[name]?["responses"] as? [String: [String: Any]])
      let response = try #require(responses["\(answer.status)"], "\(name): \(answer.status)")
      guard let content = response["content"] as? [String: [String: Any]] else { continue }
      let mediaType = try #require(answer.headers["content-type"]?.split(separator: ";").first)
      let (described, value) = try #require(content.first)
      #expect(
        mediaType == described || described == "image/*" && mediaType.hasPrefix("image/"), "\(name)"
      )
      guard described == "application/json", let schema = value["schema"] as? [String: Any] else {
        continue
      }
      let json = try JSONSerialization.jsonObject(with: answer.body)
      #expect(schemas.faults(of: json, schema, at: name) == [])
    }
  }

  @Test func `the description is served`() async throws {
    let answer = try await serving { try SocketClient.ask($0, "/api/v1/openapi.json") }
    #expect(answer.body == Data(PackageResources.openapi_json))
  }
}

/// As much of JSON Schema as the description uses.
private struct Schemas {
  private let named: [String: [String: Any]]

  init(_ document: [String: Any]) {
    let components = document["components"] as? [String: [String: [String: Any]]]
    named = components?["schemas"] ?? [:]
  }

  /// What of a value a schema does not allow, by place.
  func faults(of value: Any, _ schema: [String: Any], at place: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return faults(of: value, named[name] ?? ["type": "there is no \(name)"], at: place)
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    guard types.contains(where: { Self.isOfType(value, $0) }) else {
      return ["\(place) is no \(types)"]
    }
    if let values = value as? [Any], let items = schema["items"] as? [String: Any] {
      return values.flatMap { self.faults(of: $0, items, at: place + "[]") }
    }
    guard let members = value as? [String: Any] else { return [] }
    let properties = schema["properties"] as? [String: [String: Any]]
    let required = schema["required"] as? [String] ?? []
    var faults = required.filter { members[$0] == nil }.map { "\(place) has no \($0)" }
    for (name, member) in members {
      if let property = properties?[name] ?? schema["additionalProperties"] as? [String: Any] {
        faults += self.faults(of: member, property, at: "\(place).\(name)")
      } else if properties != nil {
        faults.append("\(place).\(name) is not described")
      }
    }
    return faults
  }

  private static func isOfType(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": value is Bool
    case "number": value is Double
    case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
    default: false
    }
  }
}
