import Fixtures
import Testing

@testable import Runs

struct NumberRangeTests {
  @Test func `whole numbers in a range, and their words`() {
    let range = 1...12
    #expect(range.words == "a whole number from 1 to 12")
    #expect(range.number("12") == 12 && range.number("1") == 1)
    for text in ["0", "13", "-1", "1.5", "", "x", "9223372036854775808", "1e1"] {
      #expect(range.number(text) == nil)
    }
  }

  @Test func `numbers in a range, and their words`() {
    let range = 0...1e12
    #expect(range.words == "a number from 0 to 1000000000000")
    #expect(range.number("0.5") == 0.5 && range.number("1e12") == 1e12)
    for text in ["nan", "inf", "-inf", "1.1e12", "-1e-300", "", "x"] {
      #expect(range.number(text) == nil)
    }
  }

  @Test func `an option out of its range is told with its value`() {
    #expect(problem { try requireCount("--k", nil, in: 1...5) }.isEmpty)
    #expect(problem { try requireCount("--k", 5, in: 1...5) }.isEmpty)
    #expect(
      problem { try requireCount("--k", 9_223_372_036_854_775_807, in: 1...5) }
        == "--k 9223372036854775807: expected a whole number from 1 to 5")
    #expect(problem { try requireNumber("--x", 0.5, in: 0...1) }.isEmpty)
    #expect(
      problem { try requireNumber("--x", .nan, in: 0...1) }
        == "--x nan: expected a number from 0 to 1")
  }
}
