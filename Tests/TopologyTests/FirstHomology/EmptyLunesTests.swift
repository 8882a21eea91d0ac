import LinearAlgebra
import Testing

@testable import Topology

struct EmptyLunesTests {
  /// Few different lengths make many ties, many make none.
  @Test(arguments: [2, 5, 1_000_000])
  func `the edges are those by the definition`(lengths: UInt64) throws {
    var random = SplitMix(seed: lengths)
    for count in [0, 1, 2, 3, 17, 40] {
      let distances = try SquareDistances(
        lowerTriangle: (0..<count * (count - 1) / 2).map { _ in Float(random.next() % lengths + 1)
        },
        count: count, workers: 1)
      let threshold = Float(lengths) * 0.8
      let bits = Int32(bitPattern: threshold.bitPattern)
      var expected: [OrderedEdge] = []
      for i in 0..<count {
        for j in 0..<i {
          let edge = distances.edge(i, j)
          let isEmpty = !(0..<count).contains { w in
            w != i && w != j && distances.edge(i, w) < edge && distances.edge(j, w) < edge
          }
          if isEmpty && edge.length <= threshold { expected.append(edge) }
        }
      }
      let edges = try EmptyLunes.edges(
        of: distances, threshold: bits, workers: 2, control: ComputationControl())
      #expect(edges == expected.sorted())
    }
  }
}
