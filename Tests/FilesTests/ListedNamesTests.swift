import Testing

@testable import Files

struct ListedNamesTests {
  @Test func `a few names are told, of a million the first sixty`() {
    #expect(["a", "b c"].listed == "a, b c")
    #expect([String]().listed.isEmpty)
    let names = (0..<1_000_000).map { "\($0)" }
    #expect(names.listed == (0..<60).map { "\($0)" }.joined(separator: ", ") + " and 999940 more")
    #expect([String(repeating: "x", count: 1000)].listed == String(repeating: "x", count: 80) + "…")
  }
}
