import LinearAlgebra
import Synchronization

/// Persistent cohomology of a filtration of flag complexes over Z/p, in any dimension.
///
/// Cohomology with clearing (de Silva, Morozov and Vejdemo-Johansson, doi:10.1088/0266-5611/27/12/124003;
/// Chen and Kerber 2011), implicit coboundaries and apparent pairs (Bauer,
/// doi:10.1007/s41468-021-00071-5), parallel reduction (Morozov and Nigmetov,
/// doi:10.1145/3350755.3400244), after edge collapse where it pays.
struct CohomologyEngine {
  /// When to replace the filtration by a smaller one with the same bars.
  enum CollapsePolicy { case automatic, on, off }

  /// What is to be computed, and with what.
  struct Options {
    /// The last dimension of the bars.
    var maximumDimension = 1
    /// The number of coefficients, a prime below 2¹⁵.
    var prime = 2
    /// Whether bars of length zero are reported too: all pairs of simplices are.
    var keepsZeroLength = false
    /// Whether bars carry a cocycle, and those of H1 a cycle.
    var withRepresentatives = false
    var edgeCollapse = CollapsePolicy.automatic
    /// The number of threads.
    var workers = 1
    /// The bytes that the columns of one dimension may take.
    var availableBytes = Int.max
    var control = ComputationControl()
  }

  private let options: Options
  private let field: PrimeField
  private let edges: EdgeList

  /// The flag complexes on all pairs of points at a distance of at most `threshold`.
  ///
  /// - Throws: `TopologyError.invalid` for a modulus that is no prime below 2¹⁵.
  init(_ distances: SquareDistances, threshold: Float, options: Options) throws {
    var limit = threshold
    if !options.keepsZeroLength {
      // From the enclosing radius on the complex is a cone: nothing is born or dies any more.
      limit = min(limit, EdgeList.enclosingRadius(distances))
    }
    let isCut = threshold < .infinity && limit == threshold
    try self.init(
      EdgeList(distances, threshold: limit), isSparse: isCut, options: options)
  }

  /// The flag complexes on the listed pairs of points at a distance of at most `threshold`.
  ///
  /// - Throws: `TopologyError.invalid` for a modulus that is no prime below 2¹⁵.
  init(_ distances: SparseDistances, threshold: Float, options: Options) throws {
    try self.init(
      EdgeList(distances, threshold: threshold), isSparse: true, options: options)
  }

  private init(_ edges: EdgeList, isSparse: Bool, options: Options) throws {
    try PrimeField.requirePrime(options.prime)
    precondition(options.maximumDimension >= 0 && options.workers > 0)
    field = PrimeField(prime: options.prime)
    self.options = options
    guard edges.heads.count < Int32.max else {
      throw TopologyError.invalid(
        "\(edges.heads.count) edges are more than the 2147483646 that can be numbered; lower the "
          + "threshold or use fewer points")
    }
    let dimension = options.maximumDimension
    let pays = dimension >= 3 || dimension == 2 && isSparse
    let isAllowed = !options.keepsZeroLength && !options.withRepresentatives
    let collapses = options.edgeCollapse == .on || options.edgeCollapse == .automatic && pays
    if isAllowed && collapses && dimension >= 1 {
      self.edges = try EdgeCollapse.collapsed(
        edges, workers: options.workers, control: options.control)
    } else {
      self.edges = edges
    }
  }

  /// The bytes taken before any column is made: edges, their ranks and the neighbour lists or matrix.
  ///
  /// How many columns there will be cannot be told beforehand: they are counted as they are made,
  /// and past `Options.availableBytes` the computation ends with `TopologyError.tooLarge`.
  static func estimatedBytes(vertexCount n: Int, edgeCount: Int) -> Int {
    let (edges, ranked) = (12 * edgeCount, 12 * edgeCount)
    let sorting = 16 * edgeCount
    let lists =
      RankedGraph.isDense(vertexCount: n, edgeCount: edgeCount)
      ? 4 * n * ((n + 15) & ~15) : 16 * edgeCount + 8 * n
    return edges + ranked + max(sorting, lists)
  }

