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
  ///   - triples: Pairs with their distances, in either order, each pair once. A vertex with itself at
  ///     0 is passed over.
  ///   - vertexCount: The number of vertices; nil for the largest index + 1.
  ///   - place: How to name a row in messages, from its index.
  /// - Throws: `TopologyError.invalid` naming the row of a distance that is negative, not finite, not
  ///   0 for a vertex with itself or beyond float32, of a vertex that is out of range, or of a pair
  ///   that was given before.
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
        guard distance == 0 else {
          throw failure("is a vertex with itself at distance \(distance); expected 0, or no row")
        }
        continue
      }
      rows.append((Edge(a, b, rounded == 0 ? 0 : rounded), row))
    }
    rows.sort { ($0.edge.i, $0.edge.j, $0.row) < ($1.edge.i, $1.edge.j, $1.row) }
    for (first, second) in zip(rows, rows.dropFirst())
    where first.edge.i == second.edge.i && first.edge.j == second.edge.j {
      throw TopologyError.invalid(
        "\(place(second.row)): pair \(second.edge.i), \(second.edge.j) was already given in "
          + "\(place(first.row)) (distances \(first.edge.distance) and \(second.edge.distance)); "
          + "each pair stands once, in either order")
    }
    // Isolated vertices cost memory too; a graph on vertices 0 and two thousand million is a slip.
    let count = vertexCount ?? largest + 1
    let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: Self.vertexSize)
    try MemoryEstimate.require(
      isTooMuch ? .max : bytes,
      what: "a graph of \(count) vertices", advice: "number the vertices from 0 without gaps")
    self.init(vertexCount: count, edges: rows.map(\.edge))
  }
}
