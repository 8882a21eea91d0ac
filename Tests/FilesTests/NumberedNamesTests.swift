import Testing

@testable import Files

struct NumberedNamesTests {
  @Test(arguments: [
    ("3", "3"), ("3.0", "3"), ("3.", "3"), ("3.000", "3"), ("999.0", "999"), ("-1.0", "-1"),
    ("-0.0", "0"), ("00.0", "00"), ("3.000000000000000000e+00", "3"), ("1.20e+02", "120"),
    ("12345678901234567890.0", "12345678901234567890"),
  ])
  func `a whole number with a point is the number`(_ text: String, _ number: String) {
    #expect(text.wholeNumberText == number)
  }

  @Test(arguments: [
    "", ".", ".0", "-", "1.5", "1e3", "a", "3.0a", "3.0.0", "3,0", "1.5e0", "1.0e400", "nan", "inf",
    "0x10.0", "3.0\u{301}", "٣.0", " 3.0", "1.0e16",
  ])
  func `other texts are none`(_ text: String) { #expect(text.wholeNumberText == nil) }

  @Test func `a column of whole numbers is taken as such, and that is said`() {
    let names = NumberedNames(["0.0", "", "1.0", "0.0"])
    #expect(names.names == ["0", "", "1", "0"])
    #expect(
      names.remark("f.csv", "classes")
        == "f.csv: classes such as \"0.0\" are whole numbers and are taken as such, \"0\"")
    #expect(NumberedNames(["0", "1.0"]).names == ["0", "1"])
  }

  @Test(arguments: [["1.0", "1.5", "2.0"], ["1.0", "b"], ["0", "1"], ["a", "b"], [], ["", ""]])
  func `any other column stays as it is`(_ column: [String]) {
    let names = NumberedNames(column)
    #expect(names.names == column && names.remark("f", "classes") == nil)
  }

  @Test func `among known names the one of the same number is meant`() {
    let known = ["0", "1", "b"]
    let names = NumberedNames(["0.0", "1", "b", "2.0"], among: known)
    #expect(names.names == ["0", "1", "b", "2.0"] && names.rewritten?.from == "0.0")
    #expect(NumberedNames(["0", "1"], among: ["0.0", "1.0"]).names == ["0.0", "1.0"])
    #expect(NumberedNames(["1.0"], among: ["1", "1.0"]).rewritten == nil)
    // Two that could be meant are none.
    #expect(NumberedNames(["1.0"], among: ["1", "1.00"]).names == ["1.0"])
  }

  @Test func `whole numbers are read with a point and without`() {
    #expect(Int(wholeNumber: "3") == 3 && Int(wholeNumber: "3.0") == 3)
    #expect(Int(wholeNumber: "-3.0") == -3 && Int(wholeNumber: "+3") == 3)
    #expect(Int(wholeNumber: "3.5") == nil && Int(wholeNumber: "12345678901234567890.0") == nil)
  }
}