  /// All bars of dimensions 0 to the maximum, ascending by dimension, birth and death.
  ///
  /// - Throws: `CancellationError`; `.tooLarge` when the columns of a dimension do not fit;
  ///   `.invalid` when simplices cannot be numbered in 64 bits.
  func bars() throws -> [FiltrationBar] {
    let graph = RankedGraph(edges)
    try options.control.check()
    let forest = SpanningForest(
      vertexCount: graph.vertexCount, edgeCount: graph.edgeCount,
      withVertices: options.withRepresentatives, ends: graph.ends)
    var bars = forest.bars(
      keepsZeroLength: options.keepsZeroLength, length: { graph.values[$0] },
      names: { $0.map { Int(graph.originals[$0]) }.sorted() })
    if options.maximumDimension > 0 && graph.edgeCount > 0 {
      let numbering = try SimplexNumbering(
        vertexCount: graph.vertexCount, edgeCount: graph.edgeCount,
        maximumDimension: options.maximumDimension, prime: options.prime)
      var deaths: SimplexPivotTable?
      for dimension in 1...options.maximumDimension {
        let columns = try self.columns(
          dimension, graph: graph, numbering: numbering, forest: forest, deaths: deaths,
          bars: &bars)
        let (table, essential) = try reduce(
          columns, dimension: dimension, graph: graph, numbering: numbering)
        appendBars(
          table.pairs(), essential: essential, dimension: dimension, graph: graph,
          numbering: numbering, forest: forest, to: &bars)
        deaths = table
      }
    }
    // A stable order for bars that tie, which may differ in their representatives.
    return bars.enumerated().sorted {
      ($0.element.dimension, $0.element.birth, $0.element.death, $0.offset)
        < ($1.element.dimension, $1.element.birth, $1.element.death, $1.offset)
    }.map(\.element)
  }

  /// The simplices that may start a bar, the last first; appends the bars of apparent pairs if asked.
  private func columns(
    _ dimension: Int, graph: RankedGraph, numbering: SimplexNumbering, forest: SpanningForest,
    deaths: SimplexPivotTable?, bars: inout [FiltrationBar]
  ) throws -> [UInt64] {
    let options = options
    let (maximum, control) = (options.maximumDimension, options.control)
    let edgeCount = graph.edgeCount
    let blockSize = 256
    let blockCount = (edgeCount + blockSize - 1) / blockSize
    let next = Atomic(0)
    let found = Atomic(0)
    let parts: [(numbers: [UInt64], zeros: [Float])] = try Parallel.tryMap(count: options.workers) {
      _ in
      var numbers: [UInt64] = []
      var zeros: [Float] = []
      var lune = LuneSimplices(graph: graph, maximumDimension: maximum)
      while true {
        // Each thread gets its blocks ascending.
        let block = next.add(1, ordering: .relaxed).oldValue
        if block >= blockCount { return (numbers, zeros) }
        try control.check()
        if block & 63 == 0 { control.report("H\(dimension): columns", block, blockCount) }
        let start = numbers.count
        for rank in block * blockSize..<min((block + 1) * blockSize, edgeCount) {
          if dimension == 1 && !options.keepsZeroLength {
            if !forest.contains(rank) && lune.isLuneEmpty(rank) { numbers.append(UInt64(rank)) }
            continue
          }
          lune.enter(rank, maximumDimension: maximum)
          let matched =
            dimension == 1 || options.keepsZeroLength ? lune.matchedBirths(size: dimension - 1) : 0
          if options.keepsZeroLength {
            zeros.append(contentsOf: repeatElement(graph.values[rank], count: matched))
          }
          if dimension == 1 {
            if matched == 0 && !forest.contains(rank) { numbers.append(UInt64(rank)) }
          } else {
            lune.appendUnmatched(
              size: dimension - 1, rank: rank, numbering: numbering, to: &numbers)
          }
        }
        if let deaths {
          var kept = start
          for at in start..<numbers.count where !deaths.contains(numbers[at]) {
            numbers[kept] = numbers[at]
            kept += 1
          }
          numbers.removeLast(numbers.count - kept)
        }
        let total = found.add(numbers.count - start, ordering: .relaxed).newValue
        if total > options.availableBytes / Self.bytesPerColumn {
          throw TopologyError.tooLarge(
            what: "the reduction of H\(dimension)",
            neededBytes: total * Self.bytesPerColumn, availableBytes: options.availableBytes,
            advice: "lower the threshold or the maximum dimension, or use landmarks or fewer points"
          )
        }
      }
    }
    for value in parts.flatMap(\.zeros) {
      bars.append(FiltrationBar(dimension: dimension, birth: value, death: value))
    }
    return parts.flatMap(\.numbers).sorted(by: >)
  }

