import Fixtures
import Testing

@testable import Runs

struct ConfigurationTreeTests {
  private func problem(_ yaml: String) -> String {
    Fixtures.problem { _ = try ConfigurationTree(yaml: yaml, file: "k.yaml") }
  }

  @Test(arguments: [
    (String(repeating: "[", count: 50_000), "k.yaml: is not valid YAML"),
    (String(repeating: "{a: ", count: 50_000), "k.yaml: is not valid YAML"),
    (String(repeating: "- ", count: 50_000) + "x", "k.yaml: is not valid YAML"),
    (String(repeating: "? ", count: 50_000) + "x", "k.yaml: is not valid YAML"),
    (
      "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
      "k.yaml, line 1: is nested more than 64 deep"
    ),
  ])
  func `deep nesting is refused`(yaml: String, start: String) {
    let told = problem(yaml)
    #expect(told.hasPrefix(start), "\(told.prefix(300))")
  }

  @Test func `aliases of aliases are not unfolded`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...5 {
      let items = Array(repeating: "*a\(level - 1)", count: 6).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(problem(yaml) == "k.yaml: holds more than 100000 values")
  }

  @Test func `aliases of aliases as keys are not unfolded`() {
    var yaml = "a0: &a0 [x, x]\n"
    for level in 1...40 {
      yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    yaml += "b: {? *a40 : 1, ? *a39 : 2}\n"
    #expect(
      problem(yaml) == "k.yaml: has 82 aliases (*name); expected at most 32: write values out")
    #expect(problem("a: &a [x]\nb: *a\nc: {? *a : 1}\n").contains("a key is not a word"))
    #expect(problem("a: &a [x]\nb: *a\nc: 'x * y'\n").isEmpty)
  }

  @Test func `assignments lie over the file`() throws {
    let tree = try ConfigurationTree(yaml: "a: {b: 1}", file: "k.yaml")
    let changed = try tree.setting(["a", "c"], to: "2", place: "--set a.c=2")
    let section = try ConfigurationSection(changed).section("a")
    #expect(section.names == ["b", "c"])
    #expect(
      Fixtures.problem { _ = try tree.setting(["a", "b", "c"], to: "2", place: "--set a.b.c=2") }
        == "--set a.b.c=2: \"c\" would be below a value that has no keys (k.yaml, line 1)")
  }
}
