import Testing

@testable import Topology

struct SimplexNumberingTests {
  @Test func `the sets of other vertices are numbered without gaps and read back`() throws {
    let numbering = try SimplexNumbering(
      vertexCount: 7, edgeCount: 21, maximumDimension: 3, prime: 3)
    for count in 1...3 {
      var numbers: [UInt64] = []
      for set in 0..<(1 << 7) where set.nonzeroBitCount == count {
        let others = (0..<Int32(7)).reversed().filter { set >> Int($0) & 1 == 1 }
        let number = numbering.number(rank: 13, others: others[...])
        numbers.append(number)
        #expect(numbering.rank(number, dimension: count + 1) == 13)
        var decoded = [Int32](repeating: 0, count: count)
        numbering.decodeOthers(number, count: count, into: &decoded)
        #expect(decoded == others)
      }
      let first = UInt64(13) << numbering.placeBits[count]
      #expect(numbers.sorted() == (0..<UInt64(numbers.count)).map { first + $0 })
    }
  }

  @Test func `a set has the place of the combinatorial number system`() throws {
    let numbering = try SimplexNumbering(
      vertexCount: 7, edgeCount: 21, maximumDimension: 3, prime: 2)
    // C(5, 3) + C(3, 2) + C(0, 1) = 10 + 3 + 0, in the six bits of C(7, 3) = 35.
    #expect(numbering.number(rank: 2, others: [5, 3, 0]) == 2 << 6 + 13)
  }
}
