import LinearAlgebra

/// The bars of H0 and the minimum spanning forest whose edges end them.
struct RankedForest: Sendable {
  private(set) var bars: [FiltrationBar] = []
  private var words: [UInt64]

  /// Kruskal's algorithm (doi:10.1090/S0002-9939-1956-0078686-7) in the strict order of the edges.
  init(_ graph: RankedGraph, options: CohomologyEngine.Options) {
    words = [UInt64](repeating: 0, count: graph.edgeCount / 64 + 1)
    let n = graph.vertexCount
    var components = ConnectedComponents(vertexCount: n)
    var members: [[Int32]] = options.withRepresentatives ? graph.originals.map { [$0] } : []
    for rank in 0..<graph.edgeCount {
      let (a, b) = (Int(graph.heads[rank]), Int(graph.tails[rank]))
      let roots = (components.root(of: a), components.root(of: b))
      guard components.join(a, b) else { continue }
      words[rank >> 6] |= 1 << UInt64(rank & 63)
      var cocycle: [Int32] = []
      if options.withRepresentatives {
        let survivor = components.root(of: a)
        let dying = survivor == roots.0 ? roots.1 : roots.0
        cocycle = members[dying]
        members[dying] = []
        members[survivor].append(contentsOf: cocycle)
      }
      let death = graph.values[rank]
      if death > 0 || options.keepsZeroLength {
        bars.append(
          Self.bar(death: death, cocycle: options.withRepresentatives && death > 0 ? cocycle : nil))
      }
    }
    for v in 0..<n where components.root(of: v) == v {
      bars.append(
        Self.bar(death: .infinity, cocycle: options.withRepresentatives ? members[v] : nil))
    }
  }

  /// Whether the edge of that rank ends a component.
  func contains(_ rank: Int) -> Bool { words[rank >> 6] >> UInt64(rank & 63) & 1 == 1 }

  private static func bar(death: Float, cocycle: [Int32]?) -> FiltrationBar {
    var bar = FiltrationBar(dimension: 0, birth: 0, death: death)
    if let cocycle {
      bar.representative = Representative(
        cocycle: Chain(
          simplices: cocycle.sorted().map { [Int($0)] },
          coefficients: [Int](repeating: 1, count: cocycle.count)),
        cycle: nil)
    }
    return bar
  }
}
