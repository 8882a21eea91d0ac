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
      names.remarks("f.csv", "classes")
        == ["f.csv: classes such as \"0.0\" are whole numbers and are taken as such, \"0\""])
    #expect(NumberedNames(["0", "1.0"]).names == ["0", "1"])
  }

  @Test(arguments: [["1.0", "1.5", "2.0"], ["1.0", "b"], ["0", "1"], ["a", "b"], [], ["", ""]])
  func `any other column stays as it is`(_ column: [String]) {
    let names = NumberedNames(column)
    #expect(names.names == column && names.remarks("f", "classes").isEmpty)
  }

  /// As pandas writes a missing one with `na_rep`, R and databases of themselves.
  @Test(arguments: [
    "NaN", "nan", "-nan", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaT", "NULL", "null",
  ])
  func `a word for a missing name is as an empty field, and that is said`(_ word: String) {
    let names = NumberedNames(["0.0", word, "1.0", word])
    #expect(names.names == ["0", "", "1", ""] && names.missing == [word, word])
    #expect(
      names.remarks("f.csv", "labels")[1]
        == "f.csv: 2 fields such as \"\(word)\" in place of labels are taken for missing, as an empty one is"
    )
    #expect(NumberedNames([word, "b"]).names == ["", "b"])
    #expect(NumberedNames([word]).names == [""])
    // A list that has the word as a name means the name.
    #expect(NumberedNames([word, "b"], among: ["b", word]).names == [word, "b"])
  }

  @Test func `None is missing beside numbers and a name beside names`() {
    #expect(NumberedNames(["1.0", "None", ""]).names == ["1", "", ""])
    #expect(NumberedNames(["1.5", "None", "nan"]).names == ["1.5", "", ""])
    #expect(NumberedNames(["dotted", "None"]).names == ["dotted", "None"])
    #expect(NumberedNames(["None"]).names == ["None"])
    #expect(NumberedNames(["Nan", "none", "na", "Null"]).names == ["Nan", "none", "na", "Null"])
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
