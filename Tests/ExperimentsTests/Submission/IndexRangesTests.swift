import Testing

@testable import Experiments

struct IndexRangesTests {
  @Test func `indices are written as runs`() {
    #expect(IndexRanges([3, 7, 12, 13, 14, 15]).description == "3,7,12-15")
    #expect(IndexRanges([15, 3, 13, 7, 14, 12, 7]).description == "3,7,12-15")
    #expect(IndexRanges([0, 1]).description == "0-1")
    #expect(IndexRanges([]).description.isEmpty)
    #expect(IndexRanges(0..<7).description == "0-6")
  }

  @Test(arguments: [
    ("", ""), ("3,7,12-15", "3,7,12-15"), ("12-15,7,3", "3,7,12-15"), ("0-3,2-5,6", "0-6"),
    ("0-9,2-3", "0-9"), ("007", "7"), ("4-4", "4"),
  ])
  func `a text is read in any order, overlaps joined`(text: String, shortest: String) throws {
    let ranges = try #require(IndexRanges(text, below: 16))
    #expect(ranges.description == shortest)
    #expect(IndexRanges(shortest, below: 16) == ranges)
  }

  @Test(arguments: [
    ",", "1,", ",1", "1,,2", "-1", "1-", "5-3", "a", "1 ,2", " 1", "+1", "1-2-3", "0-15:4", "1%2",
    "١", "16", "3,0-16", "99999999999999999999", "1-99999999999999999999",
  ])
  func `another text, or an index past the bound, is refused`(text: String) {
    #expect(IndexRanges(text, below: 16) == nil)
  }

  @Test func `a long range costs no memory`() throws {
    let ranges = try #require(IndexRanges("0-\(Int.max - 2),5", below: Int.max))
    #expect(ranges.description == "0-\(Int.max - 2)")
    #expect(ranges.count == Int.max - 1)
  }

  @Test func `what is written is read again`() throws {
    var state: UInt64 = 1
    for _ in 0..<200 {
      var chosen: Set<Int> = []
      for index in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        if state >> 63 == 1 { chosen.insert(index) }
      }
      let ranges = IndexRanges(chosen)
      #expect(ranges.indices == chosen.sorted())
      #expect(ranges.count == chosen.count)
      #expect(IndexRanges(ranges.description, below: 40) == ranges)
    }
  }
}
