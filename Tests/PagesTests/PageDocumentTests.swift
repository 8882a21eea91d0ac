import Foundation
import Testing

@testable import Pages

struct PageDocumentTests {
  private func page(sections: Int, title: String = "T") -> String {
    var page = PageDocument(title: title, styles: "i{color:red}", source: "From <a> & b.")
    for index in 0..<sections {
      page.add("s\(index)", "Part <\(index)>", "<p>\(index)</p>\n")
    }
    page.add("none", "Nothing", "")
    return page.html.markup
  }

  @Test func `nothing may be loaded, and all that a page needs is inside`() {
    let page = page(sections: 2)
    #expect(
      page.contains("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "))
    #expect(page.contains("i{color:red}</style>") && page.contains("--ground: #ffffff"))
    #expect(
      page.contains("function sortTable(table") && page.hasSuffix("</script></body></html>\n"))
    #expect(!page.contains(" src=") && !page.contains("<link") && !page.contains("@import"))
  }

  @Test func `sections have a heading and a link each, empty ones and a single link are left out`()
  {
    let page = page(sections: 2)
    #expect(page.contains("<section id=\"s1\">\n<h2>Part &lt;1&gt;</h2>\n<p>1</p>\n</section>"))
    #expect(page.contains("<li><a href=\"#s0\">Part &lt;0&gt;</a></li>"))
    #expect(!page.contains("Nothing"))
    #expect(!self.page(sections: 1).contains("<nav"))
  }

  @Test func `a folded section shows its heading and its gist`() {
    var page = PageDocument(title: "T", source: "")
    page.add("a", "A & b", "<p>1</p>\n", isFolded: true, gist: "x < y")
    page.add("b", "B", "<p>2</p>\n", isFolded: true)
    let html = page.html.markup
    #expect(
      html.contains(
        "<section id=\"a\" class=\"folded\">\n<details><summary><h2>A &amp; b</h2>"
          + "<span class=\"gist\">x\u{A0}&lt;\u{A0}y</span></summary>\n<p>1</p>\n</details>"))
    #expect(html.contains("<summary><h2>B</h2></summary>"))
    #expect(html.contains("<nav class=\"contents\" aria-label=\"Contents\">"))
    #expect(html.contains("class=\"page wide\"") && !self.page(sections: 1).contains("page wide"))
  }

  @Test func `scripts stand in the order in which one uses another, and paper has a style`() {
    let page = page(sections: 1)
    let places = [
      "function drawThumbnail(", "const PointMarks = {", "class PointMap extends",
      "class LayoutMap {", "function sortTable(",
      "function reveal(",
    ].map { page.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    #expect(page.contains("@media print"))
  }

  @Test func `scripts lose their comments and nothing else`() {
    let script = """
      "use strict";

      /** Of `a`. */
      const a = `x // y`; // kept
      /**
       * Of b.
       *   c();
       */
        // Not kept.
        b(/* kept */);

      """
    #expect(
      PageDocument.bare(script)
        == "\"use strict\";\nconst a = `x // y`; // kept\nb(/* kept */);\n")
  }

  @Test func `title and source are text`() {
    let page = page(sections: 1, title: "</title><script>")
    #expect(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"))
    #expect(page.contains("<h1>&lt;/title&gt;&lt;script&gt;</h1>"))
    #expect(page.contains("Written by topoclip. From &lt;a&gt; &amp; b.</p>"))
  }
}