  /// A number in the list, two slots of the table and the reduced column.
  private static let bytesPerColumn = 8 + 2 * 12 + 24 + 48

  private func reduce(
    _ columns: [UInt64], dimension: Int, graph: RankedGraph, numbering: SimplexNumbering
  ) throws -> (SimplexPivotTable, [ReducedColumn]) {
    let table = SimplexPivotTable(columnCount: columns.count)
    let (field, control) = (field, options.control)
    let next = Atomic(0)
    let isStopped = Atomic(false)
    // Cocycles depend on the order of the additions; bars do not.
    let workers = options.withRepresentatives ? 1 : min(options.workers, max(columns.count, 1))
    let essential: [[ReducedColumn]] = try Parallel.tryMap(count: workers) { _ in
      var reducer = ColumnReducer(
        graph: graph, numbering: numbering, field: field, dimension: dimension, table: table,
        isCancelled: { isStopped.load(ordering: .relaxed) || control.isCancelled() })
      var essential: [ReducedColumn] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= columns.count { return essential }
        if index & 1023 == 0 {
          control.report("H\(dimension): reduction", index, columns.count)
        }
        do {
          if let column = try reducer.reduce(columns[index]) { essential.append(column) }
        } catch {
          isStopped.store(true, ordering: .relaxed)
          throw error
        }
      }
    }
    return (table, essential.flatMap(\.self).sorted { $0.birth < $1.birth })
  }

  private func appendBars(
    _ pairs: [(pivot: UInt64, column: ReducedColumn)], essential: [ReducedColumn], dimension: Int,
    graph: RankedGraph, numbering: SimplexNumbering, forest: SpanningForest,
    to bars: inout [FiltrationBar]
  ) {
    var cycles: CycleReduction?
    if options.withRepresentatives && dimension == 1 {
      cycles = CycleReduction(
        graph: graph, numbering: numbering, field: field, forest: forest, pairs: pairs)
    }
    func append(_ column: ReducedColumn, death: Float, pivot: UInt64?) {
      let birth = graph.values[Int(numbering.rank(column.birth, dimension: dimension))]
      guard death > birth || options.keepsZeroLength else { return }
      var bar = FiltrationBar(dimension: dimension, birth: birth, death: death)
      if options.withRepresentatives && death > birth {
        bar.representative = Representative(
          cocycle: chain(column.cochain, dimension: dimension, graph: graph, numbering: numbering),
          cycle: cycles?.cycle(birth: Int(column.birth), pivot: pivot))
      }
      bars.append(bar)
    }
    for (pivot, column) in pairs {
      let death = graph.values[Int(numbering.rank(pivot, dimension: dimension + 1))]
      append(column, death: death, pivot: pivot)
    }
    for column in essential { append(column, death: .infinity, pivot: nil) }
  }

  /// A cochain in the vertices of the input.
  private func chain(
    _ cochain: [UInt64], dimension: Int, graph: RankedGraph, numbering: SimplexNumbering
  ) -> Chain {
    var others = [Int32](repeating: 0, count: dimension - 1)
    var chain = Chain(simplices: [], coefficients: [])
    for entry in cochain {
      let number = entry >> numbering.coefficientBits
      let coefficient = field.prime == 2 ? 1 : Int(entry & ((1 << numbering.coefficientBits) - 1))
      let rank = Int(numbering.rank(number, dimension: dimension))
      numbering.decodeOthers(number, count: dimension - 1, into: &others)
      let vertices = ([graph.heads[rank], graph.tails[rank]] + others).sorted(by: >)
      chain.append(
        vertices.map { Int(graph.originals[Int($0)]) }, coefficient, field: field)
    }
    return chain
  }
}

extension Chain {
  /// Adds an oriented simplex: its vertices are put in descending order, with the sign of that.
  mutating func append(_ vertices: [Int], _ coefficient: Int, field: PrimeField) {
    var sign = 1
    for k in vertices.indices {
      for m in 0..<k where vertices[m] < vertices[k] { sign = -sign }
    }
    simplices.append(vertices.sorted(by: >))
    coefficients.append(field.reduced(sign * coefficient))
  }
}
