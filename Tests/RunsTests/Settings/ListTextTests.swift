import Testing

@testable import Runs

struct ListTextTests {
  @Test(arguments: [
    ("a,b", ["a", "b"]), ("a", ["a"]), (" a , b ", ["a", "b"]), ("a,,b", ["a", "", "b"]),
    ("a,", ["a", ""]), ("", [""]),
    (#""tench, Tinca tinca",banded"#, ["tench, Tinca tinca", "banded"]),
    (#"b , "a, ""x""" ,c"#, ["b", #"a, "x""#, "c"]), (#""""#, [""]), (#"" a ""#, [" a "]),
    // Quotes that stand elsewhere, or do not end, are letters.
    (#"O"B,c"#, [#"O"B"#, "c"]), (#""a,b"#, [#""a"#, "b"]), (#""a"b,c"#, [#""a"b"#, "c"]),
  ])
  func `a line holds names`(line: String, names: [String]) {
    #expect(ListText.names(line) == names)
  }

  @Test(arguments: [
    ["banded", "dotted"], ["tench, Tinca tinca"], [" blank", "end "], [#""quoted""#, #"mid"dle"#],
    ["", "a"], [#"","#, ","], ["שלום", "é,e"],
  ])
  func `names survive their line`(names: [String]) {
    #expect(ListText.names(ListText.text(names)) == names)
  }

  @Test func `plain names stand as they are`() {
    #expect(ListText.text(["banded", "polka-dotted", "'til"]) == "banded,polka-dotted,'til")
  }

  @Test func `a setting reads and tells the same list`() throws {
    let tree = ConfigurationTree.mapping(
      [
        "scalar": .scalar(#""a, b",c"#, place: "here"),
        "list": .list(["a, b", "c"].map { .scalar($0, place: "here") }, place: "here"),
      ], place: "here")
    let section = try ConfigurationSection(tree)
    for key in ["scalar", "list"] {
      #expect(try section.list(key, expected: "names") { $0 } == ["a, b", "c"])
      #expect(section.text(key) == #""a, b",c"#)
    }
  }
}
