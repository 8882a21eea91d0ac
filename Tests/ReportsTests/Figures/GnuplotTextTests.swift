import Testing

@testable import Reports

struct GnuplotTextTests {
  @Test func `what means something in a script is an octal escape`() {
    #expect(GnuplotText.quoted("it's") == #""it\047s""#)
    #expect(
      GnuplotText.quoted(#"a_b^{c} @x `id` \n "q""#)
        == #""a_b^{c} \100x \140id\140 \134n \042q\042""#)
    #expect(GnuplotText.quoted("\"; system('rm')#") == #""\042; system(\047rm\047)\043""#)
  }

  @Test func `text stays on its line`() {
    #expect(GnuplotText.quoted("a\nplot x\r\n\u{2028}b\0\t") == "\"a plot x   b  \"")
    #expect(GnuplotText.quoted("a\u{FFFE}\u{FFFF}b") == "\"a\u{FFFD}\u{FFFD}b\"")
  }

  @Test func `pictographs are squares, signs of text stay`() {
    #expect(GnuplotText.withoutPictographs("🙂 été ° ½ 🎉 字 𝑥") == "□ été ° ½ □ 字 𝑥")
    #expect(GnuplotText.quoted("🙂") == "\"🙂\"")
  }

  @Test func `percent is doubled at ticks alone`() {
    #expect(GnuplotText.quotedTick("50% 'x'") == #""50%% \047x\047""#)
    #expect(GnuplotText.quoted("50%") == #""50%""#)
    let marked = Array("\"%%\u{301}\"".utf8)
    #expect(Array(GnuplotText.quotedTick("%\u{301}").utf8) == marked)
  }

  @Test func `long names end in an ellipsis`() {
    #expect(GnuplotText.shortened("crosshatched", to: 12) == "crosshatched")
    #expect(GnuplotText.shortened("crosshatched", to: 6) == "cross…")
  }
}
