import Testing

@testable import Files

struct LegibleTests {
  @Test func `a page stays as it is`() {
    let page = String(repeating: "é", count: 2048)
    #expect(page.legible == page && "".legible.isEmpty)
  }

  @Test func `of more the beginning and the end stay, and how much is between`() {
    let text = "a.csv: line 3: " + String(repeating: "x", count: 80_000) + "; expected a number"
    let shown = text.legible
    #expect(shown.hasPrefix("a.csv: line 3: xx") && shown.hasSuffix("xx; expected a number"))
    #expect(shown.contains("x… (76280 bytes more) …x"))
    #expect(shown.utf8.count < 4096)
  }

  @Test func `no character of several bytes is cut in two`() {
    for start in 0..<4 {
      let text = String(repeating: "a", count: start) + String(repeating: "🙂", count: 5000)
      #expect(!text.legible.unicodeScalars.contains("\u{FFFD}"))
      #expect(text.legible.utf8.count < 4200)
    }
  }

  @Test func `errors are legible, whatever they quote, and a path is whole`() {
    let long = String(repeating: "{a: ", count: 20_000)
    let path = "/" + String(repeating: "b", count: 4000)
    let error = FileError(path, "line 1: found \(long), expected a number")
    #expect(error.problem.utf8.count > 80_000, "what was found is known to the program")
    #expect(error.description.hasPrefix(path + ": line 1: found {a: "))
    #expect(error.description.hasSuffix(", expected a number"))
    #expect(error.description.utf8.count < 10_000)
  }
}
