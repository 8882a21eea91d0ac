import Testing

@testable import Files

struct ClassOrderTests {
  @Test func `names that are all whole numbers stand by number`() {
    #expect((0..<12).map(String.init).reversed().inClassOrder == (0..<12).map(String.init))
    #expect(["10", "9", "-1", "-10", "0", "9"].inClassOrder == ["-10", "-1", "0", "9", "10"])
    // Larger than any integer of the machine.
    let large = "123456789012345678901234567890"
    #expect([large, "3"].inClassOrder == ["3", large])
  }

  @Test func `numbers of one width stand as they do as texts`() {
    let padded = (0..<12).map { $0 < 10 ? "0\($0)" : "\($0)" }
    #expect(padded.reversed().inClassOrder == padded && padded.sorted() == padded)
    #expect(["007", "7", "07", "8"].inClassOrder == ["007", "07", "7", "8"])
    #expect(["0", "-0", "00"].inClassOrder == ["-0", "0", "00"])
  }

  @Test(arguments: [
    ["10", "9", "a"], ["10", "9.5"], ["10", "9", ""], ["10", "--9"], ["10", "9-"], ["10", "٣"],
    ["1e3", "200"],
  ])
  func `other names stand as texts`(_ names: [String]) {
    #expect(names.inClassOrder == names.sorted())
  }

  @Test func `each name stands once, and no name is none`() {
    #expect(["b", "a", "b"].inClassOrder == ["a", "b"])
    #expect([String]().inClassOrder.isEmpty)
  }
}
