import CKernels

/// Replaces a filtration of flag complexes by one of fewer edges with the same persistent homology.
///
/// At a value where an edge uv has a common neighbour c that is joined to all its common neighbours,
/// the edge is dominated: leaving it out is a homotopy equivalence, and these commute with the
/// inclusions (Boissonnat and Pritam, doi:10.4230/LIPIcs.SoCG.2020.19). So an edge is put off for
/// as long as it is dominated, for ever if it can be; the longest first (Glisse and Pritam,
/// arXiv:2203.07022). This holds over every field and in every dimension; bars of length zero may
/// come and go.
struct EdgeCollapse {
  /// The filtration that is left of `edges`.
  ///
  /// - Throws: `TopologyError.cancelled`.
  static func collapsed(
    _ edges: EdgeList, workers: Int, control: ComputationControl
  ) throws -> EdgeList {
    let order = edges.order()
    let n = edges.vertexCount
    let count = order.count
    // Ranks serve as times: they are values without ties.
    var rows = TimeRows(edges, order: order)
    var final = [Int32](repeating: 0, count: count)
    var linkVertices = [Int32](repeating: 0, count: n)
    var linkTimes = linkVertices
    for rank in stride(from: count - 1, through: 0, by: -1) {
      if rank & 255 == 0 {
        try control.check()
        if rank & 16383 == 0 { control.report("edge collapse", count - rank, count) }
      }
      let edge = Int(order[rank])
      let (u, v) = (edges.heads[edge], edges.tails[edge])
      let time = rows.delay(
        u, v, Int32(rank), linkVertices: &linkVertices, linkTimes: &linkTimes)
      if time != rank { rows.set(u, v, time) }
      final[edge] = time
    }
    var left = EdgeList(vertexCount: n)
    for edge in 0..<count where final[edge] != RankedGraph.absent {
      left.append(
        edges.heads[edge], edges.tails[edge], edges.values[Int(order[Int(final[edge])])])
    }
    return left
  }
}

/// Neighbour lists with a time an edge, and for not too many vertices a matrix of these times.
struct TimeRows {
  private let count: Int
  private var offsets: [Int64]
  private var neighbours: [Int32]
  private var times: [Int32]
  private var matrix: [Int32]

  init(_ edges: EdgeList, order: [Int32]) {
    let n = edges.vertexCount
    let edgeCount = order.count
    count = n
    var rank = [Int32](repeating: 0, count: edgeCount)
    for (place, edge) in order.enumerated() { rank[Int(edge)] = Int32(place) }
    var offsets = [Int64](repeating: 0, count: n + 1)
    for edge in 0..<edgeCount {
      offsets[Int(edges.heads[edge]) + 1] += 1
      offsets[Int(edges.tails[edge]) + 1] += 1
    }
    for v in 0..<n { offsets[v + 1] += offsets[v] }
    var neighbours = [Int32](repeating: 0, count: 2 * edgeCount)
    var times = neighbours
    var ends = offsets
    // Ascending by larger, then smaller vertex: first the smaller neighbours, then the larger.
    for (from, to) in [(edges.heads, edges.tails), (edges.tails, edges.heads)] {
      for edge in 0..<edgeCount {
        let v = Int(from[edge])
        let at = Int(ends[v])
        neighbours[at] = to[edge]
        times[at] = rank[edge]
        ends[v] = Int64(at + 1)
      }
    }
    // A matrix of at most 64 MiB, or not much larger than the lists.
    matrix = []
    if n <= 4096 || n * n <= 8 * edgeCount {
      matrix = [Int32](repeating: RankedGraph.absent, count: n * n)
      for edge in 0..<edgeCount {
        let (i, j) = (Int(edges.heads[edge]), Int(edges.tails[edge]))
        matrix[i * n + j] = rank[edge]
        matrix[j * n + i] = rank[edge]
      }
    }
    self.offsets = offsets
    self.neighbours = neighbours
    self.times = times
  }

  /// How far the edge can be put off from `time`.
  func delay(
    _ u: Int32, _ v: Int32, _ time: Int32, linkVertices: inout [Int32], linkTimes: inout [Int32]
  ) -> Int32 {
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe neighbours.withUnsafeBufferPointer { neighbours in
        unsafe times.withUnsafeBufferPointer { times in
          unsafe matrix.withUnsafeBufferPointer { matrix in
            var graph = unsafe cohomology_graph(
              offsets: offsets.baseAddress, neighbours: neighbours.baseAddress,
              times: times.baseAddress, matrix: matrix.isEmpty ? nil : matrix.baseAddress,
              count: count)
            return unsafe cohomology_delay(&graph, u, v, time, &linkVertices, &linkTimes)
          }
        }
      }
    }
  }

  /// Moves an edge to a later time.
  mutating func set(_ u: Int32, _ v: Int32, _ time: Int32) {
    for (a, b) in [(u, v), (v, u)] {
      if !matrix.isEmpty { matrix[Int(a) * count + Int(b)] = time }
      var (low, high) = (Int(offsets[Int(a)]), Int(offsets[Int(a) + 1]))
      while high - low > 1 {
        let middle = (low + high) / 2
        if neighbours[middle] <= b { low = middle } else { high = middle }
      }
      times[low] = time
    }
  }
}
