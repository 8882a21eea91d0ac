import LinearAlgebra

/// Replaces a filtration of flag complexes by one of fewer edges with the same persistent homology.
///
/// At a value where an edge uv has a common neighbour c that is joined to all its common neighbours,
/// the edge is dominated: leaving it out is a homotopy equivalence, and these commute with the
/// inclusions (Boissonnat and Pritam, doi:10.4230/LIPIcs.SoCG.2020.19). So an edge is put off for
/// as long as it is dominated, for ever if it can be; the longest first (Glisse and Pritam,
/// arXiv:2203.07022). This holds over every field and in every dimension; bars of length zero may
/// come and go.
///
/// Edges may be put off one after the other in any order. A block of them is tried at once on one
/// state of the graph; an edge whose test saw one that moved before it is tried once more. Blocks do
/// not depend on the number of threads, so neither does the result.
enum EdgeCollapse {
  private static let blockSize = 64

  /// The filtration that is left of `edges`.
  ///
  /// - Throws: `CancellationError`.
  static func collapsed(
    _ edges: EdgeList, workers: Int, control: ComputationControl
  ) throws -> EdgeList {
    let order = edges.order()
    let count = order.count
    // Ranks serve as times: they are values without ties.
    var graph = DelayedGraph(edges, order: order)
    var final = [Int32](repeating: 0, count: count)
    var end = count
    while end > 0 {
      if (count - end) & 4095 < blockSize {
        try control.check()
        control.report("edge collapse", count - end, count)
      }
      let start = max(end - blockSize, 0)
      // The block's edges, longest first.
      let block = (start..<end).reversed().map { rank in
        let edge = Int(order[rank])
        return DelayedGraph.Edge(u: edges.heads[edge], v: edges.tails[edge], time: Int32(rank))
      }
      graph.touch(block)
      let tried = graph.delays(of: block, workers: workers)
      var moved: [Int] = []
      var again: [Int] = []
      for (index, edge) in block.enumerated() where tried[index] != edge.time {
        if moved.contains(where: { graph.depends(edge, on: block[$0]) }) {
          again.append(index)
        } else {
          moved.append(index)
        }
      }
      for (index, edge) in block.enumerated() { final[Int(order[Int(edge.time)])] = tried[index] }
      for index in moved { graph.move(block[index], to: tried[index]) }
      for index in again {
        let edge = block[index]
        let time = graph.delays(of: [edge], workers: 1)[0]
        if time != edge.time { graph.move(edge, to: time) }
        final[Int(order[Int(edge.time)])] = time
      }
      end = start
    }
    var left = EdgeList(vertexCount: edges.vertexCount)
    for edge in 0..<count where final[edge] != RankedGraph.absent {
      left.append(
        edges.heads[edge], edges.tails[edge], edges.values[Int(order[Int(final[edge])])])
    }
    return left
  }
}
