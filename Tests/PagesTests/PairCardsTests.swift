import Testing

@testable import Pages

struct PairCardsTests {
  private func html(_ caption: String) -> String { PairCards.html(ofCaption: caption).markup }

  @Test func `a caption keeps its line ends and cannot become markup`() {
    #expect(
      html("a <b>\nsecond \"line\"")
        == "<p class=\"caption\" dir=\"auto\">a &lt;b&gt;\nsecond &quot;line&quot;</p>")
    #expect(html(" \n\t") == "<p class=\"caption none\">no caption</p>")
  }

  @Test func `a long caption is folded at the end of a word, whole inside`() {
    let words = (0..<60).map { "word\($0)" }.joined(separator: " ")
    let long = html(words)
    #expect(long.contains("<summary><span class=\"begin\">word0 word1") && long.contains(words))
    let beginning = long.prefix { $0 != "…" }
    #expect(beginning.last?.isNumber == true && beginning.count < 260)
    #expect(html(String(repeating: "字", count: 300)).contains("…"))
    #expect(html(String(repeating: "line\n", count: 9)).hasPrefix("<details"))
    #expect(html(String(repeating: "line\n", count: 5)).hasPrefix("<p"))
    // 180 characters and blanks behind them.
    #expect(html(String(repeating: "a", count: 180) + "  \n").hasPrefix("<p"))
  }
}
