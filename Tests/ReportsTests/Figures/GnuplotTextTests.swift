import Testing

@testable import Reports

struct GnuplotTextTests {
  @Test func `quotes are doubled and nothing else is special`() {
    #expect(GnuplotText.quoted("it's") == "'it''s'")
    #expect(GnuplotText.quoted("a_b^{c} @x `id` \\n \"q\"") == "'a_b^{c} @x `id` \\n \"q\"'")
    #expect(GnuplotText.quoted("'; system('rm')#") == "'''; system(''rm'')#'")
  }

  @Test func `text stays on its line`() {
    #expect(GnuplotText.quoted("a\nplot x\r\n\u{2028}b\0\t") == "'a plot x   b  '")
  }

  @Test func `percent is doubled at ticks alone`() {
    #expect(GnuplotText.quotedTick("50% 'x'") == "'50%% ''x'''")
    #expect(GnuplotText.quoted("50%") == "'50%'")
  }

  @Test func `long names end in an ellipsis`() {
    #expect(GnuplotText.shortened("crosshatched", to: 12) == "crosshatched")
    #expect(GnuplotText.shortened("crosshatched", to: 6) == "cross…")
  }
}
