import Testing

@testable import Topology

struct SymmetricBitsTests {
  @Test func `edges are in the set both ways until they are flipped or all removed`() throws {
    let set = try SymmetricBits(matching: SquareDistances(count: 130))
    set.insert(129, 3)
    #expect(set.contains(129, 3) && set.contains(3, 129) && !set.contains(128, 3))
    #expect(set.flip(64, 63) && set.contains(63, 64))
    #expect(!set.flip(3, 129) && !set.contains(129, 3))
    set.removeAll()
    #expect(set.nonzeroWords().isEmpty && !set.contains(64, 63))
  }

  @Test func `sets are added over Z2 and cut by their words, an edge once`() throws {
    let distances = try SquareDistances(count: 130)
    let (a, b) = (try SymmetricBits(matching: distances), try SymmetricBits(matching: distances))
    for (i, j) in [(1, 0), (129, 64), (70, 2)] { a.insert(i, j) }
    for (i, j) in [(1, 0), (129, 65)] { b.insert(i, j) }
    #expect(a.edges(in: b.nonzeroWords()) == [VertexPair(1, 0)])
    a.add(b.nonzeroWords())
    let edges = a.nonzeroWords().flatMap(\.edges).map { pair in pair.i * 1000 + pair.j }
    #expect(edges.sorted() == [70_002, 129_064, 129_065])
  }
}
