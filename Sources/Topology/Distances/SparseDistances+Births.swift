/// Components of a graph whose vertices enter one after another.
extension SparseDistances {
  /// The bars of H0: where two components meet, the one that began later ends (the elder rule).
  ///
  /// - Parameters:
  ///   - threshold: The largest value that enters.
  ///   - keepsZeroLength: Whether bars of length zero are wanted.
  /// - Returns: The bars, in the order of their deaths.
  /// - Complexity: O(m log m) for m edges.
  func componentBars(threshold: Float, keepsZeroLength: Bool) -> [FiltrationBar] {
    func birth(_ vertex: Int) -> Float { births.isEmpty ? 0 : births[vertex] }
    var parents = Array(0..<vertexCount)
    func root(_ vertex: Int) -> Int {
      var vertex = vertex
      while parents[vertex] != vertex {
        parents[vertex] = parents[parents[vertex]]
        vertex = parents[vertex]
      }
      return vertex
    }
    var bars: [FiltrationBar] = []
    let ordered = edges.filter { $0.distance <= threshold }.sorted {
      ($0.distance, $0.i, $0.j) < ($1.distance, $1.i, $1.j)
    }
    for edge in ordered {
      let (a, b) = (root(Int(edge.i)), root(Int(edge.j)))
      guard a != b else { continue }
      let (elder, younger) = birth(a) <= birth(b) ? (a, b) : (b, a)
      parents[younger] = elder
      let start = birth(younger)
      if keepsZeroLength || edge.distance > start {
        bars.append(FiltrationBar(dimension: 0, birth: start, death: edge.distance))
      }
    }
    for vertex in 0..<vertexCount where parents[vertex] == vertex && birth(vertex) <= threshold {
      bars.append(FiltrationBar(dimension: 0, birth: birth(vertex), death: .infinity))
    }
    return bars
  }
}
