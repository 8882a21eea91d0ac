import LinearAlgebra

/// Cocycles and cycles of the bars of H1.
///
/// The cocycle of a bar is its reduced column. Its coboundary begins with the triangle of the
/// death, so it is a cocycle as long as the bar lasts; edges as long as the death are left out.
///
/// The cycle is the reduced boundary of that triangle (Čufar and Virk,
/// arXiv:2105.03629): starting from its three sides, the last edge g
/// is replaced while it is not the edge of the birth, by the two other sides of its apparent
/// triangle where it has a lune, and otherwise by the rest of the cycle whose birth it is; that one
/// dies earlier, so the bars are taken by death. g is never in the spanning forest: the last edge of a
/// cycle has its ends connected by the others. An essential class has the path in the forest instead.
///
/// All edges of the cycle but that of the birth come before it, and all others of the cocycle after
/// it: the cocycle has the value 1 on the cycle, which shows that neither is trivial during the bar.
struct LoopRepresentatives {
  let distances: SquareDistances
  let paths: ForestPaths

  /// The bars of positive length, with their chains.
  ///
  /// - Throws: `CancellationError`.
  func bars(
    paired: [Triangle: CocycleColumn], essential: [CocycleColumn], control: ComputationControl
  ) throws -> [FiltrationBar] {
    var bars: [FiltrationBar] = []
    var cycles: [OrderedEdge: [OrderedEdge]] = [:]
    for (triangle, column) in paired.sorted(by: { $0.key < $1.key }) {
      let cycle = try reducedBoundary(
        of: triangle, birth: column.birth, cycles: cycles, control: control)
      cycles[column.birth] = cycle
      let death = triangle.lastEdge.length
      if column.birth.length < death {
        bars.append(bar(column, death: death, cycle: cycle))
      }
    }
    for column in essential {
      let pair = column.birth.vertices
      let cycle =
        [column.birth] + paths.path(from: pair.i, to: pair.j).map { distances.edge($0, $1) }
      bars.append(bar(column, death: .infinity, cycle: cycle))
    }
    return bars
  }

  private func bar(
    _ column: CocycleColumn, death: Float, cycle: [OrderedEdge]
  ) -> FiltrationBar {
    func chain(_ edges: [OrderedEdge]) -> Chain {
      Chain(
        simplices: edges.sorted().map { [$0.vertices.i, $0.vertices.j] },
        coefficients: [Int](repeating: 1, count: edges.count))
    }
    return FiltrationBar(
      dimension: 1, birth: column.birth.length, death: death,
      representative: Representative(
        cocycle: chain(
          column.support.flatMap(\.edges).map(distances.edge).filter { $0.length < death }),
        cycle: chain(cycle)))
  }

  private func reducedBoundary(
    of triangle: Triangle, birth: OrderedEdge, cycles: [OrderedEdge: [OrderedEdge]],
    control: ComputationControl
  ) throws -> [OrderedEdge] {
    var chain = LastEdgeFirst()
    chain.add(triangle.lastEdge)
    addOtherSides(of: triangle, to: &chain)
    var steps = 0
    while let last = chain.removeLast() {
      steps += 1
      if steps & 1023 == 0 { try control.check() }
      if last == birth { return [birth] + chain.removeAll() }
      let pair = last.vertices
      if let partner = distances.luneFirst(pair.i, pair.j) {
        addOtherSides(of: Triangle(lastEdge: last, vertex: partner), to: &chain)
      } else if let cycle = cycles[last] {
        for edge in cycle where edge != last { chain.add(edge) }
      } else {
        preconditionFailure("an edge of a boundary starts no bar")
      }
    }
    preconditionFailure("a boundary without the edge of its birth")
  }

  private func addOtherSides(of triangle: Triangle, to chain: inout LastEdgeFirst) {
    let pair = triangle.lastEdge.vertices
    chain.add(distances.edge(pair.i, triangle.vertex))
    chain.add(distances.edge(pair.j, triangle.vertex))
  }
}

/// A sum of edges over Z/2 that gives its last edge first.
private struct LastEdgeFirst {
  private var heap = BinaryHeap<OrderedEdge>()

  mutating func add(_ edge: OrderedEdge) { heap.insert(OrderedEdge(rank: ~edge.rank)) }

  /// Removes and returns the last edge that occurs an odd number of times.
  mutating func removeLast() -> OrderedEdge? {
    var last: OrderedEdge?
    while let top = heap.first, last == nil || top == last {
      _ = heap.popFirst()
      last = last == nil ? top : nil
    }
    return last.map { OrderedEdge(rank: ~$0.rank) }
  }

  mutating func removeAll() -> [OrderedEdge] {
    var edges: [OrderedEdge] = []
    while let edge = removeLast() { edges.append(edge) }
    return edges
  }
}
