import Testing

@testable import Explorer

struct NaturalOrderTests {
  @Test func `numbers in names count as numbers`() {
    let names = [
      "a10", "b", "a2", "a", "10", "9", "a2b", "a02", "", "a99999999999999999999999", "1.5", "1.10",
    ]
    #expect(
      names.sorted(by: NaturalOrder.precedes)
        == [
          "", "1.5", "1.10", "9", "10", "a", "a02", "a2", "a2b", "a10", "a99999999999999999999999",
          "b",
        ])
  }

  @Test func `the order is strict and total`() {
    let names = [
      "a", "a0", "a00", "a1", "a01", "a1b", "ab", "0", "00", "é", "e\u{301}", "B", "a-1", "a 1",
    ]
    for a in names {
      #expect(!NaturalOrder.precedes(a, a))
      for b in names where !a.utf8.elementsEqual(b.utf8) {
        #expect(NaturalOrder.precedes(a, b) != NaturalOrder.precedes(b, a))
        for c in names where NaturalOrder.precedes(a, b) && NaturalOrder.precedes(b, c) {
          #expect(NaturalOrder.precedes(a, c))
        }
      }
    }
  }
}
