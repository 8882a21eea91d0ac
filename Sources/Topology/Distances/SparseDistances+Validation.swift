extension SparseDistances {
  /// What a vertex takes at most, alone as it may be: measured, with its bar and the line of it.
  private static let vertexSize = 160

  /// Refuses distances that single precision does not tell apart.
  ///
  /// - Parameter triples: Pairs with their distances, as they are given.
  /// - Throws: `TopologyError.invalid` where the largest is above 0 and below float32's least normal number.
  /// - Complexity: O(m) for m rows.
  public static func requireSinglePrecision(_ triples: [(Int, Int, Double)]) throws {
    let largest = triples.reduce(0) { max($0, $1.2) }
    if largest > 0, largest < Double(Float.leastNormalMagnitude) {
      throw SquareDistances.belowSinglePrecision(largest)
    }
  }

  /// A graph from rows of data: two vertices and their distance.
  ///
  /// - Parameters:
  ///   - triples: Pairs with their distances, in either order; a pair may stand in both orders with the same
  ///     distance, as in a symmetric matrix. A vertex with itself has the value at which it enters, 0 unless
  ///     given.
  ///   - vertexCount: The number of vertices; nil for the largest index + 1.
  ///   - place: How to name a row in messages, from its index.
  /// - Throws: `TopologyError.invalid` naming the row of a distance that is negative, not finite or beyond
  ///   float32, of a vertex that is out of range, of a pair that was given before in the same order or with
  ///   another distance, or of a pair that enters before one of its vertices.
  /// - Complexity: O(m log m) for m rows, whatever the indices.
  public init(
    validating triples: [(Int, Int, Double)], vertexCount: Int? = nil,
    place: (Int) -> String = { "row \($0)" }
  ) throws {
    let limit = Int(Int32.max)  // so that a count of vertices fits into 32 bits, too
    if let vertexCount, !(0...limit).contains(vertexCount) {
      throw TopologyError.invalid(
        "\(vertexCount) vertices are not possible; expected 0 to \(limit)")
    }
    var rows: [(edge: Edge, row: Int)] = []
    rows.reserveCapacity(triples.count)
    var births: [Int: (value: Float, row: Int)] = [:]
    var largest = -1
    for (row, (a, b, distance)) in triples.enumerated() {
      func failure(_ problem: String) -> TopologyError {
        .invalid("\(place(row)): pair \(a), \(b) \(problem)")
      }
      guard min(a, b) >= 0, max(a, b) < vertexCount ?? limit else {
        throw failure(
          "has a vertex out of range; expected whole numbers from 0 to "
            + "\((vertexCount ?? limit) - 1)")
      }
      largest = max(largest, a, b)
      let rounded = Float(distance)
      guard distance >= 0, rounded.isFinite else {
        throw failure(
          "has the distance \(distance); expected a finite number, not negative, below 3.4e38. "
            + "Leave out pairs that never enter")
      }
      if a == b {
        if let earlier = births.updateValue((rounded == 0 ? 0 : rounded, row), forKey: a) {
          throw failure("was already given in \(place(earlier.row)); each vertex enters once")
        }
        continue
      }
      rows.append((Edge(a, b, rounded == 0 ? 0 : rounded), row))
    }
    rows.sort { ($0.edge.i, $0.edge.j, $0.row) < ($1.edge.i, $1.edge.j, $1.row) }
    var edges: [Edge] = []
    edges.reserveCapacity(rows.count)
    for (number, entry) in rows.enumerated() {
      let edge = entry.edge
      let earlier = number > 0 ? rows[number - 1] : nil
      guard let earlier, earlier.edge.i == edge.i, earlier.edge.j == edge.j else {
        edges.append(edge)
        continue
      }
      let (before, now) = (triples[earlier.row], triples[entry.row])
      let isMirror = before.0 == now.1 && before.1 == now.0
      let isThird =
        number > 1 && rows[number - 2].edge.i == edge.i && rows[number - 2].edge.j == edge.j
      guard isMirror, !isThird, before.2 == now.2 else {
        throw TopologyError.invalid(
          "\(place(entry.row)): pair \(edge.i), \(edge.j) was already given in "
            + "\(place(earlier.row)) (distances \(before.2) and \(now.2)); "
            + "each pair stands once, or once in either order with the same distance")
      }
    }
    for edge in edges {
      for vertex in [Int(edge.i), Int(edge.j)] {
        guard let birth = births[vertex], birth.value > edge.distance else { continue }
        throw TopologyError.invalid(
          "\(place(birth.row)): vertex \(vertex) enters at \(birth.value), after its edge \(edge.i), \(edge.j) "
            + "at \(edge.distance); expected no vertex later than its edges")
      }
    }
    // Isolated vertices cost memory too; a graph on vertices 0 and two thousand million is a slip.
    let count = vertexCount ?? largest + 1
    let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: Self.vertexSize)
    try MemoryEstimate.require(
      isTooMuch ? .max : bytes,
      what: "a graph of \(count) vertices", advice: "number the vertices from 0 without gaps")
    let hasBirths = births.contains { $0.value.value > 0 }
    self.init(
      vertexCount: count, edges: edges,
      births: hasBirths ? (0..<count).map { births[$0]?.value ?? 0 } : [])
  }
}
