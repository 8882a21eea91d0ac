/// Simplices of a flag complex as 64-bit numbers that grow along the filtration.
///
/// A simplex is its edge of the highest rank and the set of its other vertices. Its number is that
/// rank followed by the place of the set r₁ > … > r_k in the combinatorial number system,
/// C(r₁, k) + … + C(r_k, 1). Below it, `coefficientBits` bits are free for a coefficient.
struct SimplexNumbering: Sendable {
  let vertexCount: Int
  let coefficientBits: UInt64
  /// C(v, k) at k · (vertexCount + 1) + v, for 0 ≤ k ≤ the largest number of other vertices.
  let binomials: [UInt64]
  /// The bits that the place of a set of k other vertices takes.
  let placeBits: [UInt64]

  /// Numbers for simplices of up to `maximumDimension` + 1, the cofacets of the last columns.
  ///
  /// - Throws: `TopologyError.invalid` when they do not fit.
  init(vertexCount: Int, edgeCount: Int, maximumDimension: Int, prime: Int) throws {
    self.vertexCount = vertexCount
    coefficientBits = prime == 2 ? 0 : Self.bits(UInt64(prime - 1))
    let width = vertexCount + 1
    var binomials = [UInt64](repeating: 1, count: width)
    var placeBits: [UInt64] = [0]
    let rankBits = Self.bits(UInt64(max(edgeCount, 1)))
    for k in stride(from: 1, through: maximumDimension, by: 1) {
      binomials.append(0)
      for v in 1..<max(width, 1) {
        // C(v, k) = C(v − 1, k) + C(v − 1, k − 1); a sum past 63 bits is refused below.
        let sum = binomials[k * width + v - 1] + binomials[(k - 1) * width + v - 1]
        binomials.append(min(sum, 1 << 62))
      }
      placeBits.append(Self.bits(binomials[k * width + vertexCount]))
      guard rankBits + placeBits[k] + coefficientBits <= 63 else {
        throw TopologyError.invalid(
          "simplices of dimension \(k + 1) on \(vertexCount) points with \(edgeCount) edges have "
            + "no 64-bit numbers (coefficients modulo \(prime)); lower the maximum dimension to "
            + "\(k - 1), the threshold or the number of points")
      }
    }
    self.binomials = binomials
    self.placeBits = placeBits
  }

  /// The bits of the numbers from 0 to `largest`.
  static func bits(_ largest: UInt64) -> UInt64 { UInt64(64 - largest.leadingZeroBitCount) }

  @inline(__always)
  func binomial(_ v: Int32, _ k: Int) -> UInt64 {
    k == 1 ? UInt64(v) : binomials[k * (vertexCount + 1) + Int(v)]
  }

  /// The rank in the number of a simplex of dimension `dimension` ≥ 1.
  @inline(__always)
  func rank(_ number: UInt64, dimension: Int) -> Int32 {
    Int32(truncatingIfNeeded: number >> placeBits[dimension - 1])
  }

  /// The number of the simplex of an edge of that rank and other vertices, descending.
  func number(rank: Int, others: ArraySlice<Int32>) -> UInt64 {
    var place: UInt64 = 0
    for (index, r) in others.enumerated() { place += binomial(r, others.count - index) }
    return UInt64(rank) << placeBits[others.count] + place
  }

  /// Writes the other vertices, descending, of a simplex of dimension `count` + 1.
  @inline(__always)
  func decodeOthers(_ number: UInt64, count: Int, into others: inout [Int32]) {
    guard count > 0 else { return }
    var place = number & ((1 << placeBits[count]) - 1)
    var upper = Int32(vertexCount)
    for k in stride(from: count, to: 1, by: -1) {
      // The largest v with C(v, k) ≤ place; it is below the one before.
      var low = Int32(k - 1)
      while upper - low > 1 {
        let middle = (low + upper) / 2
        if binomial(middle, k) <= place { low = middle } else { upper = middle }
      }
      others[count - k] = low
      place -= binomial(low, k)
      upper = low
    }
    others[count - 1] = Int32(truncatingIfNeeded: place)
  }
}
