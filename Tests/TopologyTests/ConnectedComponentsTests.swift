import Testing

@testable import Topology

@Suite struct ConnectedComponentsTests {
  @Test func `joining twice changes nothing the second time`() {
    var components = ConnectedComponents(vertexCount: 5)
    #expect(components.join(0, 1))
    #expect(components.join(2, 3))
    #expect(components.join(1, 3))
    #expect(!components.join(0, 2))
    #expect(components.root(of: 0) == components.root(of: 3))
    #expect(components.root(of: 4) == 4)
  }
}
