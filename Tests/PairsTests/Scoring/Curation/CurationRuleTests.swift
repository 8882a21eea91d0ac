import Runs
import Testing

@testable import Pairs

struct CurationRuleTests {
  @Test func `options say a rule`() throws {
    #expect(try CurationRule(keepTop: nil, minimumScore: nil, keepBy: nil) == nil)
    let third = try #require(try CurationRule(keepTop: "30%", minimumScore: nil, keepBy: nil))
    #expect(third.top == .share(numerator: 30, denominator: 100) && third.measure == .score)
    let some = try #require(
      try CurationRule(keepTop: "2.25%", minimumScore: 25, keepBy: "negcliploss"))
    #expect(some.top == .share(numerator: 225, denominator: 10_000))
    #expect(some.minimumScore == 25 && some.measure == .negCLIPLoss)
    let count = try CurationRule(keepTop: "12", minimumScore: nil, keepBy: "score")
    #expect(count?.top == .count(12))
    #expect(
      try CurationRule(keepTop: "100%", minimumScore: nil, keepBy: nil)?.top
        == .share(numerator: 100, denominator: 100))
  }

  @Test(arguments: [
    "0%", "0.000%", "100.1%", "-5%", "30 %", "%", ".%", "nan%", "NaN", "0", "-3", "1.5", "1e3%",
    "0.3", "", "1.2.3%", "0.0000000001%", "99999999999999999999%", "1000000001", "٣%", "+5%",
  ])
  func `what is no part is refused`(text: String) {
    #expect(throws: OptionError.self) {
      try CurationRule(keepTop: text, minimumScore: nil, keepBy: nil)
    }
  }

  @Test func `other options that are wrong are named`() {
    for score in [Double.nan, .infinity, 100.5, -101] {
      #expect(throws: OptionError.self) {
        try CurationRule(keepTop: nil, minimumScore: score, keepBy: nil)
      }
    }
    let other = #expect(throws: OptionError.self) {
      try CurationRule(keepTop: "3", minimumScore: nil, keepBy: "cosine")
    }
    #expect(other?.description == "--keep-by cosine: expected score or negcliploss")
    #expect(throws: OptionError.self) {
      try CurationRule(keepTop: nil, minimumScore: 20, keepBy: "score")
    }
  }
}
