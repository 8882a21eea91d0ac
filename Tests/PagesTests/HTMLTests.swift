import Testing

@testable import Pages

struct HTMLTests {
  private static let attack = "<a href=\"x\" title='y'>&amp;</a>"
  private static let escaped =
    "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;"

  @Test func `every character that means something is replaced, and no other`() {
    #expect(("\(Self.attack)" as HTML).markup == Self.escaped)
    let harmless = "größe 漢字 σ\n\t👩‍🔬"
    #expect(("\(harmless)" as HTML).markup == harmless)
    // Beside one that is replaced, the rest is copied too.
    #expect(("\(harmless + "<")" as HTML).markup == harmless + "&lt;")
    let controls = "a\u{0}b\u{1B}c\u{7F}\r\n"
    #expect(("\(controls)" as HTML).markup == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}\n")
  }

  @Test func `text of any type is escaped, and numbers are as they describe themselves`() {
    let slice = Self.attack.dropFirst(0)
    let character: Character = "<"
    #expect(("\(slice)|\(character)" as HTML).markup == "\(Self.escaped)|&lt;")
    #expect(
      ("\(-3) \(UInt64.max) \(0.5) \(Float.infinity)" as HTML).markup
        == "-3 18446744073709551615 0.5 inf")
  }

  @Test(arguments: [true, false])
  func `a literal inside an interpolation is text, unless it is asked to be markup`(isWide: Bool) {
    let text: HTML = "<p\(isWide ? " class=\"wide\"" : "")>"
    #expect(text.markup == (isWide ? "<p class=&quot;wide&quot;>" : "<p>"))
    let markup: HTML = "<p\(" class=\"wide\"", if: isWide)>"
    #expect(markup.markup == (isWide ? "<p class=\"wide\">" : "<p>"))
  }

  @Test func `markup is inserted as it is, once and again`() {
    let cell: HTML = "<td title=\"\(Self.attack)\">\(1)</td>"
    #expect(cell.markup == "<td title=\"\(Self.escaped)\">1</td>")
    let row: HTML = "<tr>\(cell)\(cell)</tr>"
    #expect(row.markup == "<tr>" + cell.markup + cell.markup + "</tr>")
    var table = "<table>" + row
    table += "</table>"
    #expect(table.markup == "<table>" + row.markup + "</table>" && !table.isEmpty)
  }

  @Test func `pieces are joined with markup between them`() {
    let pieces = ["a", "<", "b"].map { text -> HTML in "<i>\(text)</i>" }
    #expect(pieces.joined().markup == "<i>a</i><i>&lt;</i><i>b</i>")
    #expect(pieces.joined(separator: "<br>").markup == "<i>a</i><br><i>&lt;</i><br><i>b</i>")
    #expect(
      [HTML]().joined(separator: "<br>").isEmpty && pieces[..<1].joined(separator: "-") == pieces[0]
    )
    // An empty piece is one nonetheless.
    #expect((["", "", ""] as [HTML]).joined(separator: "-").markup == "--")
  }

  @Test func `JSON in a script cannot end it`() {
    let json = HTML.scriptJSON("[\"</script><!--<script>&\u{2028}\"]")
    #expect(
      json.markup == "[\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\\u2028\"]")
  }

  @Test func `nor when a sign that joins what follows stands before each of its characters`() {
    let json = HTML.scriptJSON("[\"\u{600}</script \u{600}>\u{600}<!--\u{600}&\"]")
    #expect(!json.markup.utf8.contains { "<>&".utf8.contains($0) })
    let escaped = "\u{600}\\u003c/script \u{600}\\u003e"
    #expect(json.markup.contains(escaped))
  }

  @Test func `identifiers hold letters, digits and hyphens`() {
    #expect(HTML.identifier("diagram-all-0.5 σ\"") == "diagram-all-0-5---")
  }

  @Test func `no line is broken inside a number`() {
    #expect(
      HTML.unbroken("4 % at σ = 2, p < 0.01") == "4\u{A0}% at σ\u{A0}=\u{A0}2, p\u{A0}<\u{A0}0.01")
  }

  @Test func `paragraphs and lists hold text`() {
    #expect(HTML.paragraph("p < 1 & q").markup == "<p>p\u{A0}&lt;\u{A0}1 &amp; q</p>\n")
    #expect(HTML.paragraph("a", class: "n\"").markup == "<p class=\"n&quot;\">a</p>\n")
    #expect(HTML.list(["a", "<b>"]).markup == "<ul><li>a</li>\n<li>&lt;b&gt;</li>\n</ul>")
  }

  @Test func `a fold of nothing is nothing`() {
    #expect(HTML.fold(summary: "more", "").isEmpty)
    #expect(
      HTML.fold("f", summary: "more", "<p></p>", class: "screen", isOpen: true).markup
        == "<details id=\"f\" class=\"screen\" open><summary>more</summary>\n<p></p></details>\n")
  }
}
