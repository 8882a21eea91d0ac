import LinearAlgebra
import Synchronization

/// Exact persistent H0 and H1 of a dense distance matrix over Z/2.
///
/// **Order.** Edges are ordered strictly, by length and then by index (`OrderedEdge`); triangles
/// by their last edge and then by the vertex opposite to it. Taking each vertex, then each edge followed
/// by the triangles it comes last in, adds one simplex at a time; persistence pairs simplices, and
/// those of equal length are the zero-length bars, which are dropped.
///
/// **Most edges need no column.** The lune of an edge f = (i, j) is the set of w with (i, w) and
/// (j, w) both *before* f. If it is not empty, let w be its first vertex and t the triangle (f, w). Among
/// the triangles on f, t is the first: one that f does not come last in comes after all that it does.
/// And f is the last edge of t, so no sum of columns of later edges contains t. Hence the column of f is
/// reduced as it stands, with pivot t: an *apparent pair* (Bauer 2021,
/// doi:10.1007/s41468-021-00071-5), a bar of length zero. That both sides come *before* f in the strict
/// order, and not only that neither is longer, is essential: with ties, edges could otherwise
/// eliminate each other in a circle.
///
/// So only edges with an empty lune (`EmptyLunes`) start bars of positive length. They also contain the
/// spanning forest: where w is in the lune of f, the two ends are connected through w
/// already. Kruskal's algorithm splits them into deaths of H0 (`SpanningForest`) and births of H1.
///
/// **Cohomology.** The columns of the coboundary matrix belong to edges, in decreasing order, and
/// the pivot of a column is the first triangle in it. Those of the forest are zero once reduced
/// (de Silva, Morozov, Vejdemo-Johansson 2011, doi:10.1088/0266-5611/27/12/124003), apparent ones
/// are added implicitly, and the others are reduced by `CocycleReduction`. Any set of additions
/// of columns of later edges to columns of earlier ones that ends with different pivots gives the same
/// pairs, so threads may take columns in any order (Morozov and Nigmetov 2020,
/// doi:10.1145/3350755.3400244).
///
/// A vertex within the enclosing radius of all others is in the lune of every longer edge, so
/// without a threshold all of H1 dies by then, and nothing longer is ever looked at.
///
/// Memory: n² / 4 bytes a worker at most, and the reduced columns, beside the distances; 4 n² bytes more
/// for up to 4,096 points when columns get dense. Time: O(n²) for most data; long-lived
/// classes, many ties, and matrices far from a metric cost up to O(n²) passes over rows.
struct FirstHomology {
  private let distances: SquareDistances
  private let threshold: Int32
  private let maximumDimension: Int
  private let withRepresentatives: Bool
  private let workers: Int
  private let control: ComputationControl
  /// How many additions a vertex go before dense columns walk the list of all edges; the bars do not
  /// depend on it.
  var patience = 256

  /// A computation on distances that are finite and not negative (nor −0).
  ///
  /// - Parameters:
  ///   - distances: At most 2¹⁷ points.
  ///   - threshold: The longest edge that enters; +∞ for all.
  ///   - maximumDimension: 0 or 1.
  ///   - withRepresentatives: Whether bars carry chains; the reduction then takes one worker, so
  ///     that they are the same for any number.
  ///   - workers: The number of threads.
  ///   - control: Watches and stops it.
  init(
    _ distances: SquareDistances, threshold: Float, maximumDimension: Int,
    withRepresentatives: Bool, workers: Int, control: ComputationControl
  ) {
    precondition(distances.count <= OrderedEdge.maximumVertexCount)
    precondition((0...1).contains(maximumDimension) && workers > 0 && !threshold.isNaN)
    self.distances = distances
    // Adding 0 makes −0 the same as 0; the bits of a negative number are below those of all lengths.
    self.threshold = Int32(
      bitPattern: (min(threshold, .greatestFiniteMagnitude) + 0).bitPattern)
    self.maximumDimension = maximumDimension
    self.withRepresentatives = withRepresentatives
    self.workers = workers
    self.control = control
  }

  /// The bars of positive length, ascending by dimension, birth and death.
  ///
  /// - Throws: `CancellationError`; `TopologyError.tooLarge` when the system gives no memory.
  func bars() throws -> [FiltrationBar] {
    let edges =
      try maximumDimension == 0
      ? treeEdges()
      : EmptyLunes.edges(
        of: distances, threshold: threshold, workers: workers, control: control)
    let forest = SpanningForest(
      vertexCount: distances.count, edgeCount: edges.count, withVertices: withRepresentatives
    ) { edges[$0].ends }
    var bars = forest.bars(keepsZeroLength: false, length: { edges[$0].length })
    if maximumDimension == 1 { bars += try loopBars(edges, forest) }
    return bars.sorted {
      ($0.dimension, $0.birth, $0.death) < ($1.dimension, $1.birth, $1.death)
    }
  }

  /// The edges, in their order, of a minimum spanning tree of all distances.
  private func treeEdges() throws -> [OrderedEdge] {
    let tree = try unsafe DenseSpanningTree(
      rows: distances.base, stride: distances.stride, count: distances.count, check: control.check)
    return tree.edges.map { edge in
      OrderedEdge(edge.vertex, edge.parent, length: Int32(bitPattern: edge.length.bitPattern))
    }.filter { $0.lengthBits <= threshold }.sorted()
  }

  private func loopBars(_ edges: [OrderedEdge], _ forest: SpanningForest) throws -> [FiltrationBar]
  {
    let columns = edges.indices.filter { !forest.contains($0) }.map { edges[$0] }
    let table = PivotTable()
    let essential = try reduce(columns, table: table)
    let paired = table.takeAll()
    guard withRepresentatives else {
      return paired.compactMap { pivot, column in
        let (birth, death) = (column.birth.length, pivot.lastEdge.length)
        return birth < death ? FiltrationBar(dimension: 1, birth: birth, death: death) : nil
      }
        + essential.map {
          FiltrationBar(dimension: 1, birth: $0.birth.length, death: .infinity)
        }
    }
    let paths = ForestPaths(
      vertexCount: distances.count, edges: forest.merges.map { edges[$0.edge].ends })
    return try LoopRepresentatives(distances: distances, paths: paths).bars(
      paired: paired, essential: essential, control: control)
  }

  /// Reduces all columns into the table and returns those without a pivot.
  private func reduce(_ columns: [OrderedEdge], table: PivotTable) throws -> [CocycleColumn] {
    if columns.isEmpty { return [] }
    let allEdges = AllEdges(of: distances, threshold: threshold)
    let next = Atomic<Int>(0)
    let isStopped = Atomic<Bool>(false)
    let parts = Parallel.map(count: withRepresentatives ? 1 : min(workers, columns.count)) { _ in
      Result {
        var reduction = try CocycleReduction(
          distances: distances, threshold: threshold, table: table, allEdges: allEdges,
          patience: patience, control: control)
        var essential: [CocycleColumn] = []
        do {
          while !isStopped.load(ordering: .relaxed) {
            let place = next.add(1, ordering: .relaxed).oldValue
            if place >= columns.count { break }
            let edge = columns[columns.count - 1 - place]
            if let column = try reduction.reduce(edge) { essential.append(column) }
            if place & 63 == 0 {
              try control.check()
              control.report("loops", place, columns.count)
            }
          }
        } catch {
          isStopped.store(true, ordering: .relaxed)
          throw error
        }
        return essential
      }
    }
    return try parts.flatMap { try $0.get() }
  }
}
