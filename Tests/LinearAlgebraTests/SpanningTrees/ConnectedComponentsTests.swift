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

  @Test func `the smaller component ends`() {
    var components = ConnectedComponents(vertexCount: 3)
    let first = components.merge(0, 1)
    let second = components.merge(2, 0)
    let third = components.merge(0, 2)
    #expect(Set([first?.survivor, first?.ended]) == [0, 1])
    #expect(second?.survivor == first?.survivor && second?.ended == 2)
    #expect(third?.survivor == nil)
  }
}
