import LinearAlgebra
import Testing

@Suite struct ConnectedComponentsTests {
  @Test func `joining twice changes nothing the second time`() {
    var components = ConnectedComponents(vertexCount: 5)
    let joined = [(0, 1), (2, 3), (1, 3), (0, 2)].map { components.join($0, $1) }
    #expect(joined == [true, true, true, false])
    let roots = (0..<5).map { components.root(of: $0) }
    #expect(Set(roots[0..<4]).count == 1)
    #expect(roots[4] == 4)
  }

  @Test func `the smaller component ends`() throws {
    var components = ConnectedComponents(vertexCount: 3)
    let join = components.merge(0, 1)
    let first = try #require(join)
    #expect(Set([first.survivor, first.ended]) == [0, 1])
    let next = components.merge(2, first.ended)
    let second = try #require(next)
    #expect(second.survivor == first.survivor && second.ended == 2)
    let none = components.merge(0, 2)
    #expect(none == nil)
  }
}
