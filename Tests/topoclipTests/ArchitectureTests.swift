import Fixtures
import Foundation
import Testing

/// The picture of the libraries shows what Package.swift says, and the page beside it has a line for each.
struct ArchitectureTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: Checkout.folder.appending(path: path), encoding: .utf8)
  }

  /// The libraries in Swift and the program, each with those that it names as dependencies.
  private func libraries() throws -> [String: Set<String>] {
    var libraries: [String: Set<String>] = [:]
    for target in try text("Package.swift").split(separator: "\n    .") {
      guard target.hasPrefix("target(") || target.hasPrefix("executableTarget("),
        target.contains("swiftSettings"), !target.contains("path: \"Tests/"),
        let name = target.firstMatch(of: /name: "(\w+)"/)
      else { continue }
      libraries[String(name.1)] = Set(target.matches(of: /"(\w+)"/).map { String($0.1) })
    }
    let names = Set(libraries.keys)
    return libraries.reduce(into: [:]) {
      $0[$1.key] = $1.value.intersection(names.subtracting([$1.key]))
    }
  }

  /// What each reaches by arrows.
  private func reached(_ arrows: [String: Set<String>]) -> [String: Set<String>] {
    func all(_ name: String) -> Set<String> {
      (arrows[name] ?? []).reduce(into: []) { $0.formUnion(all($1).union([$1])) }
    }
    return arrows.reduce(into: [:]) { $0[$1.key] = all($1.key) }
  }

  @Test func `the picture's arrows are the package's, without those that others imply`() throws {
    let picture = try text("Sources/topoclip/topoclip.docc/Resources/architecture.svg")
    var arrows: [String: Set<String>] = [:]
    for box in picture.matches(of: /<text id="(\w+)"/) { arrows[String(box.1)] = [] }
    for arrow in picture.matches(of: /<path id="(\w+)-(\w+)"/) {
      arrows[String(arrow.1), default: []].insert(String(arrow.2))
    }
    let libraries = try libraries()
    #expect(libraries.count > 15)
    #expect(Set(arrows.keys) == Set(libraries.keys))
    let (drawn, real) = (reached(arrows), reached(libraries))
    for name in libraries.keys.sorted() {
      #expect(drawn[name] == real[name], "\(name)")
      let implied = (arrows[name] ?? []).filter { target in
        arrows[name]?.contains { real[$0]?.contains(target) ?? false } ?? false
      }
      #expect(implied.isEmpty, "\(name)")
    }
  }

  @Test func `every library has its line`() throws {
    let page = try text("Sources/topoclip/topoclip.docc/Architecture.md")
    let lines = Set(page.matches(of: /\n\| `(\w+)` \|/).map { String($0.1) })
    #expect(lines.isSuperset(of: try libraries().keys))
  }
}
