import Testing

@testable import SignWriting

@Suite struct TolerantSignTests {
  /// `SignWritingTokenizer().text_to_tokens` of PyPI signwriting 0.1.19.
  @Test(arguments: [
    ("", "M p500 p500"), ("   ", "M p500 p500"),
    ("M<s><s>M<s>p483", "M p500 p500 M p500 p500"),
    ("M530x538S37602508x462S15a1", "M p500 p500 S376 c0 r2 p508 p462"),
    ("M50x500S10000500x500", "M p500 p500 S100 c0 r0 p500 p500"),
    ("M500x500S1000050x500S20000500x499", "M p500 p500 S200 c0 r0 p500 p499"),
    ("S38800464x496", "M p500 p500 S388 c0 r0 p464 p496"),
    (
      "M530x538S37602508x462 S38800464x496",
      "M p500 p500 S376 c0 r2 p508 p462 M p500 p500 S388 c0 r0 p464 p496"
    ),
    (
      "AS10000M530x538S37602508x462S15a11493x494",
      "M p500 p500 S376 c0 r2 p508 p462 S15a c1 r1 p493 p494"
    ),
    (
      "M530x538S37602508x462M519x534S37900497x466",
      "M p500 p500 S376 c0 r2 p508 p462 M p500 p500 S379 c0 r0 p497 p466"
    ),
    (
      "M530x538S37602508x462\tM519x534S37900497x466",
      "M p500 p500 S376 c0 r2 p508 p462 M p500 p500 S379 c0 r0 p497 p466"
    ),
    ("B900x999S37602008x999S4a000500x500", "B p500 p500 S376 c0 r2 p8 p999"),
    ("hello world", "M p500 p500 M p500 p500"),
    (
      "M530x538S37602508x462 A S10000500x500",
      "M p500 p500 S376 c0 r2 p508 p462 M p500 p500 S100 c0 r0 p500 p500"
    ),
    ("xAS10000500x500", "M p500 p500 S100 c0 r0 p500 p500"),
    ("R530x538S15a70493x494S15a5f493x494", "R p500 p500 S15a c5 rf p493 p494"),
    ("M530x538S37602\u{665}\u{660}\u{668}x462", "M p500 p500 S376 c0 r2 p508 p462"),
    (
      "M530x538 S37602508x462  S15a11493x494\n",
      "M p500 p500 M p500 p500 S376 c0 r2 p508 p462 M p500 p500 S15a c1 r1 p493 p494"
    ),
    (
      "S15a11S15a11493x494x494S20e00488x510",
      "M p500 p500 S15a c1 r1 p493 p494 S20e c0 r0 p488 p510"
    ),
  ])
  func `damaged texts as the reference reads them`(text: String, tokens: String) {
    let signs = Sign.signs(tolerating: text)
    #expect(SignToken.tokens(of: signs).map(\.description).joined(separator: " ") == tokens)
  }

  @Test(.enabled(if: SignMint.isThere, SignMint.absence))
  func `a text by the grammar gives its signs`() throws {
    for text in try SignMint.texts() {
      let sign = try Sign(fsw: text)
      #expect(Sign.signs(tolerating: text) == [sign.normalized])
      #expect(Sign.signs(tolerating: sign.swu) == [sign.normalized])
    }
    let all = try SignMint.texts().joined(separator: " ")
    #expect(try Sign.signs(in: all).map(\.normalized) == Sign.signs(tolerating: all))
  }
}
