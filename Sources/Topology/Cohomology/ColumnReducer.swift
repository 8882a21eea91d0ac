/// Reduces columns of the coboundary matrix in one dimension; scratch of one thread.
///
/// Columns may come in any order (Morozov and Nigmetov, doi:10.1145/3350755.3400244): a column whose
/// pivot belongs to one born later adds it; met by one born earlier, the later takes the pivot, and
/// the earlier goes on. Only cofacets up to a window of ranks are in the heap; when it runs empty the
/// window grows and the coboundaries are listed once more, from the old end to the new.
struct ColumnReducer {
  private let numbering: SimplexNumbering
  private let field: PrimeField
  private let table: SimplexPivotTable
  private let dimension: Int
  private let lastRank: Int
  private var coboundary: Coboundary
  /// The coboundary of the facet that an apparent pair would give a pivot.
  private var facet: Coboundary
  private var facetScratch: [Int32]
  private var heap = BinaryHeap<UInt64>()
  /// What is added up so far: numbers of simplices, coefficients in the low bits.
  private var cochain: [UInt64] = []
  private var window = 0
  private var steps = 0
  private let isCancelled: () -> Bool

  init(
    graph: RankedGraph, numbering: SimplexNumbering, field: PrimeField, dimension: Int,
    table: SimplexPivotTable, isCancelled: @escaping () -> Bool
  ) {
    self.numbering = numbering
    self.field = field
    self.table = table
    self.dimension = dimension
    self.isCancelled = isCancelled
    lastRank = graph.edgeCount - 1
    coboundary = Coboundary(graph: graph, numbering: numbering, dimension: dimension)
    facet = coboundary
    facetScratch = [Int32](repeating: 0, count: dimension)
  }

  /// Reduces the column of the simplex of that number, and those it displaces.
  ///
  /// - Returns: The column that became zero, of an essential class, if one did.
  /// - Throws: `CancellationError`.
  mutating func reduce(_ simplex: UInt64) throws -> ReducedColumn? {
    let placeBits = numbering.placeBits[dimension]
    var birth = simplex
    cochain.removeAll(keepingCapacity: true)
    cochain.append(withCoefficient(simplex, 1))
    heap.removeAll()
    coboundary.list(simplex, limit: Int32(lastRank))
    guard coboundary.count > 0 else {
      return ReducedColumn(birth: birth, pivotCoefficient: 0, cochain: cochain)
    }
    var earliest = UInt64.max
    var sign = 1
    for index in 0..<coboundary.count {
      let number = coboundary.number(index)
      if number < earliest {
        earliest = number
        if field.prime != 2 { sign = coboundary.isNegative(index) ? field.prime - 1 : 1 }
      }
    }
    window = Int(earliest >> placeBits)
    if table.owner(of: earliest) == nil, apparentSign(earliest) == nil,
      table.claim(
        earliest,
        for: ReducedColumn(birth: birth, pivotCoefficient: sign, cochain: cochain),
        displacing: nil)
    {
      return nil
    }
    window = widened(window, from: birth)
    push(coboundary, times: 1, from: earliest)
    while true {
      try pause()
      guard let (pivot, coefficient) = removePivot() else {
        if window == lastRank {
          cancel()
          return ReducedColumn(birth: birth, pivotCoefficient: 0, cochain: cochain)
        }
        let lowest = UInt64(window + 1) << placeBits
        window = widened(window, from: birth)
        cancel()
        for index in cochain.indices { try add(cochain[index], times: 1, from: lowest) }
        continue
      }
      while true {
        if let owner = table.owner(of: pivot) {
          let factor =
            field.prime == 2
            ? 1 : field.reduced(-coefficient * field.inverse(owner.pivotCoefficient))
          if owner.birth < birth {
            cancel()
            let column = ReducedColumn(
              birth: birth, pivotCoefficient: coefficient, cochain: cochain)
            guard table.claim(pivot, for: column, displacing: owner.birth) else { continue }
            birth = owner.birth
          }
          for entry in owner.cochain {
            try add(entry, times: factor, from: pivot + 1)
            cochain.append(scaled(entry, by: factor))
          }
          break
        }
        if let sign = apparentSign(pivot) {
          let factor = field.prime == 2 ? 1 : field.reduced(-coefficient * sign)
          push(facet, times: factor, from: pivot + 1)
          cochain.append(withCoefficient(facetNumber(of: pivot), factor))
          break
        }
        cancel()
        let column = ReducedColumn(birth: birth, pivotCoefficient: coefficient, cochain: cochain)
        if table.claim(pivot, for: column, displacing: nil) { return nil }
      }
    }
  }

