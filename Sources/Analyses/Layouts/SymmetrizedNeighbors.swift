import LinearAlgebra

/// Values of directed edges, from points to their neighbours, made symmetric: the rows of a sparse
/// matrix.
struct SymmetrizedNeighbors {
  /// How many elements each row has.
  let counts: [Int]
  /// The column of every element, ascending in each row.
  let columns: [Int32]
  /// The elements, row after row.
  let weights: [Float]

  /// Joins what a pair's two ends say of it.
  ///
  /// The incoming edges of each point are found by counting; they and the sorted outgoing ones are two
  /// ascending lists, which become one. The same for any number of threads.
  ///
  /// - Parameters:
  ///   - neighbors: At least `count` neighbours of every point.
  ///   - count: How many of them have an edge.
  ///   - values: The values of the edges, shape [n, count].
  ///   - combine: The element of row i and column j from the values of i → j and of j → i, 0 for an
  ///     edge that is not there.
  /// - Complexity: O(n · count · log count).
  init(
    _ neighbors: NearestNeighbors, count: Int, values: [Float],
    _ combine: @Sendable (_ there: Float, _ back: Float) -> Float
  ) {
    let n = neighbors.rowCount
    precondition(neighbors.neighborCount >= count && values.count == n * count)
    let incoming = Incoming(to: neighbors, count: count)
    let blockSize = 512
    let blocks = Parallel.map(count: (n + blockSize - 1) / blockSize) { block in
      let rows = block * blockSize..<min(n, (block + 1) * blockSize)
      return Self.rows(
        rows, of: neighbors, count: count, values: values, incoming: incoming, combine)
    }
    counts = blocks.flatMap(\.counts)
    columns = blocks.flatMap(\.columns)
    weights = blocks.flatMap(\.weights)
  }

  /// For every point, which edges end in it, ascending.
  private struct Incoming: Sendable {
    private let starts: [Int]
    private let edges: [Int32]

    init(to neighbors: NearestNeighbors, count: Int) {
      let (n, stored) = (neighbors.rowCount, neighbors.neighborCount)
      var starts = [Int](repeating: 0, count: n + 1)
      for i in 0..<n {
        for place in i * stored..<i * stored + count {
          starts[Int(neighbors.indices[place]) + 1] += 1
        }
      }
      for i in 0..<n { starts[i + 1] += starts[i] }
      var next = starts
      var edges = [Int32](
        repeating: 0, count: ElementCount.checked(n, count, of: Int32.self))
      for i in 0..<n {
        for j in 0..<count {
          let end = Int(neighbors.indices[i * stored + j])
          edges[next[end]] = Int32(i * count + j)
          next[end] += 1
        }
      }
      self.starts = starts
      self.edges = edges
    }

    subscript(end: Int) -> ArraySlice<Int32> { edges[starts[end]..<starts[end + 1]] }
  }

  private static func rows(
    _ rows: Range<Int>, of neighbors: NearestNeighbors, count: Int, values: [Float],
    incoming: Incoming, _ combine: (Float, Float) -> Float
  ) -> (counts: [Int], columns: [Int32], weights: [Float]) {
    var counts: [Int] = []
    var columns: [Int32] = []
    var weights: [Float] = []
    var outgoing = [UInt64](repeating: 0, count: count)
    for i in rows {
      for j in 0..<count {
        let end = neighbors.indices[i * neighbors.neighborCount + j]
        outgoing[j] = UInt64(end) << 32 | UInt64(i * count + j)
      }
      outgoing.sort()
      let before = columns.count
      var out = 0
      func append(_ column: UInt64, _ there: Float, _ back: Float) {
        columns.append(Int32(column))
        weights.append(combine(there, back))
      }
      func appendOutgoing(below column: UInt64) {
        while out < count, outgoing[out] >> 32 < column {
          append(outgoing[out] >> 32, values[Int(outgoing[out] & 0xFFFF_FFFF)], 0)
          out += 1
        }
      }
      for edge in incoming[i] {
        let column = UInt64(Int(edge) / count)
        appendOutgoing(below: column)
        var there: Float = 0
        if out < count, outgoing[out] >> 32 == column {
          there = values[Int(outgoing[out] & 0xFFFF_FFFF)]
          out += 1
        }
        append(column, there, values[Int(edge)])
      }
      appendOutgoing(below: .max)
      counts.append(columns.count - before)
    }
    return (counts, columns, weights)
  }
}
