import Fixtures
import Foundation
import Testing

/// The article on dependencies has a line for each, and for nothing else.
struct DependenciesTests {
  private func file(_ path: String) throws -> String {
    try String(contentsOf: Checkout.folder.appending(path: path), encoding: .utf8)
  }

  /// The first two cells of the rows below a heading, up to the next of any level.
  private func rows(under heading: String) throws -> [String: String] {
    let lines = try file("Sources/topoclip/topoclip.docc/Dependencies.md").split(separator: "\n")
    let section = lines.drop { $0.drop { $0 == "#" } != " " + heading }.dropFirst()
      .prefix { !$0.hasPrefix("#") }
    // Behind the heads of tables and their rules.
    let tables = section.split { !$0.hasPrefix("|") }.flatMap { $0.dropFirst(2) }
    let cells = tables.map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    for row in cells { #expect(row.count > 2 && !row.contains(""), "\(row)") }
    let names = cells.map { $0[0] }
    #expect(Set(names).count == names.count, "\(heading): one line each")
    return Dictionary(cells.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  /// The words of a variable of the Makefile, lines that a backslash continues and additions among them.
  private func words(_ name: String) throws -> [String] {
    try file("Makefile").replacing("\\\n", with: " ").split(separator: "\n")
      .flatMap { line -> [Substring] in
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, ["\(name) ", "\(name) +", "\(name) :"].contains(parts[0]) else {
          return []
        }
        return parts[1].split(whereSeparator: \.isWhitespace)
      }.map(String.init)
  }

  @Test func `direct packages have the versions of Package.swift`() throws {
    let packages = try file("Package.swift").matches(
      of: /\.package\(\s*url: "[^"]*\/([^"\/]+)",\s*([a-z]+): "([^"]+)"/)
    #expect(packages.count > 6)
    #expect(packages.count == (try file("Package.swift").matches(of: /\.package\(\s*url:/).count))
    for package in packages { #expect(package.2 == "exact", "\(package.1)") }
    let versions = Dictionary(
      uniqueKeysWithValues: packages.map { (String($0.1), String($0.3)) })
    #expect(try rows(under: "Swift packages") == versions)
  }

  private static let resolved = try? Data(
    contentsOf: Checkout.folder.appending(path: "Package.resolved"))

  @Test(.enabled(if: resolved != nil, "nothing was fetched here: there is no Package.resolved"))
  func `what those bring along is named`() throws {
    struct Resolved: Decodable {
      struct Pin: Decodable { let location: String }
      let pins: [Pin]
    }
    let pins = try JSONDecoder().decode(Resolved.self, from: Self.resolved ?? Data()).pins
    let fetched = pins.map { $0.location.split(separator: "/").last.map(String.init) ?? "" }
      .map { $0.hasSuffix(".git") ? String($0.dropLast(4)) : $0 }
    let direct = try rows(under: "Swift packages")
    let brought = try rows(under: "What those bring along")
    #expect(Set(fetched) == Set(direct.keys).union(brought.keys))
    for (name, origin) in brought {
      #expect(direct[name] == nil && direct.merging(brought) { $1 }[origin] != nil, "\(name)")
    }
  }

  @Test func `system packages are those that the Makefile installs`() throws {
    // `test` adds those of the tests to the list.
    let packages = try words("PACKAGES").filter { !$0.hasPrefix("$") }
    #expect(packages.count > 10 && Set(packages).count == packages.count)
    #expect(Set(try rows(under: "System libraries and programs").keys) == Set(packages))
  }

  @Test func `so are those of the tests, and what pip fetches`() throws {
    let packages = try words("TEST_PACKAGES")
    #expect(packages.count > 1)
    let fetched = try file("Makefile").matches(of: /([A-Za-z\-_]+)==([0-9.]+)/)
    #expect(!fetched.isEmpty)
    let rows = try rows(under: "For the tests alone")
    #expect(Set(rows.keys) == Set(packages).union(fetched.map { String($0.1) }))
    for package in fetched { #expect(rows[String(package.1)] == String(package.2)) }
  }

  @Test func `every library that Package.swift names is one that the Makefile installs`() throws {
    let named = try file("Package.swift").matches(of: /\.apt\(\[([^\]]+)\]/)
      .flatMap { $0.1.matches(of: /"([^"]+)"/).map { String($0.1) } }
    #expect(named.count > 6)
    #expect(Set(try words("PACKAGES")).isSuperset(of: named))
  }

  @Test func `the toolchain is of the version that README asks for`() throws {
    let version = try #require(try rows(under: "The toolchain")["Swift"])
    #expect(try file("README.md").contains("Swift \(version) toolchain"))
    #expect(try file("Makefile").contains("Swift \(version) toolchain"))
  }
}
