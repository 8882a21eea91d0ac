/// The sums and scalar products of columns, the outcome last, of some rows in each stratum.
struct StratifiedMoments: Sendable {
  let strata: Int
  let width: Int
  /// How many rows, a stratum.
  private(set) var counts: [Double]
  /// [strata · width].
  private(set) var sums: [Double]
  /// [strata · width · width], of which only j ≥ i is filled.
  private(set) var products: [Double]

  /// Those of no rows.
  init(strata: Int, width: Int) {
    self.strata = strata
    self.width = width
    counts = [Double](repeating: 0, count: strata)
    sums = [Double](repeating: 0, count: strata * width)
    products = [Double](repeating: 0, count: strata * width * width)
  }

  /// Adds a row.
  mutating func add(_ row: ArraySlice<Double>, stratum: Int) {
    counts[stratum] += 1
    let first = row.startIndex
    for i in 0..<width {
      let value = row[first + i]
      sums[stratum * width + i] += value
      let start = (stratum * width + i) * width
      for j in i..<width { products[start + j] += value * row[first + j] }
    }
  }

  /// Adds other rows, or takes them away.
  mutating func add(_ other: StratifiedMoments, sign: Double = 1) {
    for i in counts.indices { counts[i] += sign * other.counts[i] }
    for i in sums.indices { sums[i] += sign * other.sums[i] }
    for i in products.indices { products[i] += sign * other.products[i] }
  }
}
