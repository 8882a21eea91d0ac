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

  private func section(_ yaml: String) throws -> ConfigurationSection {
    try ConfigurationSection(ConfigurationTree(yaml: yaml, file: "k.yaml"))
  }

  /// Regression: `<<` was an unknown setting, told with the line of what it stands for.
  @Test func `a merge key takes the keys of another mapping, its own first`() throws {
    let yaml = """
      base: &b
        path: img/base
        split: test
      more: &m {split: val, limit: 3}
      dataset:
        <<: *b
        limit: 5
      other:
        <<: [*m, *b]
      nested:
        <<: {<<: *m, path: own}
      model: builtin
      """
    let root = try section(yaml)
    let dataset = try root.section("dataset")
    #expect(dataset.names == ["limit", "path", "split"])
    #expect(dataset.text("path") == "img/base" && dataset.text("limit") == "5")
    let other = try root.section("other")
    #expect(other.text("split") == "val" && other.text("path") == "img/base")
    let nested = try root.section("nested")
    #expect(nested.text("path") == "own" && nested.text("limit") == "3")
    #expect(root.text("model") == "builtin")
    // Mappings that only have a name for use elsewhere are no settings.
    _ = try root.optional("model", expected: "") { $0 }
    try root.finish()
  }

  @Test func `a name for nothing that is used, and what cannot be merged, are refused`() throws {
    let unused = try section("base: &b {path: x}\nmodel: m\n")
    _ = unused.text("model")
    #expect(
      Fixtures.problem { try unused.finish() }.contains("line 1: there is no setting base"))
    #expect(
      problem("a: 1\nb:\n  <<: 5\n")
        == "k.yaml, line 3: << merges the keys of a mapping, such as *name, or of a list of mappings; "
        + "found another value")
    #expect(problem("m: &m {x: 1}\nb:\n  <<: [*m, 5]\n").contains("k.yaml, line 3: << merges"))
    #expect(try section("b: {'<<': 5}\n").section("b").names == ["<<"])
  }

  @Test func `a value has the line of its key, also where an alias stands for it`() throws {
    let yaml = """
      list: &l
        - a
        - b
      map: &m
        inner: 1
      first: *l
      second:
        third: *m
      fourth: [x,
        *l]
      """
    let root = try section(yaml)
    for (key, line) in [("first", 6), ("fourth", 9), ("list", 1)] {
      #expect("\(root.error(key, "x"))".hasPrefix("k.yaml, line \(line): \(key): x"))
    }
    let second = try root.section("second")
    #expect("\(second.error("third", "x"))".hasPrefix("k.yaml, line 8: second.third"))
    let third = try second.section("third")
    #expect("\(third.error("inner", "x"))".hasPrefix("k.yaml, line 5: second.third.inner"))
  }

  /// Regression: a key that only groups names was an unknown setting.
  @Test func `names below a key are names where all of them are used`() throws {
    let used = try section(
      "defaults: {noise: &n {seeds: 1}, sets: [&d {limit: 3}]}\nnoise: *n\ndataset: *d\n")
    #expect(try used.section("noise").text("seeds") == "1")
    #expect(try used.section("dataset").text("limit") == "3")
    try used.finish()
    for rest in ["{noise: &n {seeds: 1}, limit: 3}", "{noise: &n {seeds: 1}, other: {}}"] {
      let root = try section("defaults: \(rest)\nnoise: *n\n")
      _ = try root.section("noise")
      #expect(
        Fixtures.problem { try root.finish() }.contains("line 1: there is no setting defaults"))
    }
  }
}