  /// A window that reaches twice as far past the birth.
  private func widened(_ window: Int, from birth: UInt64) -> Int {
    let start = Int(numbering.rank(birth, dimension: dimension))
    return min(window + max(window - start, 1), lastRank)
  }

  /// Adds the coboundary of an entry of a cochain, from the number `lowest` to the window's end.
  @inline(__always)
  private mutating func add(_ entry: UInt64, times factor: Int, from lowest: UInt64) throws {
    let number = entry >> numbering.coefficientBits
    guard Int(numbering.rank(number, dimension: dimension)) <= window else { return }
    try pause()
    coboundary.list(number, limit: Int32(window))
    let coefficient = field.prime == 2 ? 1 : coefficientOf(entry) * factor % field.prime
    push(coboundary, times: coefficient, from: lowest)
  }

  @inline(__always)
  private mutating func push(
    _ cofacets: borrowing Coboundary, times factor: Int, from lowest: UInt64
  ) {
    let past = UInt64(window + 1) << numbering.placeBits[dimension]
    for index in 0..<cofacets.count {
      let number = cofacets.number(index)
      guard number >= lowest && number < past else { continue }
      if field.prime == 2 {
        heap.insert(number)
      } else {
        let signed = cofacets.isNegative(index) ? field.prime - factor : factor
        heap.insert(number << numbering.coefficientBits | UInt64(signed))
      }
    }
  }

  /// Takes the smallest number with a coefficient other than zero from the heap.
  @inline(__always)
  private mutating func removePivot() -> (pivot: UInt64, coefficient: Int)? {
    let bits = numbering.coefficientBits
    while let entry = heap.popFirst() {
      let pivot = entry >> bits
      var sum = field.prime == 2 ? 1 : coefficientOf(entry)
      while let next = heap.first, next >> bits == pivot {
        sum += field.prime == 2 ? 1 : coefficientOf(next)
        _ = heap.popFirst()
      }
      sum %= field.prime
      if sum != 0 { return (pivot, sum) }
    }
    return nil
  }

  /// The coefficient of a simplex in the coboundary of the facet it makes an apparent pair with.
  ///
  /// That pair is: the simplex without its smallest other vertex, when no smaller vertex makes a
  /// cofacet of the same rank. The facet's cofacets are left in `facet`.
  private mutating func apparentSign(_ number: UInt64) -> Int? {
    let least = facet.listFacet(of: number, limit: Int32(window), scratch: &facetScratch)
    for index in 0..<facet.count where facet.ranks[index] < facet.rank {
      guard facet.vertices[index] == least else { return nil }
      return field.prime != 2 && facet.isNegative(index) ? -1 : 1
    }
    return nil
  }

  private func facetNumber(of number: UInt64) -> UInt64 {
    var place: UInt64 = 0
    for index in 0..<dimension - 1 {
      place += numbering.binomial(facet.others[index], dimension - 1 - index)
    }
    return UInt64(UInt32(bitPattern: facet.rank)) << numbering.placeBits[dimension - 1] + place
  }

  /// Sorts the cochain and adds up what occurs several times.
  private mutating func cancel() {
    guard cochain.count > 1 else { return }
    cochain.sort()
    let bits = numbering.coefficientBits
    var kept = 0
    var at = 0
    while at < cochain.count {
      let number = cochain[at] >> bits
      var sum = 0
      while at < cochain.count && cochain[at] >> bits == number {
        sum += field.prime == 2 ? 1 : coefficientOf(cochain[at])
        at += 1
      }
      sum %= field.prime
      if sum != 0 {
        cochain[kept] = withCoefficient(number, sum)
        kept += 1
      }
    }
    cochain.removeLast(cochain.count - kept)
  }

  @inline(__always)
  private func withCoefficient(_ number: UInt64, _ coefficient: Int) -> UInt64 {
    field.prime == 2 ? number : number << numbering.coefficientBits | UInt64(coefficient)
  }

  @inline(__always)
  private func coefficientOf(_ entry: UInt64) -> Int {
    field.prime == 2 ? 1 : Int(entry & ((1 << numbering.coefficientBits) - 1))
  }

  @inline(__always)
  private func scaled(_ entry: UInt64, by factor: Int) -> UInt64 {
    field.prime == 2
      ? entry
      : withCoefficient(
        entry >> numbering.coefficientBits, coefficientOf(entry) * factor % field.prime)
  }

  /// Looks now and then whether to stop.
  @inline(__always)
  private mutating func pause() throws {
    steps &+= 1
    if steps & 1023 == 0 && isCancelled() { throw CancellationError() }
  }
}
