import Testing

@testable import Reports

struct HTMLTests {
  @Test func everyCharacterThatMeansSomethingIsReplaced() {
    #expect(
      HTML.escaped("<a href=\"x\" title='y'>&amp;</a>")
        == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;")
    #expect(HTML.escaped("größe 漢字 σ\n\t") == "größe 漢字 σ\n\t")
    #expect(HTML.escaped("a\u{0}b\u{1B}c") == "a\u{FFFD}b\u{FFFD}c")
  }

  @Test func jsonInAScriptCannotEndIt() {
    let json = HTML.scriptJSON("[\"</script><!--<script>&\u{2028}\"]")
    #expect(json == "[\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\\u2028\"]")
  }

  @Test func identifiersHoldLettersDigitsAndHyphens() {
    #expect(HTML.identifier("diagram-all-0.5 σ\"") == "diagram-all-0-5---")
  }

  @Test func noLineIsBrokenInsideANumber() {
    #expect(
      HTML.unbroken("4 % at σ = 2, p < 0.01") == "4\u{A0}% at σ\u{A0}=\u{A0}2, p\u{A0}<\u{A0}0.01")
  }
}
